import type { DropPlan, PlannedAccount } from '../../contracts/stargifts.ts';
import type { AccountList } from '../../domain/stargifts/merged-list.ts';
import { mergeLists } from '../../domain/stargifts/merged-list.ts';
import { planAutobuy } from '../../domain/stargifts/plan-autobuy.ts';
import type { AutobuyPlan, BuyingAccount, PlanInput } from '../../domain/stargifts/plan-types.ts';
import { afterPurchases, type PurchaseSoFar } from '../../domain/stargifts/replan.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';
import type { PlanBasis } from './plan-basis.ts';

/** What a plan is asked for. */
export interface PlanQuestion {
  readonly basis: PlanBasis;
  /** The gifts to plan for, as the ledger has them; lists that show them say more. */
  readonly gifts: readonly StarGift[];
  /** The accounts' own lists, of those that were asked. */
  readonly lists: readonly AccountList[];
  readonly seed: string;
}

/** A plan with what it was made from. */
export interface PlanAnswer {
  readonly plan: DropPlan;
  readonly operations: AutobuyPlan['operations'];
}

/** Plans from what is known; decides nothing by itself. */
export function planDrop(question: PlanQuestion): PlanAnswer {
  const input = planInput(question);
  return answerOf(question.basis, input, planAutobuy(input));
}

/** The planner's input of a drop of which nothing was bought yet. */
export function planInput({ basis, gifts, lists, seed }: PlanQuestion): PlanInput {
  const merged = mergeLists(lists);
  const shown = new Map(merged.gifts.map((gift) => [gift.id, gift]));
  return {
    gifts: gifts.map((gift) => shown.get(gift.id) ?? gift),
    accounts: basis.accounts.map((account): BuyingAccount => ({
      id: account.id,
      balanceStars: account.stars - account.reservedStars,
      isPremium: account.isPremium,
      spentInDropStars: 0,
      terms: merged.terms.get(account.id) ?? null,
    })),
    channels: basis.channels,
    settings: basis.settings,
    seed,
    nowMs: basis.nowMs,
    spent: { inDropStars: 0, inDayStars: basis.spentTodayStars },
    closed: { gifts: new Map(), accountIds: new Set(), pairs: new Map(), targets: basis.closedTargets },
  };
}

/** A plan as it is kept. */
export function answerOf(basis: PlanBasis, input: PlanInput, { operations, deferred, skips }: AutobuyPlan): PlanAnswer {
  const accounts = input.accounts.map(({ id, balanceStars, terms }): PlannedAccount => {
    const own = input.gifts.flatMap((gift) => {
      const said = terms?.get(gift.id);
      return said === undefined ? [] : [[gift.id, said] as const];
    });
    return {
      accountId: id,
      balanceStars: Math.max(0, balanceStars),
      terms: terms === null ? null : Object.fromEntries(own),
    };
  });
  const targets = basis.channels.map(({ target }) => target);
  return { plan: { gifts: input.gifts, accounts, targets, skips, deferred }, operations };
}

/** What is left of a drop. */
export interface RestOfDrop {
  readonly basis: PlanBasis;
  readonly drop: DropPlan;
  readonly seed: string;
  /** Gifts that a later drop plans for. */
  readonly takenOver: ReadonlySet<string>;
}

/**
 * Plans the rest of a drop: what was refused is closed, what it set free is spent again, locks that have ended are gone.
 * The kept plan stays that of the first round but for its skips and deferred operations.
 */
export function planAgain(
  { basis, drop, seed, takenOver }: RestOfDrop,
  purchases: readonly PurchaseSoFar[],
): PlanAnswer {
  const gifts = drop.gifts.filter(({ id }) => !takenOver.has(id));
  const input = planInput({ basis, gifts, lists: [], seed });
  const terms = new Map(drop.accounts.map((account) => [account.accountId, account.terms]));
  const own = Map.groupBy(purchases, ({ accountId }) => accountId);
  const before: PlanInput = {
    ...input,
    accounts: input.accounts.map((account) => {
      const said = terms.get(account.id) ?? null;
      return {
        ...account,
        balanceStars: account.balanceStars + starsOf(own.get(account.id) ?? []),
        terms: said === null ? null : new Map(Object.entries(said)),
      };
    }),
    spent: { inDropStars: 0, inDayStars: Math.max(0, basis.spentTodayStars - starsOf(purchases)) },
  };
  const { operations, skips, deferred } = planAutobuy(afterPurchases(before, purchases));
  return { plan: { ...drop, skips, deferred }, operations };
}

/** Stars that the drop itself spent or holds: its plan counts them itself. */
const starsOf = (purchases: readonly PurchaseSoFar[]): number =>
  purchases.reduce((sum, { state, priceStars }) => sum + (state === 'failed' ? 0 : priceStars), 0);
