import type { AccountList } from './merged-list.ts';
import type { StarGift } from './star-gift.ts';

/** A gift as the ledger holds it. */
export interface KnownGift {
  /** What is the same for every account: `perUserRemaining` and `lockedUntil` are null. */
  readonly gift: StarGift;
  /** When a poll first saw it, epoch ms; null = it was there before the first poll. */
  readonly appearedAt: number | null;
  /** Account id → until when that account may not send it, epoch ms, null = it may; an account that has not shown it is absent. */
  readonly locks: Readonly<Record<string, number | null>>;
}

export type GiftChange =
  | { readonly kind: 'appeared'; readonly giftId: string }
  /** From none left to some, or more were made. */
  | { readonly kind: 'restocked'; readonly giftId: string; readonly remaining: number; readonly total: number }
  | { readonly kind: 'price-changed'; readonly giftId: string; readonly fromStars: number; readonly toStars: number }
  /** Epoch ms; null = no lock. */
  | { readonly kind: 'lock-changed'; readonly giftId: string; readonly from: number | null; readonly to: number | null }
  | { readonly kind: 'became-upgradable'; readonly giftId: string; readonly upgradeStars: number }
  | { readonly kind: 'auction-started'; readonly giftId: string }
  /** `lastedMs`: from the first sale (or from when a poll first saw it) to the last; null = not known. */
  | { readonly kind: 'sold-out'; readonly giftId: string; readonly lastedMs: number | null };

export interface ListComparison {
  readonly changes: readonly GiftChange[];
  /** Rows of the ledger to write, changed or new. */
  readonly changed: readonly KnownGift[];
}

/**
 * What one account's list says that the ledger does not. Values that belong to an account never make a change by
 * coming from another account; a gift that a list leaves out is left as it is.
 * @param known the ledger by gift id; null = the first poll of all: everything is taken as known, nothing has appeared
 */
export function compareList(
  known: ReadonlyMap<string, KnownGift> | null,
  list: AccountList,
  nowMs: number,
): ListComparison {
  const changes: GiftChange[] = [];
  const changed: KnownGift[] = [];
  const rows = new Map(list.gifts.map((row) => [row.id, row]));
  for (const row of rows.values()) {
    const before = known?.get(row.id);
    if (before === undefined) {
      const locks = { [list.accountId]: row.lockedUntil };
      changed.push({ gift: neutral(row), appearedAt: known === null ? null : nowMs, locks });
      if (known !== null) changes.push({ kind: 'appeared', giftId: row.id });
      continue;
    }
    const after = { ...before, gift: neutral(row), locks: locksAfter(before, row, list.accountId) };
    changes.push(...changesOf(before, after, nowMs), ...lockChanges(before, row, list.accountId));
    if (after.locks !== before.locks || !isSame(before.gift, after.gift)) changed.push(after);
  }
  return { changes, changed };
}

const neutral = (row: StarGift): StarGift => ({ ...row, perUserRemaining: null, lockedUntil: null });

function isSame(a: StarGift, b: StarGift): boolean {
  const before: Readonly<Record<string, unknown>> = { ...a };
  return Object.entries(b).every(([field, value]) => before[field] === value);
}

/** Of a gift that can no longer be bought locks do not matter. */
function locksAfter({ locks }: KnownGift, row: StarGift, accountId: string): KnownGift['locks'] {
  return isGone(row) || locks[accountId] === row.lockedUntil ? locks : { ...locks, [accountId]: row.lockedUntil };
}

/** A lock has changed when this account's word changed, to what no other account has said. */
function lockChanges({ locks }: KnownGift, row: StarGift, accountId: string): GiftChange[] {
  const from = locks[accountId];
  const to = row.lockedUntil;
  if (isGone(row) || from === undefined || from === to || Object.values(locks).includes(to)) return [];
  return [{ kind: 'lock-changed', giftId: row.id, from, to }];
}

const isGone = ({ isLimited, isSoldOut, remaining }: StarGift): boolean =>
  isLimited && (isSoldOut || (remaining ?? 0) <= 0);

function changesOf({ gift: before, appearedAt }: KnownGift, { gift: after }: KnownGift, nowMs: number): GiftChange[] {
  const giftId = after.id;
  const changes: GiftChange[] = stockChanges(before, after, lastedMs(after, appearedAt, nowMs));
  if (before.priceStars !== after.priceStars) {
    changes.push({ kind: 'price-changed', giftId, fromStars: before.priceStars, toStars: after.priceStars });
  }
  if (before.upgradeStars === null && after.upgradeStars !== null) {
    changes.push({ kind: 'became-upgradable', giftId, upgradeStars: after.upgradeStars });
  }
  if (!before.isAuction && after.isAuction) changes.push({ kind: 'auction-started', giftId });
  return changes;
}

function stockChanges(before: StarGift, after: StarGift, lasted: number | null): GiftChange[] {
  const giftId = after.id;
  if (!after.isLimited) return [];
  if (isGone(after)) return isGone(before) ? [] : [{ kind: 'sold-out', giftId, lastedMs: lasted }];
  const total = after.total ?? 0;
  const hasMore = isGone(before) || (before.total !== null && total > before.total);
  return hasMore ? [{ kind: 'restocked', giftId, remaining: after.remaining ?? 0, total }] : [];
}

function lastedMs({ firstSaleAt, lastSaleAt }: StarGift, appearedAt: number | null, nowMs: number): number | null {
  const start = firstSaleAt ?? appearedAt;
  if (start === null) return null;
  return Math.max(0, (lastSaleAt ?? nowMs) - start);
}
