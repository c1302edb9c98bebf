import type { GiftTarget } from './star-gift.ts';

/** A payment that may have been made. */
export interface DoubtfulPayment {
  readonly giftId: string;
  readonly target: GiftTarget;
  readonly priceStars: number;
}

/** A star transaction as far as it can prove a payment; see `StarTransaction` of the account's port. */
export interface ProofTransaction {
  readonly id: string;
  /** Negative = spent. */
  readonly stars: number;
  readonly giftId: string | null;
  readonly peer: GiftTarget | null;
  readonly isRefund: boolean;
  readonly isFailed: boolean;
}

/** Between our clock and Telegram's, and from the sending to the transaction. */
const SKEW_MS = 60_000;

/**
 * From when on like payments are counted: a moment at which none of ours was near, so that clocks cannot put one of them
 * on one side in our rows and on the other in Telegram's.
 * @param sentAt when the doubtful payment was sent, epoch ms
 * @param paidAt when ours that look alike were sent, in any order, epoch ms
 */
export function countFrom(sentAt: number, paidAt: readonly number[]): number {
  let from = sentAt - SKEW_MS;
  for (const at of paidAt.toSorted((a, b) => b - a)) {
    if (at < from - SKEW_MS) break;
    from = Math.min(from, at - SKEW_MS);
  }
  return from;
}

/**
 * The transaction that proves the payment; null = there is none. An account pays one gift at a time, so one transaction
 * more than the payments that we know of is this one.
 * @param transactions of the account since `countFrom`, newest first
 * @param known how many of our own payments since then look alike
 */
export function findPayment<T extends ProofTransaction>(
  payment: DoubtfulPayment,
  transactions: readonly T[],
  known: number,
): T | null {
  const alike = transactions.filter((transaction) => isAlike(transaction, payment));
  return alike.length > known ? (alike[0] ?? null) : null;
}

const isAlike = ({ stars, giftId, peer, isRefund, isFailed }: ProofTransaction, payment: DoubtfulPayment): boolean =>
  giftId === payment.giftId &&
  stars === -payment.priceStars &&
  !isRefund &&
  !isFailed &&
  (peer === null || peer === payment.target || payment.target.startsWith('@'));
