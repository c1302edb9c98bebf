import type { SkipReason } from './plan-types.ts';
import type { StarGift } from './star-gift.ts';

const POSITIVE_ID = /^[1-9]\d{0,18}$/;

const isCount = (value: number | null): value is number => value !== null && Number.isSafeInteger(value) && value >= 0;

/** What the planner needs of a row that makes sense. */
export interface ValidGift {
  readonly row: StarGift;
  /** Copies ever made; 0 = Telegram does not say. */
  readonly supply: number;
  readonly remaining: number;
}

/** Reads one row, which may hold anything: the reason why it cannot be bought by anybody, or its numbers. */
export function readGiftRow(row: StarGift): ValidGift | Extract<SkipReason, `invalid/${string}` | 'non_limited'> {
  if (!POSITIVE_ID.test(row.id)) return 'invalid/id';
  if (!Number.isSafeInteger(row.priceStars) || row.priceStars <= 0) return 'invalid/price';
  if (!row.isLimited) return 'non_limited';
  const remaining = row.remaining ?? 0;
  if (!isCount(row.total) || !isCount(remaining)) return 'invalid/supply';
  return { row, supply: row.total, remaining: row.isSoldOut ? 0 : remaining };
}
