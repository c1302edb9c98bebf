import { defineEntity, p } from '@mikro-orm/core';
import type { CrawlMode, CrawlState } from '../../contracts/catalog.ts';
import { Source } from './source.ts';

const CrawlSchema = defineEntity({
  name: 'Crawl',
  tableName: 'crawl',
  indexes: [{ properties: ['source', 'startedAt'] }],
  properties: {
    id: p.uuid().primary(),
    source: () => p.manyToOne(Source).deleteRule('cascade'),
    mode: p.text().$type<CrawlMode>(),
    state: p.text().$type<CrawlState>(),
    /** Pages answered so far, by outcome. */
    fetched: p.integer().default(0),
    unchanged: p.integer().default(0),
    failed: p.integer().default(0),
    /** Products seen, new and changed in this crawl. */
    products: p.integer().default(0),
    created: p.integer().default(0),
    changed: p.integer().default(0),
    /** Product pages read anew, and how many of them had each field; see `QualitySample`. */
    qualityPages: p.integer().default(0),
    withTitle: p.integer().default(0),
    withPrice: p.integer().default(0),
    withImage: p.integer().default(0),
    withAvailability: p.integer().default(0),
    plausible: p.integer().default(0),
    /** It found far less than the source's norm: it is no part of the norm, and nothing is gone by its word. */
    layoutChanged: p.boolean().default(false),
    error: p.text().nullable(),
    startedAt: p.datetime().defaultRaw('now()'),
    finishedAt: p.datetime().nullable(),
  },
});
/** One run of a source's crawl and its counters. */
export class Crawl extends CrawlSchema.class {}
CrawlSchema.setClass(Crawl);
