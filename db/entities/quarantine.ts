import { defineEntity, p } from '@mikro-orm/core';
import type { Doubt } from '../../domain/catalog/plausibility.ts';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import { FrontierPage } from './frontier-page.ts';
import { Source } from './source.ts';

const QuarantineSchema = defineEntity({
  name: 'Quarantine',
  tableName: 'quarantine',
  uniques: [{ properties: ['source', 'url'] }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    source: () => p.manyToOne(Source).deleteRule('cascade'),
    /** The page that said it. */
    page: () => p.manyToOne(FrontierPage).deleteRule('cascade'),
    /** Of the product, which may not be stored yet. */
    url: p.text(),
    doubt: p.text().$type<Doubt>(),
    reading: p.json<ProductRecord>(),
    /** The crawl that read it first, and when. */
    crawlId: p.uuid(),
    seenAt: p.datetime().defaultRaw('now()'),
  },
});
/** A reading that is too unlikely to be written before it was seen again. */
export class Quarantine extends QuarantineSchema.class {}
QuarantineSchema.setClass(Quarantine);
