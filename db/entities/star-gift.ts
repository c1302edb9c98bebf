import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const StarGiftSchema = defineEntity({
  name: 'StarGiftRow',
  tableName: 'star_gift',
  indexes: [{ properties: ['stickerId'] }],
  properties: {
    user: () => p.manyToOne(AppUser).primary().deleteRule('cascade'),
    giftId: p.bigint('string').primary(),
    title: p.text().nullable(),
    priceStars: p.bigint('number'),
    isLimited: p.boolean(),
    total: p.bigint('number').nullable(),
    remaining: p.bigint('number').nullable(),
    isSoldOut: p.boolean(),
    requiresPremium: p.boolean(),
    isAuction: p.boolean(),
    perUserTotal: p.bigint('number').nullable(),
    /** Account id → until when it may not send the gift, epoch ms; see `KnownGift`. */
    locks: p.json<Readonly<Record<string, number | null>>>().defaultRaw("'{}'"),
    upgradeStars: p.bigint('number').nullable(),
    firstSaleAt: p.datetime().nullable(),
    lastSaleAt: p.datetime().nullable(),
    stickerId: p.text().nullable(),
    /** SHA-256 of the animation's file, hex; null = not fetched. */
    stickerHash: p.text().nullable(),
    firstSeenAt: p.datetime().defaultRaw('now()'),
    /** When a poll first saw it; null = it was there when the watcher first looked. */
    appearedAt: p.datetime().nullable(),
    /** Since when we saw it on sale; null = it was before we looked, or it is not. Only what has one is bought by itself. */
    onSaleSince: p.datetime().nullable(),
    soldOutAt: p.datetime().nullable(),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
});
/** One gift as a user's accounts saw it last. */
export class StarGiftRow extends StarGiftSchema.class {}
StarGiftSchema.setClass(StarGiftRow);
