import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const GiftStockSchema = defineEntity({
  name: 'GiftStock',
  tableName: 'gift_stock',
  properties: {
    user: () => p.manyToOne(AppUser).primary().deleteRule('cascade'),
    giftId: p.bigint('string').primary(),
    at: p.datetime().primary().defaultRaw('clock_timestamp()'),
    /** Copies left. */
    remaining: p.bigint('number'),
  },
});
/** How many copies of a gift were left: a point for each 500th of its supply. */
export class GiftStock extends GiftStockSchema.class {}
GiftStockSchema.setClass(GiftStock);
