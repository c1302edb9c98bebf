import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DropKind, DropPlan, DropReport, DropState } from '../../contracts/stargifts.ts';
import type { PlannedPurchase } from '../../domain/stargifts/plan-types.ts';

/** A drop as it stands; times are epoch ms. */
export interface DropRow {
  readonly id: string;
  readonly userId: string;
  readonly kind: DropKind;
  readonly state: DropState;
  readonly seed: string;
  readonly detectedAt: number;
  readonly plan: DropPlan;
  readonly report: DropReport | null;
  readonly stopAt: number | null;
  readonly runAt: number | null;
  readonly round: number;
  readonly finishedAt: number | null;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const ROW = `id, user_id as "userId", kind, state, seed, ${ms('detected_at')} as "detectedAt", plan, report,
  ${ms('stop_at')} as "stopAt", ${ms('run_at')} as "runAt", round, ${ms('finished_at')} as "finishedAt"`;

export interface NewDrop {
  readonly id: string;
  readonly userId: string;
  readonly kind: DropKind;
  readonly seed: string;
  readonly plan: DropPlan;
  readonly operations: readonly PlannedPurchase[];
}

/** Writes a drop with its planned purchases, inside the transaction of what caused it; false when it is there already. */
export async function insertDrop(em: SqlEntityManager, drop: NewDrop): Promise<boolean> {
  const inserted = await em.execute<object[]>(
    `insert into drop_run (id, user_id, kind, state, seed, plan, run_at) values (?, ?, ?, 'planned', ?, ?::jsonb, to_timestamp(?::float8 / 1000))
     on conflict (id) do nothing returning id`,
    [drop.id, drop.userId, drop.kind, drop.seed, JSON.stringify(drop.plan), firstRunAt(drop.plan)],
  );
  if (inserted.length === 0) return false;
  await addPurchases(em, { ...drop, round: 0 });
  return true;
}

/** When the first deferred operation of a plan may run, epoch ms; null = there is none. */
export const firstRunAt = ({ deferred }: Pick<DropPlan, 'deferred'>): number | null =>
  deferred.length === 0 ? null : Math.min(...deferred.map(({ runAt }) => runAt));

/** Adds purchases behind those that the drop has. */
export async function addPurchases(
  em: SqlEntityManager,
  drop: Pick<NewDrop, 'id' | 'userId' | 'operations'> & { readonly round: number },
): Promise<void> {
  if (drop.operations.length === 0) return;
  await em.execute(
    `insert into purchase (id, drop_id, user_id, account_id, seq, round, gift_id, target, price_stars, supply, state)
     select gen_random_uuid(), ?, ?, "accountId", (select coalesce(max(seq), 0) from purchase where drop_id = ?) + place, ?,
       "giftId", target, "priceStars", nullif(supply, 0), 'PLANNED'
     from rows from (jsonb_to_recordset(?::jsonb) as (target text, "giftId" bigint, "accountId" uuid, "priceStars" bigint, supply bigint))
       with ordinality as operation (target, "giftId", "accountId", "priceStars", supply, place)`,
    [drop.id, drop.userId, drop.id, drop.round, JSON.stringify(drop.operations)],
  );
}

/** The user's drop, or null. */
export async function readDrop(em: SqlEntityManager, userId: string, dropId: string): Promise<DropRow | null> {
  const [row] = await em.execute<DropRow[]>(`select ${ROW} from drop_run where user_id = ? and id = ?`, [
    userId,
    dropId,
  ]);
  return row ?? null;
}

/** Locks the user's drop until the transaction ends, or null. */
export async function lockDrop(em: SqlEntityManager, userId: string, dropId: string): Promise<DropRow | null> {
  const [row] = await em.execute<DropRow[]>(`select ${ROW} from drop_run where user_id = ? and id = ? for update`, [
    userId,
    dropId,
  ]);
  return row ?? null;
}

/** A round was planned again. */
export async function noteRound(
  em: SqlEntityManager,
  { id, round, plan }: Pick<DropRow, 'id' | 'round' | 'plan'>,
): Promise<void> {
  await em.execute(
    `update drop_run set round = ?, plan = ?::jsonb, run_at = to_timestamp(?::float8 / 1000), state = 'running' where id = ?`,
    [round, JSON.stringify(plan), firstRunAt(plan), id],
  );
}

/** Gifts of a drop that a later release of the user planned for: they are that one's now. */
export async function giftsTakenOver(
  em: SqlEntityManager,
  drop: Pick<DropRow, 'id' | 'userId'>,
): Promise<ReadonlySet<string>> {
  const rows = await em.execute<{ id: string }[]>(
    `select distinct gift ->> 'id' as id from drop_run this join drop_run later on later.user_id = this.user_id
       and later.kind = 'release' and later.detected_at > this.detected_at, jsonb_array_elements(later.plan -> 'gifts') as gift
     where this.id = ? and this.user_id = ?`,
    [drop.id, drop.userId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Drops of the user whose workflow may never have been started. */
export async function unstartedDrops(em: SqlEntityManager, userId: string): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select id from drop_run where user_id = ? and workflow_started_at is null and kind = 'release' order by detected_at`,
    [userId],
  );
  return rows.map(({ id }) => id);
}

/** The drop's workflow exists. */
export async function markDropStarted(em: SqlEntityManager, dropId: string): Promise<void> {
  await em.execute(
    `update drop_run set workflow_started_at = coalesce(workflow_started_at, clock_timestamp()),
       state = case state when 'planned' then 'running' else state end where id = ?`,
    [dropId],
  );
}

/** Nothing more may be bought in the drop; safe to repeat. */
export async function stopDropRow(em: SqlEntityManager, userId: string, dropId: string): Promise<void> {
  await em.execute(
    'update drop_run set stop_at = coalesce(stop_at, clock_timestamp()) where user_id = ? and id = ? and finished_at is null',
    [userId, dropId],
  );
}

/** What a part of a drop ended as, with what was told of it. */
export interface DropEnd {
  readonly id: string;
  readonly state: Extract<DropState, 'waiting' | 'stopped' | 'done'>;
  readonly report: DropReport;
}

/** Writes the report; a drop that waits for a lock is not finished by it. */
export async function reportedDrop(em: SqlEntityManager, { id, state, report }: DropEnd): Promise<void> {
  await em.execute(
    `update drop_run set state = ?, report = ?::jsonb, finished_at = case when ? = 'waiting' then null else clock_timestamp() end
     where id = ?`,
    [state, JSON.stringify(report), state, id],
  );
}
