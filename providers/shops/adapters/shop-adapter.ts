import type { FoundLink, FoundProduct, Seeds, VisitRequest } from '../../../activities/ports.ts';
import type { SourceConfig } from '../../../contracts/source-config.ts';
import type { FetchedPage } from '../fetch/fetch-options.ts';

export interface AdapterFindings {
  readonly products: readonly FoundProduct[];
  /** Followed under the rules of every source: same site, no traps, nothing the source ignores. */
  readonly links: readonly FoundLink[];
  /** Why there is less than was expected; null = nothing to say. */
  readonly reason: string | null;
}

/**
 * Code for a shop, or a platform of shops, that rules cannot describe. It says where to begin and what an answer means;
 * fetching, robots.txt, politeness, blocks, statuses and storing are the same for every shop.
 */
export interface ShopAdapter {
  /** Where a crawl begins, from the source's start URLs. */
  seeds(config: SourceConfig): Seeds['pages'];
  /** Reads one answer with status 2xx; no I/O, so that kept answers can be read again. @throws UnreadableAnswerError */
  read(
    page: Pick<FetchedPage, 'url' | 'text'>,
    request: Pick<VisitRequest, 'url' | 'kind' | 'config'>,
  ): AdapterFindings;
}

/** The answer is not what this adapter reads: counted as a failed visit, and tried again. */
export class UnreadableAnswerError extends Error {
  override readonly name = 'UnreadableAnswerError';
}
