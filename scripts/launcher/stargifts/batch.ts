import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { GiftInput } from '../../../sandbox/telegram-dc/gifts/release.ts';
import { ROOT } from '../paths.ts';

const CAPTURED = join(ROOT, '..', 'shared', 'data', 'star-gifts', 'star-gifts-mtproto-2026-02-18.json');
const HOUR_S = 3_600;

const capturedSchema = z.object({
  gifts: z.array(
    z.object({
      id: z.string(),
      stars: z.int(),
      limited: z.boolean(),
      availability_total: z.int().nullable(),
      first_sale_date: z.number().nullable(),
      last_sale_date: z.number().nullable(),
    }),
  ),
});

export interface Batch {
  readonly gifts: readonly GiftInput[];
  /** Where its numbers are from, for people. */
  readonly origin: string;
}

interface Sale {
  readonly id: string;
  readonly stars: number;
  readonly total: number;
  readonly startedAt: number;
  readonly seconds: number;
}

/** A batch that was really released, where the capture lies beside the project; else one of our own. */
export function firstBatch(file: string = CAPTURED): Batch {
  const hour = existsSync(file) ? quickestHour(salesIn(file)) : [];
  const [first] = hour;
  if (first === undefined) return { gifts: OWN, origin: 'made up' };
  const day = new Date(first.startedAt * 1000).toISOString().slice(0, 10);
  const gifts = hour.map(({ id, stars, total, seconds }, place) => ({
    ...{
      id,
      stars,
      total,
      title: `${day} no. ${place + 1}`,
      stickerSeed: place,
      upgradeStars: place % 2 === 0 ? 25 : null,
    },
    // Other people buy as fast as they really did.
    otherBuyersPerSecond: total / seconds,
  }));
  return { gifts, origin: `as released on ${day}` };
}

function salesIn(file: string): Sale[] {
  const { gifts } = capturedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return gifts.flatMap(({ id, stars, availability_total: total, first_sale_date: from, last_sale_date: until }) =>
    total === null || from === null || until === null || until <= from
      ? []
      : [{ id, stars, total, startedAt: from, seconds: until - from }],
  );
}

/** The hour in which at least five gifts came out and were gone the soonest. */
function quickestHour(sales: readonly Sale[]): readonly Sale[] {
  const hours = Object.values(Object.groupBy(sales, ({ startedAt }) => Math.floor(startedAt / HOUR_S)));
  const batches = hours.filter((hour) => hour !== undefined).filter((hour) => hour.length >= 5);
  const lasted = (hour: readonly Sale[]): number => Math.max(...hour.map(({ seconds }) => seconds));
  return batches.toSorted((left, right) => lasted(left) - lasted(right))[0] ?? [];
}

type OwnGift = readonly [title: string, stars: number, total: number, seconds: number];

const own = ([title, stars, total, seconds]: OwnGift): GiftInput => ({
  ...{ title, stars, total },
  otherBuyersPerSecond: total / seconds,
});

const OWN: readonly GiftInput[] = [
  own(['Golden Samovar', 20_000, 3_000, 30]),
  own(['Crystal Lantern', 4_000, 15_000, 40]),
  own(['Night Comet', 2_000, 30_000, 60]),
  { ...own(['Silver Compass', 400, 100_000, 120]), requirePremium: true },
  { ...own(['Clover', 250, 200_000, 180]), perUserTotal: 3 },
  own(['Tea for Two', 120, 400_000, 300]),
];
