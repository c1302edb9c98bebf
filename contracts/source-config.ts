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

/** Shops and platforms that are read by code of their own, one file each in `providers/shops/adapters/`. */
export const SHOP_ADAPTERS = ['shopify'] as const;
export type ShopAdapterName = (typeof SHOP_ADAPTERS)[number];

/** `auto`: only when a successful run without a browser lacked what a product needs. */
export type RenderMode = 'never' | 'auto' | 'always';

/** What becomes of catalogues that discovery meets outside of the source's own rules. */
export interface ProposalRules {
  /** New sources proposed in 24 hours at most; 0 = none. */
  readonly perDay: number;
  /** `trial`: one whose first page leads to products is crawled without an operator. */
  readonly activate: 'operator' | 'trial';
  /** Links to other shops that are worth a source: globs over the whole URL, e.g. `https://*.partner.example/*`. */
  readonly partners: readonly string[];
}
export const DEFAULT_PROPOSALS: ProposalRules = { perDay: 50, activate: 'operator', partners: [] };

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
  /** Code instead of rules; absent = none. */
  readonly adapter?: ShopAdapterName | null | undefined;
  /** Whether pages are opened in a browser; absent = never. */
  readonly render?: RenderMode | undefined;
  /** Absent = `DEFAULT_PROPOSALS`. */
  readonly proposals?: ProposalRules | undefined;
}
