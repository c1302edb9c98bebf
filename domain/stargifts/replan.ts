import { aftermathOf } from './aftermath.ts';
import { termsOf } from './gift-terms.ts';
import type { BuyingAccount, Closed, GiftTerms, PlanInput, PlannedPurchase } from './plan-types.ts';
import type { StarGift } from './star-gift.ts';
import type { Consequence } from './telegram-error.ts';

/** A purchase of this drop as it stands: `open` holds its stars and its copy, whether it is planned, under way or in doubt. */
export interface PurchaseSoFar extends Pick<PlannedPurchase, 'accountId' | 'giftId' | 'target' | 'priceStars'> {
  readonly state: 'open' | 'paid' | 'failed';
  /** Of a failed one: what Telegram's answer means; null = it was given up without one. */
  readonly failure: Consequence | null;
}

/**
 * The input of the next plan of the same drop: freed stars and copies count again, what was refused is closed.
 * @param input as the gifts, balances and limits were before the first of the purchases
 */
export function afterPurchases(input: PlanInput, purchases: readonly PurchaseSoFar[]): PlanInput {
  const held = purchases.filter(({ state }) => state !== 'failed');
  const failed = purchases.filter(({ state }) => state === 'failed');
  const gifts = new Map(input.gifts.map((gift) => [gift.id, gift]));
  const copies = countBy(held, ({ giftId }) => giftId);
  const heldBy = Map.groupBy(held, ({ accountId }) => accountId);
  const failedBy = Map.groupBy(failed, ({ accountId }) => accountId);
  const stars = starsOf(held);
  return {
    ...input,
    gifts: input.gifts.map((gift) => withoutCopies(gift, copies.get(gift.id) ?? 0)),
    accounts: input.accounts.map((account) => ({
      ...account,
      ...moneyLeft(account, heldBy.get(account.id) ?? [], failedBy.get(account.id) ?? []),
      terms: termsLeft(account, heldBy.get(account.id) ?? [], gifts),
    })),
    spent: { inDropStars: input.spent.inDropStars + stars, inDayStars: input.spent.inDayStars + stars },
    closed: closedBy(failed, input.closed, gifts),
  };
}

const starsOf = (purchases: readonly PurchaseSoFar[]): number =>
  purchases.reduce((sum, { priceStars }) => sum + priceStars, 0);

function countBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}

function withoutCopies(gift: StarGift, copies: number): StarGift {
  const { remaining } = gift;
  return remaining === null || copies === 0 ? gift : { ...gift, remaining: Math.max(0, remaining - copies) };
}

/** Telegram's "balance too low" says more than the balance we knew: less than the price was left. */
function moneyLeft(
  { balanceStars, spentInDropStars }: BuyingAccount,
  held: readonly PurchaseSoFar[],
  failed: readonly PurchaseSoFar[],
): Pick<BuyingAccount, 'balanceStars' | 'spentInDropStars'> {
  const stars = starsOf(held);
  const tooDear = failed.flatMap(({ failure, priceStars }) => (failure === 'balance' ? [priceStars - 1] : []));
  return {
    balanceStars: Math.min(balanceStars - stars, ...tooDear),
    spentInDropStars: spentInDropStars + stars,
  };
}

function termsLeft(
  account: BuyingAccount,
  held: readonly PurchaseSoFar[],
  gifts: ReadonlyMap<string, StarGift>,
): BuyingAccount['terms'] {
  if (held.length === 0) return account.terms;
  const left = new Map<string, GiftTerms>(account.terms);
  for (const [giftId, copies] of countBy(held, (purchase) => purchase.giftId)) {
    const row = gifts.get(giftId);
    if (row === undefined) continue;
    const { perUserRemaining: limit, lockedUntil } = termsOf(account, row);
    left.set(giftId, { lockedUntil, perUserRemaining: limit === null ? null : Math.max(0, limit - copies) });
  }
  return left;
}

/** What is being closed, while failures are read. */
interface Closing {
  readonly gifts: Map<string, 'not_available' | 'price_changed'>;
  readonly accountIds: Set<string>;
  readonly pairs: Map<string, Set<string>>;
  readonly targets: Map<string, Set<string>>;
}

function closedBy(
  failed: readonly PurchaseSoFar[],
  before: Closed | undefined,
  gifts: ReadonlyMap<string, StarGift>,
): Closed {
  const closing: Closing = {
    gifts: new Map(before?.gifts),
    accountIds: new Set(before?.accountIds),
    pairs: copyOf(before?.pairs),
    targets: copyOf(before?.targets),
  };
  for (const purchase of failed) close(purchase, closing, gifts);
  return closing;
}

const copyOf = (sets: ReadonlyMap<string, ReadonlySet<string>> | undefined): Map<string, Set<string>> =>
  new Map([...(sets ?? [])].map(([key, members]) => [key, new Set(members)]));

function addTo(sets: Map<string, Set<string>>, key: string, member: string): void {
  const members = sets.get(key);
  if (members === undefined) sets.set(key, new Set([member]));
  else members.add(member);
}

/** A list that already shows another price is newer than the refusal. */
function closePrice(
  { giftId, priceStars }: PurchaseSoFar,
  closing: Closing,
  gifts: ReadonlyMap<string, StarGift>,
): void {
  if (gifts.get(giftId)?.priceStars === priceStars) closing.gifts.set(giftId, 'price_changed');
}

function close(purchase: PurchaseSoFar, closing: Closing, gifts: ReadonlyMap<string, StarGift>): void {
  const { accountId, giftId, target, failure } = purchase;
  switch (failure === null ? 'nothing' : aftermathOf(failure).closes) {
    case 'gift':
      closing.gifts.set(giftId, 'not_available');
      return;
    case 'price':
      closePrice(purchase, closing, gifts);
      return;
    case 'account':
      closing.accountIds.add(accountId);
      return;
    case 'target':
      addTo(closing.targets, target, accountId);
      return;
    case 'balance':
      return;
    // A purchase that was given up without a refusal must not be planned over and over.
    case 'nothing':
    case 'pair':
      addTo(closing.pairs, giftId, accountId);
  }
}
