import { defineEntity, p } from '@mikro-orm/core';
import { Product } from './product.ts';

const PriceWatchSchema = defineEntity({
  name: 'PriceWatch',
  tableName: 'price_watch',
  indexes: [{ properties: ['product'] }],
  properties: {
    id: p.uuid().primary(),
    product: () => p.manyToOne(Product).deleteRule('cascade'),
    /** The rule; see `WatchRule`. */
    belowMinor: p.bigint('number').nullable(),
    dropPercent: p.integer().nullable(),
    backInStock: p.boolean(),
    currency: p.text().nullable(),
    hysteresisPercent: p.integer(),
    /** Where it stands; see `WatchState`. */
    armed: p.boolean(),
    extremeMinor: p.bigint('number').nullable(),
    stockArmed: p.boolean(),
    stockToldAt: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** Somebody's wish to be told of one product's price or return; its alerts are events. */
export class PriceWatch extends PriceWatchSchema.class {}
PriceWatchSchema.setClass(PriceWatch);
