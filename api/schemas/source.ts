import { z } from 'zod';
import type { SourceOverview } from '../../db/repositories/sources-read.ts';
import { CrawlOut } from './crawl.ts';
import { HttpUrl, SourceConfigIn, TrialConfigIn } from './source-config.ts';

const EXAMPLE_CONFIG = { startUrls: ['https://shop.example/sitemap.xml'] };
const Name = z.string().trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters');

export const SourceIn = z
  .strictObject({
    name: Name.describe('unique'),
    state: z.enum(['active', 'paused', 'proposed']).default('active').describe('active: crawled by its schedule'),
    config: SourceConfigIn,
  })
  .meta({ title: 'SourceInput', examples: [{ name: 'Sample shop', config: EXAMPLE_CONFIG }] });

export const SourceOut = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: z.enum(['active', 'paused', 'broken', 'proposed']),
    config: z.record(z.string(), z.unknown()).describe('the whole configuration, defaults filled in'),
    failures: z.int().describe('crawls failed in a row'),
    lastError: z.string().nullable(),
    retryAt: z.iso.datetime().nullable().describe('scheduled crawls are skipped until then'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    products: z.int(),
    lastCrawl: CrawlOut.nullable(),
  })
  .meta({ title: 'Source' });

/** The answer's form of a source. */
export function sourceOut({ source, products, lastCrawl }: SourceOverview): z.input<typeof SourceOut> {
  return {
    id: source.id,
    name: source.name,
    state: source.state,
    config: { ...source.config },
    failures: source.failures,
    lastError: source.lastError ?? null,
    retryAt: source.retryAt?.toISOString() ?? null,
    createdAt: source.createdAt.toISOString(),
    updatedAt: source.updatedAt.toISOString(),
    products,
    lastCrawl,
  };
}

export const TrialIn = z
  .strictObject({ url: HttpUrl, config: TrialConfigIn })
  .meta({ title: 'Trial', examples: [{ url: 'https://shop.example/products/1' }] });

export const TrialOut = z
  .object({
    url: z.string(),
    status: z.int().describe('HTTP status, 0 when there was no answer'),
    kind: z.enum(['product', 'listing', 'other']),
    reason: z.string().nullable().describe('why it was refused, skipped or judged so'),
    product: z
      .record(z.string(), z.object({ value: z.unknown(), from: z.string(), confidence: z.number() }))
      .nullable()
      .describe('each field with where it was found and how sure that is'),
    links: z.object({ products: z.array(z.string()), listings: z.array(z.string()) }),
  })
  .meta({ title: 'TrialResult' });
