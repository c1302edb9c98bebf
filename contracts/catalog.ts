import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { ProductPage } from '../domain/catalog/product-page.ts';
import type { SourceConfig } from './source-config.ts';

/** `proposed` waits for an operator; `broken` failed too often and waits for one. */
export type SourceState = 'active' | 'paused' | 'broken' | 'proposed';
/** `discovery` walks the catalogue for new links, `deep` opens known product pages, `full` does both. */
export type CrawlMode = 'discovery' | 'deep' | 'full';
export type CrawlState = 'running' | 'paused' | 'completed' | 'cancelled' | 'failed';
export type PageKind = 'sitemap' | 'listing' | 'product' | 'api';
export type PageState = 'known' | 'pending' | 'fetching' | 'done' | 'failed' | 'skipped';

export interface CrawlCounts {
  /** Pages answered with a body, answered «not modified», and given up on. */
  readonly fetched: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Products read, and of them new ones and changed ones. */
  readonly products: number;
  readonly created: number;
  readonly changed: number;
}

/** Input of `crawlSource`; what it needs after continue-as-new is here or in Postgres. */
export interface CrawlInput {
  readonly sourceId: string;
  readonly crawlId: string;
  readonly mode: CrawlMode;
  /** Of a scheduled `deep` crawl: it opens only the pages whose time has come. */
  readonly onlyDue?: boolean;
  /** Set by continue-as-new: the frontier is already seeded. */
  readonly opened?: boolean;
  readonly paused?: boolean;
  /** Its pages are opened in a browser. */
  readonly rendered?: boolean;
  /** Started by a schedule: only the hours of the source's window are its own, and it waits through the others. */
  readonly windowed?: boolean;
}

/** What `openCrawl` decided. */
export interface CrawlStart {
  readonly rendered: boolean;
}

export interface CrawlReport extends CrawlCounts {
  readonly crawlId: string;
  readonly state: CrawlState;
  readonly error: string | null;
  /** Catalogues found outside of the source that wait to be proposed; absent = none. */
  readonly hubs?: number;
}

export interface CrawlProgress extends CrawlCounts {
  readonly crawlId: string;
  readonly state: CrawlState;
  /** Pages of this crawl that wait to be fetched. */
  readonly pending: number;
}

/** Input of `scheduledCrawl`, which a Temporal Schedule starts. */
export interface ScheduledCrawlInput {
  readonly sourceId: string;
  readonly mode: CrawlMode;
  /** When another crawl of the source runs, ms until the next look; default 15 min. */
  readonly againAfterMs?: number;
}

export interface SourceInput {
  readonly sourceId: string;
  readonly name: string;
  readonly config: SourceConfig;
  readonly state: SourceState;
}

/** Input of `reviewHubs`. */
export interface ReviewHubsInput {
  /** The source that found them. */
  readonly sourceId: string;
}

export interface HubReview {
  /** Sources proposed, and of them those that a trial activated. */
  readonly proposed: number;
  readonly activated: number;
}

export interface TryPageInput {
  readonly url: string;
  readonly config: SourceConfig;
}

/** What one page yields under a configuration, before anything is saved. */
export interface TryPageResult {
  readonly url: string;
  readonly status: number;
  readonly kind: 'product' | 'listing' | 'other';
  /** Why it was refused, skipped or judged so; null when there is nothing to say. */
  readonly reason: string | null;
  readonly product: ProductPage | null;
  readonly links: { readonly products: readonly string[]; readonly listings: readonly string[] };
}

export const pauseSignal = defineSignal('pause');
export const resumeSignal = defineSignal('resume');
export const crawlProgressQuery = defineQuery<CrawlProgress>('progress');

/** One crawl at a time per source: the id is the source's. */
export const crawlWorkflowId = (sourceId: string): string => `crawl:${sourceId}`;
export const saveSourceWorkflowId = (sourceId: string): string => `save-source:${sourceId}`;
export const removeSourceWorkflowId = (sourceId: string): string => `remove-source:${sourceId}`;
export const reviewHubsWorkflowId = (sourceId: string): string => `review-hubs:${sourceId}`;
export const tryPageWorkflowId = (requestId: string): string => `try-page:${requestId}`;
export const crawlScheduleId = (sourceId: string, mode: CrawlMode): string => `crawl-schedule:${sourceId}:${mode}`;
