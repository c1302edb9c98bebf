import { readGiftRow } from './gift-row.ts';
import type { DeferredPurchase, GiftSkip, SkipReason } from './plan-types.ts';
import type { PurchaseStatus } from './purchase.ts';
import type { GiftTarget, StarGift } from './star-gift.ts';

/** A purchase of a drop when it is reported. */
export interface ReportedPurchase {
  readonly giftId: string;
  readonly accountId: string;
  readonly target: GiftTarget;
  readonly priceStars: number;
  readonly state: PurchaseStatus;
  /** Of a refused one. */
  readonly code: string | null;
}

/** What a drop came to. */
export interface FinishedDrop {
  /** All new gifts in the order they came; rows may hold nonsense. */
  readonly gifts: readonly StarGift[];
  readonly skips: readonly GiftSkip[];
  readonly deferred: readonly DeferredPurchase[];
  readonly purchases: readonly ReportedPurchase[];
}

/** `stopped` = planned, but the user switched off · `not_planned` = the drop ended before it was planned. */
export type NotBought = SkipReason | 'stopped' | 'not_planned';

/** The one thing that became of a gift. */
export type GiftOutcome =
  /** At least one copy was paid; other copies may have been refused. */
  | {
      readonly kind: 'bought';
      readonly paid: readonly ReportedPurchase[];
      readonly refused: readonly ReportedPurchase[];
    }
  /** No copy was paid; of an unsettled one it is not known yet. */
  | { readonly kind: 'failed'; readonly refused: readonly ReportedPurchase[] }
  /** Waits for a lock to end; epoch ms of the first. */
  | { readonly kind: 'deferred'; readonly runAt: number }
  | { readonly kind: 'skipped'; readonly reason: NotBought; readonly skip: GiftSkip | null };

/** Outcomes by gift id, in the order the gifts came; every gift has exactly one. */
export function giftOutcomes(drop: FinishedDrop): ReadonlyMap<string, GiftOutcome> {
  const purchases = Map.groupBy(drop.purchases, ({ giftId }) => giftId);
  const skips = new Map(drop.skips.map((skip) => [skip.giftId, skip]));
  const runAt = new Map<string, number>();
  for (const { giftId, runAt: at } of drop.deferred) runAt.set(giftId, Math.min(at, runAt.get(giftId) ?? at));
  const outcomes = new Map<string, GiftOutcome>();
  for (const gift of drop.gifts) {
    const bought = outcomeOf(purchases.get(gift.id) ?? []);
    const at = runAt.get(gift.id);
    const waiting: GiftOutcome | null = at === undefined ? null : { kind: 'deferred', runAt: at };
    outcomes.set(gift.id, bought ?? waiting ?? skipped(gift, purchases, skips));
  }
  return outcomes;
}

const isOpen = ({ state }: ReportedPurchase): boolean => state === 'PLANNED' || state === 'FORM';

/** A refused purchase that was stopped by its user was not refused by anybody. */
const isStopped = (purchase: ReportedPurchase): boolean =>
  isOpen(purchase) || (purchase.state === 'REJECTED' && purchase.code === 'STOPPED');

function outcomeOf(purchases: readonly ReportedPurchase[]): GiftOutcome | null {
  const paid: ReportedPurchase[] = [];
  const refused: ReportedPurchase[] = [];
  for (const purchase of purchases) {
    if (purchase.state === 'PAID') paid.push(purchase);
    else if (!isStopped(purchase)) refused.push(purchase);
  }
  if (paid.length > 0) return { kind: 'bought', paid, refused };
  return refused.length > 0 ? { kind: 'failed', refused } : null;
}

function skipped(
  gift: StarGift,
  purchases: ReadonlyMap<string, readonly ReportedPurchase[]>,
  skips: ReadonlyMap<string, GiftSkip>,
): GiftOutcome {
  if (purchases.has(gift.id)) return { kind: 'skipped', reason: 'stopped', skip: null };
  const skip = skips.get(gift.id);
  if (skip !== undefined) return { kind: 'skipped', reason: skip.reason, skip };
  const read = readGiftRow(gift);
  const reason = typeof read === 'string' ? read : read.remaining === 0 ? 'not_available' : 'not_planned';
  return { kind: 'skipped', reason, skip: null };
}
