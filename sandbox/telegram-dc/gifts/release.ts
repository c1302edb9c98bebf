import { z } from 'zod';
import type { Gift } from '../state/records.ts';

const instant = z.number();

const fields = {
  title: z.string().nullable(),
  stars: z.int().positive(),
  /** Price in payment forms; null = the list's. */
  formStars: z.int().positive().nullable(),
  /** Copies; null = not limited. */
  total: z.int().positive().nullable(),
  requirePremium: z.boolean(),
  isBirthday: z.boolean(),
  isAuction: z.boolean(),
  auctionStartsAt: instant.nullable(),
  perUserTotal: z.int().positive().nullable(),
  upgradeStars: z.int().min(0).nullable(),
  lockedUntil: instant.nullable(),
  /** By Telegram id or phone. */
  accountLocks: z.record(z.string(), instant),
  otherBuyersPerSecond: z.number().min(0),
};

/** A gift as it is put on sale; what is left out is the usual. */
export const giftInputSchema = z.strictObject({
  id: z.string().regex(/^\d+$/).optional(),
  stars: fields.stars,
  title: fields.title.default(null),
  formStars: fields.formStars.default(null),
  total: fields.total.default(null),
  /** Copies left; default all. */
  remaining: z.int().min(0).optional(),
  requirePremium: fields.requirePremium.default(false),
  isBirthday: fields.isBirthday.default(false),
  isAuction: fields.isAuction.default(false),
  auctionStartsAt: fields.auctionStartsAt.default(null),
  perUserTotal: fields.perUserTotal.default(null),
  upgradeStars: fields.upgradeStars.default(null),
  lockedUntil: fields.lockedUntil.default(null),
  accountLocks: fields.accountLocks.default({}),
  otherBuyersPerSecond: fields.otherBuyersPerSecond.default(0),
  stickerSeed: z.int().optional(),
});

/** What changes of a gift on sale. */
export const giftChangeSchema = z.strictObject({ ...fields, remaining: z.int().min(0) }).partial();

export type GiftInput = z.input<typeof giftInputSchema>;

const SHARE_LEFT_TO_RECEIVER = 0.85;

/** Stars that the receiver may turn one copy into. */
export function convertStars(stars: number): number {
  return Math.floor(stars * SHARE_LEFT_TO_RECEIVER);
}

/** The gift as it is on sale from `now`; `freshId` names it and its sticker. */
export function releaseGift(
  input: z.output<typeof giftInputSchema>,
  fresh: { readonly id: string; readonly now: number },
): Gift {
  const { id = fresh.id, remaining = input.total, stickerSeed = Number(BigInt(id) % 9973n), ...rest } = input;
  return {
    ...rest,
    id,
    remaining: input.total === null ? null : remaining,
    boughtBy: {},
    releasedAt: fresh.now,
    firstSaleAt: null,
    lastSaleAt: remaining === 0 ? fresh.now : null,
    stickerId: (BigInt(id) ^ 0x5bd1e995n).toString(),
    stickerSeed,
  };
}

const NAMES = [
  'Comet',
  'Lantern',
  'Samovar',
  'Matryoshka',
  'Snow Globe',
  'Teacup',
  'Balalaika',
  'Firebird',
  'Compass',
  'Clover',
];
const SUPPLIES = [500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const PRICES = [100, 200, 300, 500, 1000, 1500, 2500, 5000, 10_000];

/** A made-up set of `count` gifts: one in four unlimited, some for premium accounts, with limits or upgrades. The same for the same seed. */
export function generateGifts(count: number, seed: number): GiftInput[] {
  return Array.from({ length: count }, (_, index) => {
    const pick = (salt: number, size: number) => mixed(seed * 7919 + index * 104_729 + salt) % size;
    const total = pick(1, 4) === 0 ? null : (SUPPLIES[pick(2, SUPPLIES.length)] ?? null);
    const stars = total === null ? 15 * (1 + pick(3, 8)) : (PRICES[pick(4, PRICES.length)] ?? 100);
    return {
      title: `${NAMES[pick(5, NAMES.length)] ?? 'Gift'} ${seed}-${index + 1}`,
      stars,
      total,
      requirePremium: total !== null && pick(6, 5) === 0,
      perUserTotal: total !== null && pick(7, 3) === 0 ? 1 + pick(8, 5) : null,
      upgradeStars: pick(9, 3) === 0 ? 25 * (1 + pick(10, 20)) : null,
      stickerSeed: seed * 1000 + index,
    };
  });
}

/** A well-spread number, 0..2^32−1, of another. */
function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
