import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const GiftWatchSchema = defineEntity({
  name: 'GiftWatch',
  tableName: 'gift_watch',
  properties: {
    user: () => p.oneToOne(AppUser).primary().deleteRule('cascade'),
    /** The next answer is what was there before the watcher: it is learnt, not acted on. */
    baseline: p.boolean().default(true),
    startedAt: p.datetime().defaultRaw('now()'),
    lastPollAt: p.datetime().nullable(),
    lastError: p.text().nullable(),
    /** Since when no account gets an answer; null = one does. */
    degradedSince: p.datetime().nullable(),
    polls: p.bigint('number').defaultRaw('0'),
    gifts: p.integer().default(0),
  },
});
/** How a user's watcher is doing. */
export class GiftWatch extends GiftWatchSchema.class {}
GiftWatchSchema.setClass(GiftWatch);
