import { isSameReading, needsAnotherCrawl, type Doubt, type Reading } from './plausibility.ts';

/** A reading that waits to be seen again. */
export interface Held {
  readonly reading: Reading;
  readonly crawlId: string;
  /** Since it was first seen. */
  readonly ageMs: number;
}

export interface Confirmation {
  readonly crawlId: string;
  /** Least time between two fetches that count as two. */
  readonly confirmAfterMs: number;
  /** False while so much is doubted that the shop's pages, or our rules, are the likely cause. */
  readonly mayConfirm: boolean;
}

/**
 * Whether a reading is written: a plausible one is, a doubted one when a separate fetch has said the same before.
 * @param doubt  of this reading; null = plausible
 * @param held  the reading of this product that waits, null = none does
 */
export function isBelieved(
  { reading, doubt, held }: { readonly reading: Reading; readonly doubt: Doubt | null; readonly held: Held | null },
  { crawlId, confirmAfterMs, mayConfirm }: Confirmation,
): boolean {
  if (doubt === null) return true;
  if (held === null || !mayConfirm || !isSameReading(held.reading, reading)) return false;
  return held.crawlId !== crawlId || (!needsAnotherCrawl(doubt) && held.ageMs >= confirmAfterMs);
}
