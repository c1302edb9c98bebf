import { z } from 'zod';
import {
  GIFT_POSITION,
  GIFT_SORTS,
  type GiftEventRow,
  type StarGiftRow,
} from '../../db/repositories/star-gifts-read.ts';
import type { StockPoint } from '../../db/repositories/gift-stock.ts';
import type { PollResult } from '../../contracts/stargifts.ts';
import type { GiftChange } from '../../domain/stargifts/gift-changes.ts';
import { LongId } from './accounts.ts';
import { paging } from './paging.ts';
import { GiftTargetIn } from './settings.ts';

const Time = z.iso.datetime();
const Flag = z.enum(['true', 'false']).optional();
const Price = z.coerce.number<string>().int('must be a whole number').min(0, 'must be at least 0').optional();

const MOST = 2n ** 63n - 1n;
/** Every check of a text runs, so that this one may meet what is no number. */
const isLong = (text: string): boolean => /^\d+$/.test(text) && BigInt(text) <= MOST;

export const GiftParams = z.strictObject({ id: LongId.refine(isLong, 'must be a 64-bit number') });
/** Where a gift stands in a list. */
export const GiftPosition = z
  .string()
  .regex(GIFT_POSITION)
  .refine((text) => text.split(':').every(isLong));

export const GiftFilters = z.strictObject({
  limited: Flag.describe('true: limited gifts alone; false: the others'),
  soldOut: Flag.describe('true: what is sold out; false: what is on sale'),
  upgradable: Flag.describe('whether it can become a unique gift'),
  minPrice: Price.describe('Stars, inclusive'),
  maxPrice: Price.describe('Stars, inclusive'),
  sort: z.enum(GIFT_SORTS).default('newest'),
  ...paging(200, 50),
});

export const StarGiftOut = z
  .object({
    id: z.string().describe('64-bit number in decimal'),
    title: z.string().nullable(),
    priceStars: z.number(),
    isLimited: z.boolean(),
    total: z.number().nullable().describe('copies ever made'),
    remaining: z.number().nullable().describe('copies left'),
    isSoldOut: z.boolean(),
    requiresPremium: z.boolean(),
    isAuction: z.boolean().describe('sold by auction only: never bought by this program'),
    perUserTotal: z.number().nullable().describe('copies that one account may buy'),
    upgradeStars: z.number().nullable().describe('Stars for the upgrade to a unique gift; null: there is none'),
    locks: z
      .array(z.object({ accountId: z.uuid(), until: Time.nullable() }))
      .describe('until when an account of yours may not send it; null: it may'),
    firstSaleAt: Time.nullable(),
    lastSaleAt: Time.nullable(),
    appearedAt: Time.nullable().describe('when it was first seen; null: it was there before the watcher'),
    onSaleSince: Time.nullable(),
    soldOutAt: Time.nullable(),
    soldOutAfterMs: z.number().nullable().describe('from the first sale to the last'),
    animation: z.string().nullable().describe('address of its animation; null: not fetched yet'),
    updatedAt: Time,
  } satisfies Record<Exclude<keyof StarGiftRow, 'stickerHash'> | 'animation', z.ZodType>)
  .meta({ title: 'StarGift' });

/** The answer's form of a gift. */
export const starGiftOut = ({ stickerHash, locks, ...gift }: StarGiftRow): z.input<typeof StarGiftOut> => ({
  ...gift,
  locks: Object.entries(locks).map(([accountId, until]) => ({ accountId, until: isoOf(until) })),
  animation: stickerHash === null ? null : `/api/star-gifts/${gift.id}/animation?v=${stickerHash}`,
});

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const KINDS = [
  'appeared',
  'restocked',
  'price-changed',
  'lock-changed',
  'became-upgradable',
  'auction-started',
  'sold-out',
] as const satisfies GiftChange['kind'][];

export const GiftEventOut = z
  .object({
    id: z.int(),
    giftId: z.string(),
    kind: z.enum(KINDS),
    at: Time,
    data: z
      .record(z.string(), z.union([z.number(), z.string()]).nullable())
      .describe(
        'restocked: remaining, total; price-changed: fromStars, toStars; lock-changed: from, to (times); became-upgradable: upgradeStars; sold-out: lastedMs',
      ),
  } satisfies Record<keyof GiftEventRow, z.ZodType>)
  .meta({ title: 'GiftEvent' });

/** The answer's form of an event: the times of a lock as texts. */
export const giftEventOut = (event: GiftEventRow): z.input<typeof GiftEventOut> => ({
  ...event,
  data:
    event.kind === 'lock-changed'
      ? Object.fromEntries(Object.entries(event.data).map(([name, until]) => [name, isoOf(until)]))
      : { ...event.data },
});

/** Data of an event in the stream. */
export const GiftNewsOut = GiftEventOut.extend({ gift: StarGiftOut.nullable().describe('as it is now') }).meta({
  title: 'GiftNews',
});

export const GiftDetailOut = StarGiftOut.extend({
  events: z.array(GiftEventOut).describe('what happened to it, newest first, at most 200'),
  stock: z
    .array(z.object({ at: Time, remaining: z.number() } satisfies Record<keyof StockPoint, z.ZodType>))
    .describe('copies left over time, oldest first: a point for each 500th of the supply'),
}).meta({ title: 'StarGiftDetail' });

export const GiftPollOut = z
  .object({
    stage: z.enum(['fetch', 'done']),
    gifts: z.int().describe('in the list'),
    events: z.int().describe('that it caused'),
    dropId: z.uuid().nullable().describe('the drop that it started'),
    error: z.string().describe('why it ended without an answer'),
  } satisfies Record<keyof PollResult | 'stage' | 'error', z.ZodType>)
  .partial()
  .meta({ title: 'GiftRefreshLine' });

export const PurchaseIn = z
  .strictObject({
    accountId: z.uuid().describe('the account that pays'),
    target: GiftTargetIn.describe('who receives it'),
    maxStars: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .describe('what was shown and agreed to; nothing is bought for more'),
  })
  .meta({
    title: 'GiftPurchase',
    examples: [{ accountId: '2b7a9f5e-54a8-4d0c-9d0f-0f3f4d0f8f11', target: '-1001234567890', maxStars: 500 }],
  });
