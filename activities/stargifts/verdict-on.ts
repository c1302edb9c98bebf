import { sentLikewise, type NextPurchase } from '../../db/repositories/purchases.ts';
import { CLOCK_SKEW_MS, reconcile, type Verdict } from '../../domain/stargifts/reconcile.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { SavedGift } from '../ports/telegram-account.ts';
import type { WalkScope } from './purchase-walk.ts';

/** Transactions at most that are not ours: the account's owner buys things, too. */
const FOREIGN_TRANSACTIONS = 200;
const SAVED_GIFTS = 100;

/**
 * Looks a payment in doubt up: the account's transactions, and what its receiver shows.
 * @throws TelegramError when the transactions cannot be read
 */
export async function verdictOn({ em, account }: WalkScope, row: NextPurchase): Promise<Verdict> {
  const { alike, sendings, accountTelegramId } = await sentLikewise(em(), row);
  const since = Math.min(row.sentAt ?? row.now, ...alike.map(({ firstSentAt }) => firstSentAt)) - CLOCK_SKEW_MS;
  const limit = sendings + FOREIGN_TRANSACTIONS;
  const [transactions, saved] = await Promise.all([
    account.transactions({ sinceMs: since, limit }),
    savedGifts(account.savedGifts(row.target, SAVED_GIFTS)),
  ]);
  const isComplete = transactions.length < limit;
  const verdicts = reconcile(alike, {
    accountTelegramId,
    transactions,
    completeSince: isComplete ? since : row.now,
    readAt: row.now,
    savedGifts: new Map(saved === null ? [] : [[row.target, saved]]),
  });
  return verdicts.get(row.id) ?? 'undecided';
}

/** The second witness may stay silent: a channel need not show its gifts to everybody. */
async function savedGifts(answer: Promise<readonly SavedGift[]>): Promise<readonly SavedGift[] | null> {
  return await answer.catch((err: unknown) => {
    if (err instanceof TelegramError) return null;
    throw err;
  });
}
