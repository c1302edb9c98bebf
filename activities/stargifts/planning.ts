import type { MikroORM } from '@mikro-orm/postgresql';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AccountPlace, BuyInput, DropInput, DropReport, NextRound } from '../../contracts/stargifts.ts';
import { accountQueue } from '../../contracts/task-queues.ts';
import { accountOwners } from '../../db/repositories/account-leases.ts';
import { planAgain } from '../../db/repositories/drop-planning.ts';
import { openCrew, reportOf } from '../../db/repositories/drop-report.ts';
import {
  addPurchases,
  firstRunAt,
  giftsTakenOver,
  lockDrop,
  noteRound,
  readDrop,
  reportedDrop,
  stopDropRow,
  type DropRow,
} from '../../db/repositories/drops.ts';
import { addManualDrop } from '../../db/repositories/manual-orders.ts';
import { purchasesSoFar, readPlanBasis, type PlanBasis } from '../../db/repositories/plan-basis.ts';
import { giveUp } from '../../db/repositories/purchases.ts';
import type { GiftTeller } from './gift-teller.ts';
import { crewOf } from './record-list.ts';

export interface PlanningDeps {
  readonly orm: MikroORM;
  readonly teller: GiftTeller;
  /** Has the user's outbox sent. */
  readonly wakeOutbox: (userId: string) => Promise<void>;
}

type Drop = Pick<DropInput, 'userId' | 'dropId'>;

const MAX_ROUNDS = 50;
const NOTHING: NextRound = { crew: [], runAt: null };

/** Activities that plan a drop again, stop it, and report it: short transactions, all safe to repeat. */
export function createPlanningActivities({ orm, teller, wakeOutbox }: PlanningDeps) {
  const em = () => orm.em.fork();
  return {
    /** Makes the drop of one purchase by hand; once for each id. @throws DomainError, see `checkOrder` */
    async planManual({ userId, dropId, order }: DropInput): Promise<void> {
      if (order !== undefined) await addManualDrop(em(), { userId, dropId, order });
    },

    /** Plans what failures set free and what locks have opened; says who has something to do. */
    async replanDrop({ userId, dropId }: Drop): Promise<NextRound> {
      return await em().transactional(async (tx) => {
        const drop = await lockDrop(tx, userId, dropId);
        if (drop === null) return NOTHING;
        const basis = await readPlanBasis(tx, userId);
        const plan = mayPlan(drop, basis) ? await planRound(tx, drop, basis) : null;
        const crew = crewOf(await openCrew(tx, dropId), basis);
        return { crew, runAt: plan === null ? null : firstRunAt(plan) };
      });
    },

    async findAccount({ userId, accountId }: Pick<BuyInput, 'userId' | 'accountId'>): Promise<AccountPlace> {
      const owner = (await accountOwners(em(), userId)).find((account) => account.accountId === accountId);
      const host = owner?.host ?? null;
      return { isUsable: owner !== undefined, queue: host === null ? null : accountQueue(host) };
    },

    /** Gives up what an account that cannot be reached never sent; what it may have sent stays in doubt. */
    async abandonAccount({ userId, dropId, accountId }: BuyInput): Promise<void> {
      if ((await readDrop(em(), userId, dropId)) === null) return;
      await giveUp(em(), { dropId, accountId, code: 'GIVEN_UP' });
    },

    /** Nothing more is bought in the drop; what was never sent is given up. */
    async stopDrop({ userId, dropId }: Drop): Promise<void> {
      await em().transactional(async (tx) => {
        await stopDropRow(tx, userId, dropId);
        if ((await lockDrop(tx, userId, dropId)) !== null) await giveUp(tx, { dropId, code: 'STOPPED' });
      });
    },

    /** Closes a part of the drop: its report is kept and told in one transaction. Null = there is no such drop. */
    async reportDrop({ userId, dropId, part }: Drop & { readonly part: number }): Promise<DropReport | null> {
      const report = await em().transactional(async (tx) => {
        const drop = await lockDrop(tx, userId, dropId);
        if (drop === null) return null;
        const made = await reportOf(tx, drop);
        const state = stateAfter(drop, made);
        await reportedDrop(tx, { id: dropId, state, report: made });
        await teller.report(tx, { userId, dropId, part, messages: made.messages });
        return made;
      });
      await wakeOutbox(userId);
      return report;
    },
  };
}
export type PlanningActivities = ReturnType<typeof createPlanningActivities>;

const mayPlan = ({ kind, stopAt, round }: DropRow, { autobuyOn }: PlanBasis): boolean =>
  kind === 'release' && stopAt === null && autobuyOn && round < MAX_ROUNDS;

function stateAfter({ stopAt, plan }: DropRow, { unknown }: DropReport): 'waiting' | 'stopped' | 'done' {
  if (stopAt !== null) return 'stopped';
  return unknown > 0 || plan.deferred.length > 0 ? 'waiting' : 'done';
}

async function planRound(tx: SqlEntityManager, drop: DropRow, basis: PlanBasis): Promise<DropRow['plan']> {
  const { id, userId, seed } = drop;
  const { plan, operations } = planAgain(
    { basis, drop: drop.plan, seed, takenOver: await giftsTakenOver(tx, drop) },
    await purchasesSoFar(tx, id),
  );
  const round = drop.round + 1;
  await noteRound(tx, { id, round, plan });
  await addPurchases(tx, { id, userId, operations, round });
  return plan;
}
