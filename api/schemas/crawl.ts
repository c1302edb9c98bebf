import { z } from 'zod';
import type { CrawlRow } from '../../db/repositories/crawls-read.ts';

const Count = z.int().min(0);
export const CrawlModeIn = z.enum(['discovery', 'deep', 'full']);

export const CrawlOut = z
  .object({
    id: z.uuid(),
    sourceId: z.uuid(),
    mode: CrawlModeIn.describe('discovery walks the catalogue, deep opens known products, full does both'),
    state: z.enum(['running', 'paused', 'completed', 'cancelled', 'failed']),
    fetched: Count.describe('pages answered with a body'),
    unchanged: Count.describe('pages that had not changed'),
    failed: Count.describe('pages given up on'),
    products: Count.describe('products read'),
    created: Count,
    changed: Count,
    pending: Count.describe('pages that wait to be fetched'),
    error: z.string().nullable(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  } satisfies Record<keyof CrawlRow, z.ZodType>)
  .meta({ title: 'Crawl' });

export const CrawlPageOut = z
  .object({
    url: z.string(),
    kind: z.enum(['sitemap', 'listing', 'product', 'api']),
    state: z.enum(['failed', 'skipped']),
    attempts: Count,
    reason: z.string().nullable(),
    fetchedAt: z.iso.datetime().nullable(),
  })
  .meta({ title: 'CrawlPage' });
