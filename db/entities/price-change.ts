import { defineEntity, p } from '@mikro-orm/core';
import type { Availability } from '../../domain/catalog/product-page.ts';
import { Product } from './product.ts';

const PriceChangeSchema = defineEntity({
  name: 'PriceChange',
  tableName: 'price_change',
  indexes: [{ properties: ['product', 'seenAt'] }, { properties: ['crawlId', 'priceMinor'] }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    product: () => p.manyToOne(Product).deleteRule('cascade'),
    seenAt: p.datetime().defaultRaw('now()'),
    priceMinor: p.bigint('number').nullable(),
    oldPriceMinor: p.bigint('number').nullable(),
    /** The price before, of a changed price that a crawl has read; with it the crawl. */
    previousMinor: p.bigint('number').nullable(),
    crawlId: p.uuid().nullable(),
    currency: p.text().nullable(),
    availability: p.text().$type<Availability>().nullable(),
  },
});
/** One row per change of price, currency or availability; the first row is the first sight. */
export class PriceChange extends PriceChangeSchema.class {}
PriceChangeSchema.setClass(PriceChange);
