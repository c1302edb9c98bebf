import type { ResolveHost } from './address-guard.ts';
import type { Expectation } from './content-type.ts';

export interface FetchTimeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  /** From the headers to the last byte, however it drips. */
  readonly bodyMs: number;
  /** All redirects together. */
  readonly wholeMs: number;
}

export interface BodyLimits {
  /** Bytes on the wire and after inflating; `maxRatio` counts above 1 MB only. */
  readonly maxWireBytes: number;
  readonly maxBytes: number;
  readonly maxRatio: number;
}

export interface FetcherOptions {
  /** Says honestly who fetches, with an address to complain to. */
  readonly userAgent: string;
  /** Hosts (`host` or `host:port`) that may be private; nothing by default. */
  readonly allow?: readonly string[];
  readonly ports?: readonly number[];
  /** Addresses of HTTP proxies, used in turn; the operator trusts them to resolve names as we do. */
  readonly proxies?: readonly string[];
  readonly timeouts?: Partial<FetchTimeouts>;
  readonly limits?: Partial<BodyLimits>;
  readonly maxRedirects?: number;
  /** Sockets per origin; politeness is decided elsewhere. */
  readonly connections?: number;
  /** Language preference of the shop's pages. */
  readonly acceptLanguage?: string;
  readonly resolve?: ResolveHost;
}

export const DEFAULT_TIMEOUTS: FetchTimeouts = { connectMs: 5000, headersMs: 10_000, bodyMs: 30_000, wholeMs: 60_000 };
export const DEFAULT_LIMITS: BodyLimits = { maxWireBytes: 5_000_000, maxBytes: 20_000_000, maxRatio: 100 };
/** The sitemap protocol allows files of 50 MiB. */
export const SITEMAP_LIMITS: BodyLimits = { maxWireBytes: 52_428_800, maxBytes: 52_428_800, maxRatio: 100 };
/** 80 and 443, and what shops use for staging. */
export const DEFAULT_PORTS: readonly number[] = [80, 443, 8080, 8443];

export interface FetchRequest {
  /** Validators of the answer that is already known. */
  readonly etag?: string | null | undefined;
  readonly lastModified?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly expect?: Expectation | undefined;
}

export interface FetchedHeaders {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly contentType: string | null;
  readonly retryAfterMs: number | null;
}

export interface FetchedPage {
  /** After redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: FetchedHeaders;
  /** Inflated; null for 304 and for error pages that are not text. */
  readonly body: Buffer | null;
  /** Bytes of the body on the wire. */
  readonly wireBytes: number;
  /** The decoded body, '' without one. */
  text(): string;
}

export interface Fetcher {
  /**
   * Fetches one URL with GET; any HTTP status is an answer.
   * @throws FetchRefusedError (final), FetchFailedError (retry), or the reason of the aborted signal
   */
  fetchPage(url: string, request?: FetchRequest): Promise<FetchedPage>;
  close(): Promise<void>;
}
