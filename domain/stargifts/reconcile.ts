import type { GiftTarget } from './star-gift.ts';

/** A purchase of the account that was sent: proved paid, or in doubt. */
export interface SentPurchase {
  readonly id: string;
  readonly status: 'PAID' | 'UNKNOWN';
  readonly giftId: string;
  readonly target: GiftTarget;
  readonly priceStars: number;
  /** Before the first and after the last sending, epoch ms of our clock. */
  readonly firstSentAt: number;
  readonly lastSentAt: number;
}

/** A transaction of the account, as far as it matters here. */
export interface BookEntry {
  /** Epoch ms, in whole seconds of Telegram's clock. */
  readonly at: number;
  /** Negative = spent. */
  readonly stars: number;
  readonly giftId: string | null;
  readonly peer: GiftTarget | null;
  readonly isRefund: boolean;
  readonly isPending: boolean;
  readonly isFailed: boolean;
}

/** What Telegram says of one account. */
export interface Books {
  readonly accountTelegramId: string;
  readonly transactions: readonly BookEntry[];
  /** No transaction since then is missing, epoch ms. */
  readonly completeSince: number;
  /** When they were read, epoch ms of our clock. */
  readonly readAt: number;
  /** Gifts on show by target; of a target that is not there nothing is known. */
  readonly savedGifts: ReadonlyMap<
    GiftTarget,
    readonly { readonly giftId: string; readonly at: number; readonly fromId: string | null }[]
  >;
}

export type Verdict = 'paid' | 'not-paid' | 'undecided';

/** Telegram's clock and ours may differ by this much. */
export const CLOCK_SKEW_MS = 5_000;
/** After this long without an answer a sending has been carried out, or never will be. */
export const SETTLED_AFTER_MS = 15_000;

/**
 * Which purchases in doubt were paid. Counts: an account pays one at a time, so of equal purchases (gift, target, price)
 * as many were paid as there are debits, and those already proved took theirs. Equal ones are the same to everybody, so the earliest
 * count as the paid ones.
 * @param purchases all PAID and UNKNOWN ones of this account since the first in doubt, at least of its drop
 */
export function reconcile(purchases: readonly SentPurchase[], books: Books): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const groups = Map.groupBy(purchases, ({ giftId, target, priceStars }) => [giftId, target, priceStars].join(' '));
  for (const group of groups.values()) {
    const unknown = group.filter(({ status }) => status === 'UNKNOWN').sort((a, b) => a.firstSentAt - b.firstSentAt);
    if (unknown.length === 0) continue;
    const proved = group.length - unknown.length;
    const since = Math.min(...group.map(({ firstSentAt }) => firstSentAt)) - CLOCK_SKEW_MS;
    const { debits, isExact } = countDebits(group, since, books);
    for (const [place, purchase] of unknown.entries()) {
      verdicts.set(purchase.id, place < debits - proved ? 'paid' : unpaid(purchase, isExact, books));
    }
  }
  return verdicts;
}

function unpaid({ lastSentAt }: SentPurchase, isExact: boolean, { readAt }: Books): Verdict {
  return isExact && readAt >= lastSentAt + SETTLED_AFTER_MS ? 'not-paid' : 'undecided';
}

/** Debits of one group since a time; not exact when one is still pending or some may not have been read. */
function countDebits(
  group: readonly SentPurchase[],
  since: number,
  books: Books,
): { readonly debits: number; readonly isExact: boolean } {
  const [purchase] = group;
  if (purchase === undefined) return { debits: 0, isExact: false };
  const entries = books.transactions.filter((entry) => entry.at >= since && isOf(entry, purchase));
  const settled = entries.filter(({ isPending }) => !isPending);
  const refunds = settled.filter(({ isRefund }) => isRefund).length;
  const booked = settled.length - 2 * refunds;
  const shown = countShown(purchase, since, books);
  return {
    debits: Math.max(booked, refunds > 0 ? 0 : shown),
    isExact: settled.length === entries.length && books.completeSince <= since,
  };
}

/** A debit of such a purchase or its refund. A peer that is not said, or a target known by name only, cannot tell two apart. */
function isOf(entry: BookEntry, { giftId, target, priceStars }: SentPurchase): boolean {
  if (entry.isFailed || entry.giftId !== giftId) return false;
  const isSamePeer = entry.peer === null || target.startsWith('@') || entry.peer === target;
  return isSamePeer && entry.stars === (entry.isRefund ? priceStars : -priceStars);
}

/** Copies that the target shows as sent by this account by name. */
function countShown({ giftId, target }: SentPurchase, since: number, books: Books): number {
  const shown = books.savedGifts.get(target) ?? [];
  return shown.filter(
    (saved) => saved.giftId === giftId && saved.at >= since && saved.fromId === books.accountTelegramId,
  ).length;
}
