import type { SqlEntityManager } from '@mikro-orm/sql';
import type { PlannedAccount } from '../../contracts/stargifts.ts';
import type { AccountList } from '../../domain/stargifts/merged-list.ts';
import { planAutobuy } from '../../domain/stargifts/plan-autobuy.ts';
import type { AutobuyPlan, BuyingAccount, PlanInput } from '../../domain/stargifts/plan-types.ts';
import { planInput } from './drop-planning.ts';
import { readDrop, type DropRow } from './drops.ts';
import { readLedger, type LedgerGift } from './gift-ledger.ts';
import { readPlanBasis, type PlanBasis } from './plan-basis.ts';

/** What would be bought; nothing is. */
export interface DryRun extends AutobuyPlan {
  /** False: nothing is bought as long as the switch is off. */
  readonly autobuyOn: boolean;
  readonly input: PlanInput;
}

/** So that asking twice gives the same plan. */
const SEED = 'dry-run';

/**
 * What would be bought of all that is on sale, as if it came on sale now.
 * With a past drop: what today's channels and settings would have bought of it with the stars that the accounts had then;
 * accounts that have been removed since do not take part, and nothing counts as spent that day. Null = no such drop.
 */
export async function dryRun(em: SqlEntityManager, userId: string, dropId: string | null): Promise<DryRun | null> {
  const basis = await readPlanBasis(em, userId);
  const drop = dropId === null ? null : await readDrop(em, userId, dropId);
  if (dropId !== null && drop === null) return null;
  const input = drop === null ? inputNow(basis, await readLedger(em, userId)) : inputThen(basis, drop);
  return { ...planAutobuy(input), autobuyOn: basis.autobuyOn, input };
}

function inputNow(basis: PlanBasis, ledger: ReadonlyMap<string, LedgerGift>): PlanInput {
  const known = [...ledger.values()].filter(({ gift }) => gift.isLimited && !gift.isSoldOut && gift.remaining !== 0);
  const lists = basis.accounts.map(({ id }): AccountList => {
    const gifts = known.flatMap(({ gift, locks }) => {
      const lockedUntil = locks[id];
      return lockedUntil === undefined ? [] : [{ ...gift, lockedUntil }];
    });
    return { accountId: id, gifts };
  });
  return planInput({ basis, gifts: known.map(({ gift }) => gift), lists, seed: SEED });
}

function inputThen(basis: PlanBasis, { plan, seed, detectedAt }: DropRow): PlanInput {
  const then = new Map(plan.accounts.map((account) => [account.accountId, account]));
  const input = planInput({ basis: { ...basis, nowMs: detectedAt }, gifts: plan.gifts, lists: [], seed });
  const accounts = input.accounts.flatMap((account) => {
    const planned = then.get(account.id);
    return planned === undefined ? [] : [asThen(account, planned)];
  });
  return { ...input, accounts, spent: { inDropStars: 0, inDayStars: 0 } };
}

const asThen = (account: BuyingAccount, { balanceStars, terms }: PlannedAccount): BuyingAccount => ({
  ...account,
  balanceStars,
  terms: terms === null ? null : new Map(Object.entries(terms)),
});
