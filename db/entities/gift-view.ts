import { defineEntity, p } from '@mikro-orm/core';
import { TelegramAccount } from './telegram-account.ts';

const GiftViewSchema = defineEntity({
  name: 'GiftView',
  tableName: 'gift_view',
  properties: {
    account: () => p.manyToOne(TelegramAccount).primary().deleteRule('cascade'),
    giftId: p.bigint('string').primary(),
    perUserRemaining: p.bigint('number').nullable(),
    lockedUntil: p.datetime().nullable(),
    seenAt: p.datetime().defaultRaw('now()'),
  },
});
/** What one account's own list says of a limited gift. */
export class GiftView extends GiftViewSchema.class {}
GiftViewSchema.setClass(GiftView);
