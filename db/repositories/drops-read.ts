import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DropKind, DropReport, DropState } from '../../contracts/stargifts.ts';
import type { ReportedPurchase } from '../../domain/stargifts/gift-outcome.ts';
import type { PurchaseStatus } from '../../domain/stargifts/purchase.ts';
import type { GiftTarget } from '../../domain/stargifts/star-gift.ts';
import { isoTime } from './iso-time.ts';

/** A drop with what became of it so far; times are ISO 8601, UTC, sums whole Stars. */
export interface DropSummary {
  readonly id: string;
  readonly kind: DropKind;
  readonly state: DropState;
  readonly detectedAt: string;
  /** Since when nothing more is bought. */
  readonly stopAt: string | null;
  /** When the first deferred operation may run. */
  readonly runAt: string | null;
  readonly finishedAt: string | null;
  /** Of planning; 0 = the first. */
  readonly round: number;
  readonly gifts: number;
  /** Its purchases by state. */
  readonly purchases: Readonly<Record<Lowercase<PurchaseStatus>, number>>;
  readonly spentStars: number;
  /** Of purchases that are planned, under way or in doubt. */
  readonly openStars: number;
  /** From detection to the first payment form; null = there was none. */
  readonly firstFormMs: number | null;
  readonly report: Omit<DropReport, 'messages'> | null;
}

/** A purchase as its user sees it; times are ISO 8601, UTC. */
export interface PurchaseView {
  readonly id: string;
  readonly dropId: string;
  readonly accountId: string;
  /** Place in the drop, from 1. */
  readonly seq: number;
  readonly round: number;
  readonly giftId: string;
  readonly target: GiftTarget;
  readonly priceStars: number;
  readonly state: PurchaseStatus;
  /** Why it was refused, or what is in doubt: Telegram's code, or one of ours. */
  readonly code: string | null;
  readonly formAt: string | null;
  readonly sentAt: string | null;
  readonly decidedAt: string | null;
}

const STATES = ['planned', 'form', 'sending', 'paid', 'rejected', 'unknown'] as const;
const COUNTS = STATES.map((state) => `'${state}', count(*) filter (where state = '${state.toUpperCase()}')`).join(', ');
const DROP = `d.id, d.kind, d.state, ${isoTime('d.detected_at')} as "detectedAt", ${isoTime('d.stop_at')} as "stopAt",
  ${isoTime('d.run_at')} as "runAt", ${isoTime('d.finished_at')} as "finishedAt", d.round, d.report - 'messages' as report,
  jsonb_array_length(d.plan -> 'gifts') as gifts, bought.purchases, bought."spentStars", bought."openStars",
  case when bought.form_at is not null
    then greatest(0, extract(epoch from bought.form_at - d.detected_at) * 1000)::float8 end as "firstFormMs"`;
const FROM = `drop_run d cross join lateral (select jsonb_build_object(${COUNTS}) as purchases, min(form_at) as form_at,
    coalesce(sum(price_stars) filter (where state = 'PAID'), 0)::float8 as "spentStars",
    coalesce(sum(price_stars) filter (where state not in ('PAID', 'REJECTED')), 0)::float8 as "openStars"
  from purchase where drop_id = d.id) bought`;
const PURCHASE = `p.id, p.drop_id as "dropId", p.account_id as "accountId", p.seq, p.round, p.gift_id::text as "giftId",
  p.target, p.price_stars::float8 as "priceStars", p.state, p.code, ${isoTime('p.form_at')} as "formAt",
  ${isoTime('p.sent_at')} as "sentAt", ${isoTime('p.decided_at')} as "decidedAt"`;

export interface DropListQuery {
  readonly userId: string;
  readonly kind: DropKind | null;
  readonly state: DropState | null;
  readonly limit: number;
  /** Id of the last drop of the answer before. */
  readonly after: string | null;
}

/** A user's drops, newest first, at most `limit`. */
export async function listDrops(em: SqlEntityManager, query: DropListQuery): Promise<DropSummary[]> {
  const filters = [
    ['d.user_id = ?', query.userId],
    ['d.kind = ?', query.kind],
    ['d.state = ?', query.state],
    ['(d.detected_at, d.id) < (select detected_at, id from drop_run where id = ?)', query.after],
  ] as const;
  const used = filters.filter(([, value]) => value !== null);
  return await em.execute<DropSummary[]>(
    `select ${DROP} from ${FROM} where ${used.map(([sql]) => sql).join(' and ')} order by d.detected_at desc, d.id desc limit ?`,
    [...used.map(([, value]) => value), query.limit],
  );
}

/** One drop of the user, or null. */
export async function readDropSummary(
  em: SqlEntityManager,
  userId: string,
  dropId: string,
): Promise<DropSummary | null> {
  const rows = await em.execute<DropSummary[]>(`select ${DROP} from ${FROM} where d.user_id = ? and d.id = ?`, [
    userId,
    dropId,
  ]);
  return rows[0] ?? null;
}

export interface PurchaseListQuery {
  readonly userId: string;
  readonly dropId: string;
  readonly state: PurchaseStatus | null;
  readonly limit: number;
  /** `seq` of the last purchase of the answer before. */
  readonly after: number | null;
}

/** Purchases of a user's drop in the order of its plan, at most `limit`. */
export async function listPurchases(em: SqlEntityManager, query: PurchaseListQuery): Promise<PurchaseView[]> {
  return await em.execute<PurchaseView[]>(
    `select ${PURCHASE} from purchase p where p.user_id = ? and p.drop_id = ? and p.seq > ? ${query.state === null ? '' : 'and p.state = ?'}
     order by p.seq limit ?`,
    [query.userId, query.dropId, query.after ?? 0, ...(query.state === null ? [] : [query.state]), query.limit],
  );
}

/** All purchases of a drop, as outcomes of gifts are told from. */
export async function reportedPurchases(em: SqlEntityManager, dropId: string): Promise<ReportedPurchase[]> {
  return await em.execute<ReportedPurchase[]>(
    `select gift_id::text as "giftId", account_id as "accountId", target, price_stars::float8 as "priceStars", state, code
     from purchase where drop_id = ? order by seq`,
    [dropId],
  );
}

/** A drop, or a purchase as it is now, that changed. */
export interface DropChange {
  readonly change: number;
  readonly rowId: string;
  readonly dropId: string;
  /** null = the drop itself changed. */
  readonly purchase: PurchaseView | null;
}

/** Where a reader of changes stands. */
export interface ChangePosition {
  /** Transactions up to here were read; a later one may be older than one that is read already. */
  readonly change: number;
  /** The last row of that transaction that was read; null = all of them were. */
  readonly rowId: string | null;
}

export interface ChangePage {
  readonly changes: readonly DropChange[];
  /** Every transaction up to here had ended when the page was read. */
  readonly settled: number;
}

/** Of a transaction that is under way nobody knows yet whether it changed something. */
const SETTLED = 'pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The newest transaction of which all, and of all before which everything, is known. */
export async function settledChange(em: SqlEntityManager): Promise<number> {
  const [row] = await em.execute<{ settled: number }[]>(`select (${SETTLED})::float8 as settled`);
  return row?.settled ?? 0;
}

/** Drops and purchases of the user that were changed behind a position, in the order of the changes, at most `limit`. */
export async function changesAfter(
  em: SqlEntityManager,
  { userId, after, limit }: { readonly userId: string; readonly after: ChangePosition; readonly limit: number },
): Promise<ChangePage> {
  const behind = (table: string, dropId: string): string =>
    `select change, id, ${dropId} as drop_id from ${table} where user_id = ? and (change, id) > (?, ?::uuid)`;
  const at = [userId, after.change, after.rowId ?? LAST_ID];
  const rows = await em.execute<(DropChange & Pick<ChangePage, 'settled'>)[]>(
    `with changed as (select change, id, drop_id from (${behind('drop_run', 'id')}
         union all ${behind('purchase', 'drop_id')}) both_tables order by change, id limit ?)
     select change::float8 as change, id as "rowId", drop_id as "dropId", (${SETTLED})::float8 as settled,
       (select to_jsonb(found) from (select ${PURCHASE} from purchase p where p.id = changed.id) found) as purchase
     from changed order by changed.change, changed.id`,
    [...at, ...at, limit],
  );
  const settled = rows[0]?.settled ?? (await settledChange(em));
  return { changes: rows, settled };
}
