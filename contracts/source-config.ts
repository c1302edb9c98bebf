import type { ProductField } from '../domain/catalog/product-page.ts';

/** One field taken by CSS selector (`page` sources) or by dot path (`api` sources). */
export interface FieldRule {
  /** CSS selector, or a dot path into one JSON item such as `offers.0.price`. */
  readonly select: string;
  /** Attribute to read instead of the text; `page` sources only. */
  readonly attribute?: string | undefined;
}

/** How links of a page are told apart. Patterns are globs over path and query: `*` is any run of characters. */
export interface LinkRules {
  /** A URL that matches one of these is a product; empty = decided by structure (product markup, sitemap, cards). */
  readonly product: readonly string[];
  /** A URL that matches one of these is a catalogue page to walk. */
  readonly listing: readonly string[];
  /** Never fetched. */
  readonly ignore: readonly string[];
}

/** How a JSON API is read. */
export interface ApiRules {
  /** Dot path to the array of items in the answer; '' = the answer is the array. */
  readonly items: string;
  /** Dot path to the next page's URL, or null when there is one page. */
  readonly next: string | null;
  /** Dot path, inside an item, to the public page of the product. */
  readonly url: string;
}

export interface CrawlLimits {
  /** Least time between two requests to the host, ms; robots.txt Crawl-delay can only raise it. */
  readonly delayMs: number;
  /** Requests in flight to the host, 1..16. */
  readonly concurrency: number;
  /** Pages fetched in one crawl at most. */
  readonly maxPages: number;
  /** Links followed from a start URL at most. */
  readonly maxDepth: number;
}

/** How often, in hours; null = only by hand. */
export interface CrawlSchedule {
  readonly discoveryEveryHours: number | null;
  readonly deepEveryHours: number | null;
  /** Local hours of `timeZone` in which crawling is allowed, e.g. 1..6; null = always. */
  readonly window: { readonly fromHour: number; readonly toHour: number; readonly timeZone: string } | null;
}

/** A shop as configuration: everything the crawl needs to know about it. */
export interface SourceConfig {
  readonly kind: 'page' | 'api';
  /** Sitemaps, catalogue pages or API addresses; absolute http(s). */
  readonly startUrls: readonly string[];
  readonly links: LinkRules;
  /** The source's own rules; they have the last word over what is found by structure. */
  readonly fields: Readonly<Partial<Record<ProductField, FieldRule>>>;
  readonly api: ApiRules | null;
  /** BCP 47 primary language of the shop's texts, null = detect. */
  readonly language: string | null;
  /** ISO 4217; used when a page does not name its currency. */
  readonly currency: string | null;
  readonly limits: CrawlLimits;
  readonly schedule: CrawlSchedule;
}
