import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const GiftEventSchema = defineEntity({
  name: 'GiftEvent',
  tableName: 'gift_event',
  indexes: [{ properties: ['user', 'id'] }, { properties: ['user', 'giftId', 'id'] }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    giftId: p.bigint('string'),
    kind: p.text(),
    at: p.datetime().defaultRaw('now()'),
    data: p.json<Readonly<Record<string, unknown>>>(),
  },
});
/** Something that happened to a gift: the ledger that history and charts are read from. */
export class GiftEvent extends GiftEventSchema.class {}
GiftEventSchema.setClass(GiftEvent);
