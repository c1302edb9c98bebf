import type { Doubt, Known, Reading } from './plausibility.ts';

/** So many different values that all become one and the same are a banner, not so many decisions of the shop. */
export const SHARED_BY = 4;

export interface Change {
  readonly known: Known;
  readonly reading: Reading;
}

/** A price that products of this crawl have taken on already, and the different prices that they had before. */
export interface EarlierShift {
  readonly priceMinor: number;
  readonly currency: string | null;
  readonly previousMinor: readonly number[];
}

/**
 * Readings whose new price, or new title, is the new one of many products that differed before; by URL.
 * Variants of one product, which cost the same before and after, are none.
 */
export function sharedDoubts(changes: readonly Change[], earlier: readonly EarlierShift[]): ReadonlyMap<string, Doubt> {
  const doubts = new Map<string, Doubt>();
  const repriced = changes.filter(
    ({ known, reading }) =>
      known.priceMinor !== null && reading.priceMinor !== null && known.priceMinor !== reading.priceMinor,
  );
  const before = new Map(earlier.map((shift) => [priceKey(shift), new Set(shift.previousMinor)]));
  for (const [price, group] of Map.groupBy(repriced, ({ reading }) => priceKey(reading))) {
    const previous = new Set([...(before.get(price) ?? []), ...group.map(({ known }) => known.priceMinor)]);
    if (previous.size >= SHARED_BY) for (const { reading } of group) doubts.set(reading.url, 'shared-price');
  }
  const renamed = changes.filter(({ known, reading }) => known.title !== reading.title);
  for (const group of Map.groupBy(renamed, ({ reading }) => reading.title).values()) {
    if (new Set(group.map(({ known }) => known.title)).size < SHARED_BY) continue;
    for (const { reading } of group) doubts.set(reading.url, 'shared-title');
  }
  return doubts;
}

const priceKey = ({ priceMinor, currency }: Pick<Reading, 'priceMinor' | 'currency'>): string =>
  `${priceMinor ?? ''} ${currency ?? ''}`;
