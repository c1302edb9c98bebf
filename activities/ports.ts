import type { PageKind, SourceInput, TryPageInput, TryPageResult } from '../contracts/catalog.ts';
import type { SourceConfig } from '../contracts/source-config.ts';
import type { ProductPage } from '../domain/catalog/product-page.ts';
import type { EmbeddingModel, VectorKind } from '../domain/recommend/vector-space.ts';

/** Ports: what activities need from outside. Implemented in `providers/` and `client/`, joined in `workers/`. */

export interface VisitRequest {
  /** Canonical. */
  readonly url: string;
  readonly kind: PageKind;
  readonly config: SourceConfig;
  /** Of the last answer, for a conditional request; `bodyHash` serves shops that send neither. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  readonly signal: AbortSignal;
}

export interface FoundLink {
  readonly url: string;
  readonly kind: PageKind;
  /** The next page of the same list: no deeper than this one. */
  readonly continues: boolean;
}

export interface FoundProduct {
  /** Canonical page of the product. */
  readonly url: string;
  readonly page: ProductPage;
}

/** A body as it was received, inflated. */
export interface ReceivedBody {
  /** After redirects. */
  readonly url: string;
  readonly contentType: string | null;
  readonly bytes: Buffer;
}

/** What one page answered, sorted by what follows from it. */
export type Visit =
  | {
      readonly outcome: 'fetched';
      readonly products: readonly FoundProduct[];
      readonly links: readonly FoundLink[];
      /** Catalogues outside of the source; canonical. Absent = none. */
      readonly hubs?: readonly string[];
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly bodyHash: string;
      /** null when there is nothing to keep. */
      readonly body: ReceivedBody | null;
      /** Why there is no product, or only a partial one; null = nothing to say. */
      readonly reason: string | null;
    }
  | { readonly outcome: 'unchanged' }
  /** The page itself says that it is gone: by its status (404, 410), or `soft`, by its text alone. */
  | { readonly outcome: 'gone'; readonly reason: string; readonly soft: boolean }
  /** Not for us, now or on a retry: refused address, not a page, too large, forbidden. */
  | { readonly outcome: 'skipped'; readonly reason: string }
  /** Worth another try: server errors, broken connections, timeouts. */
  | { readonly outcome: 'failed'; readonly reason: string }
  /** The host asks for fewer requests, or blocks; `retryAfterMs` is null when it does not say for how long. */
  | { readonly outcome: 'wait'; readonly reason: string; readonly retryAfterMs: number | null };

/** Where a crawl of a source begins. */
export interface Seeds {
  readonly pages: readonly { readonly url: string; readonly kind: PageKind }[];
  /** Whether the sitemaps of robots.txt are walked, too. */
  readonly sitemaps: boolean;
}

/** Opens pages of shops and reads them. */
export interface ShopReader {
  seeds(config: SourceConfig): Seeds;
  /** Never throws for what a shop does; an abort rejects with the signal's reason. */
  visit(request: VisitRequest): Promise<Visit>;
  /** Reads an answer that was kept under today's rules; fetches nothing. */
  reread(body: ReceivedBody, request: Pick<VisitRequest, 'url' | 'kind' | 'config'>): Promise<Visit>;
  /** Reads one page as a dry run; a refusal is in the result. */
  tryPage(input: TryPageInput, signal: AbortSignal): Promise<TryPageResult>;
}

export interface RobotsAnswer {
  /** HTTP status; 0 = no answer. */
  readonly status: number;
  readonly text: string;
}

export interface RobotsRules {
  /** RFC 9309 decision for our User-Agent. */
  allows(url: string): boolean;
  /** Crawl-delay for us, ms; null when none is set. */
  readonly crawlDelayMs: number | null;
  readonly sitemaps: readonly string[];
}

/** robots.txt of a host. */
export interface RobotsReader {
  fetchRobots(host: { readonly origin: string; readonly signal: AbortSignal }): Promise<RobotsAnswer>;
  readRobots(origin: string, answer: RobotsAnswer): RobotsRules;
}

/** Temporal Schedules of a source. */
export interface CrawlSchedules {
  /** Makes them say what the source's configuration says. */
  sync(source: SourceInput): Promise<void>;
  remove(sourceId: string): Promise<void>;
}

/** Starts indexing; safe to repeat. */
export interface CatalogIndexing {
  /** Everything stored before this call will be indexed, by the indexing that runs or by a new one. */
  request(kind: VectorKind): Promise<void>;
}

/** An embedding model behind an API. */
export interface Embedder {
  readonly model: EmbeddingModel;
  /**
   * One vector of `model.dimensions` numbers for each text, in their order.
   * @throws RateLimitedError when asked to wait
   * @throws DomainError embedding-refused, embedding-mismatch: the answer is unusable and a repetition would be too
   * @throws Error, worth another try, for an outage or a timeout
   */
  embedPassages(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
}
