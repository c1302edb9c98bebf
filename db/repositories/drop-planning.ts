import type { DropPlan, PlannedAccount } from '../../contracts/stargifts.ts';
import type { AccountList } from '../../domain/stargifts/merged-list.ts';
import { mergeLists } from '../../domain/stargifts/merged-list.ts';
import { planAutobuy } from '../../domain/stargifts/plan-autobuy.ts';
import type { AutobuyPlan, BuyingAccount, PlanInput } from '../../domain/stargifts/plan-types.ts';
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
  const accounts = input.accounts.map(({ id, balanceStars }): PlannedAccount => ({
    accountId: id,
    balanceStars: Math.max(0, balanceStars),
  }));
  const targets = basis.channels.map(({ target }) => target);
  return { plan: { gifts: input.gifts, accounts, targets, skips, deferred }, operations };
}
