import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CrewMember } from '../../contracts/stargifts.ts';
import { accountQueue } from '../../contracts/task-queues.ts';
import { planDrop } from '../../db/repositories/drop-planning.ts';
import { insertDrop } from '../../db/repositories/drops.ts';
import { readLedger, writeLedger, type LedgerGift } from '../../db/repositories/gift-ledger.ts';
import { closeBaseline, lockWatch } from '../../db/repositories/gift-watch.ts';
import { noteBalances, readPlanBasis, type PlanBasis } from '../../db/repositories/plan-basis.ts';
import { giftsToPlan, mayBuyBySurprise } from '../../domain/stargifts/buy-triggers.ts';
import { compareList, type GiftChange, type ListComparison } from '../../domain/stargifts/gift-changes.ts';
import type { AccountList } from '../../domain/stargifts/merged-list.ts';
import type { PlannedPurchase } from '../../domain/stargifts/plan-types.ts';
import type { GiftTeller } from './gift-teller.ts';

export interface RecordDeps {
  readonly orm: MikroORM;
  readonly teller: GiftTeller;
}

export interface SeenList {
  readonly userId: string;
  readonly list: AccountList;
  /** What the user's other accounts see, and the stars of all, of those that answered in time. */
  readonly others: readonly AccountList[];
  readonly stars: ReadonlyMap<string, number>;
}

/** What became of a list; the drop is committed and not started yet. */
export interface RecordedList {
  readonly events: number;
  /** Messages and edits that it wrote into the outbox. */
  readonly told: number;
  readonly drop: { readonly dropId: string; readonly crew: readonly CrewMember[] } | null;
}

/**
 * Takes an account's list into the ledger: what changed, whom to tell, and, where something may be bought, the drop with
 * its plan are one transaction, so that a gift is never known without what it causes. Lists of one user are judged one
 * after the other, whichever host they come from.
 */
export async function recordList({ orm, teller }: RecordDeps, seen: SeenList): Promise<RecordedList> {
  const { userId, list } = seen;
  return await orm.em.fork().transactional(async (tx) => {
    const { baseline } = await lockWatch(tx, userId);
    const ledger = await readLedger(tx, userId);
    const comparison = compareList(baseline && ledger.size === 0 ? null : ledger, list, Date.now());
    await writeLedger(tx, { userId, ...comparison, baseline });
    const drop = baseline ? null : await planRelease(tx, seen, { ...comparison, ledger });
    const told = baseline ? 0 : await tell(tx, teller, { ...comparison, seen });
    await closeBaseline(tx, userId, list.gifts.length);
    return { events: comparison.changes.length, told, drop };
  });
}

async function tell(
  tx: SqlEntityManager,
  teller: GiftTeller,
  { changes, changed, seen }: ListComparison & { readonly seen: SeenList },
): Promise<number> {
  if (changed.length === 0) return 0;
  const gifts = new Map(seen.list.gifts.map((gift) => [gift.id, gift]));
  const news = new Set(changes.map(({ giftId }) => giftId));
  const restated = changed.flatMap(({ gift }) => (news.has(gift.id) ? [] : [gift.id]));
  return await teller.changes(tx, { userId: seen.userId, changes, gifts, restated });
}

interface Findings {
  readonly changes: readonly GiftChange[];
  /** As it was before. */
  readonly ledger: ReadonlyMap<string, LedgerGift>;
}

async function planRelease(
  tx: SqlEntityManager,
  { userId, list, others, stars }: SeenList,
  { changes, ledger }: Findings,
): Promise<RecordedList['drop']> {
  const chances = giftsToPlan(changes, Date.now());
  if (chances.length === 0) return null;
  await noteBalances(tx, userId, stars);
  const basis = await readPlanBasis(tx, userId);
  const onSale = new Set(changes.flatMap(({ kind, giftId }) => (CAME.has(kind) ? [giftId] : [])));
  const wanted = new Set(
    chances.filter((id) => {
      const since = onSale.has(id) ? basis.nowMs : (ledger.get(id)?.onSaleSince ?? null);
      return basis.autobuyOn && mayBuyBySurprise(since, basis.autobuyOnSince);
    }),
  );
  if (wanted.size === 0) return null;
  const gifts = list.gifts.filter(({ id }) => wanted.has(id));
  const [dropId, seed] = [randomUUID(), randomUUID()];
  const answer = planDrop({ basis, gifts, lists: [list, ...others], seed });
  await insertDrop(tx, { id: dropId, userId, kind: 'release', seed, ...answer });
  return { dropId, crew: crewOf(answer.operations, basis) };
}

const CAME = new Set<GiftChange['kind']>(['appeared', 'restocked']);

/** The accounts that buy, in the order of the plan, each with the queue of its host. */
export function crewOf(
  operations: readonly Pick<PlannedPurchase, 'accountId'>[],
  { accounts }: Pick<PlanBasis, 'accounts'>,
): CrewMember[] {
  const hosts = new Map(accounts.map(({ id, host }) => [id, host]));
  return [...new Set(operations.map(({ accountId }) => accountId))].map((accountId) => {
    const host = hosts.get(accountId) ?? null;
    return { accountId, queue: host === null ? null : accountQueue(host) };
  });
}
