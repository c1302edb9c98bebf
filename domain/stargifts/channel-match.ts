import { compareIds } from './decimal-id.ts';
import type { ValidGift } from './gift-row.ts';
import type { AutobuySettings, ChannelRule } from './plan-types.ts';
import type { GiftTarget } from './star-gift.ts';

/** Stands for an open upper bound of the supply when windows are compared. */
const OPEN_SUPPLY = 1e12;

const within = (value: number, min: number | null, max: number | null): boolean =>
  value >= (min ?? -Infinity) && value <= (max ?? Infinity);

const windowOf = ({ supplyMin, supplyMax }: ChannelRule): number => (supplyMax ?? OPEN_SUPPLY) - (supplyMin ?? 0);

/** Infinity minus Infinity is not a number, so two open bounds are compared, not subtracted. */
const compareNumbers = (a: number, b: number): number => (a === b ? 0 : a - b);

/** Rules from the one that is preferred: the narrowest supply window, then the highest price_max (none is highest), then the oldest row. */
export function rankChannels(channels: readonly ChannelRule[]): ChannelRule[] {
  return channels.toSorted(
    (a, b) =>
      compareNumbers(windowOf(a), windowOf(b)) ||
      compareNumbers(b.priceMax ?? Infinity, a.priceMax ?? Infinity) ||
      compareIds(a.id, b.id),
  );
}

/** Who receives a gift, by rules that are ranked; null = nobody wants it. */
export function chooseTarget(
  { row, supply }: ValidGift,
  ranked: readonly ChannelRule[],
  { forcedTarget, forcedOnlyAsFallback }: AutobuySettings,
): GiftTarget | null {
  if (forcedTarget !== null && !forcedOnlyAsFallback) return forcedTarget;
  const best = ranked.find(
    (rule) => within(row.priceStars, rule.priceMin, rule.priceMax) && within(supply, rule.supplyMin, rule.supplyMax),
  );
  return best?.target ?? forcedTarget;
}
