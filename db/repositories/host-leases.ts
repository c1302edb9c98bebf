import type { SqlEntityManager } from '@mikro-orm/sql';
import { shareHost, type HostClaim, type HostShare } from '../../domain/catalog/host-share.ts';

export interface LeaseClaim extends Omit<HostClaim, 'joinedAt'> {
  /** Host with port. */
  readonly host: string;
  /** Unique to one attempt of one batch. */
  readonly token: string;
  /** The share comes back by itself when it is not renewed for so long, ms. */
  readonly leaseMs: number;
}

export interface Lease extends HostShare {
  /** No request for that long, ms; 0 = free. */
  readonly blockedForMs: number;
}

interface LeaseRow extends HostClaim {
  readonly token: string;
  /** The database's clock, ms. */
  readonly now: number;
}

/**
 * Takes or renews a batch's share of the host; claims of one host are judged one after the other.
 * Nothing is trusted but the caller's word on what it still has in flight (`slots`).
 */
export async function renewLease(em: SqlEntityManager, claim: LeaseClaim): Promise<Lease> {
  return await em.transactional(async (tx) => {
    const blockedForMs = await lockHost(tx, claim.host);
    const rows = await liveLeases(tx, claim.host);
    const own = { ...claim, joinedAt: joinedAt(rows, claim) };
    const others = rows.filter(({ token }) => token !== claim.token);
    const share = shareHost(own, others);
    if (claim.slots === 0 && share.slots > 0 && others.length > 0) await keepDistance(tx, claim.host, share.delayMs);
    await putLease(tx, { ...own, slots: Math.max(claim.slots, share.slots) });
    return { ...share, blockedForMs };
  });
}

/** Locks the host's row until the transaction ends; says for how long the host is blocked, ms. */
async function lockHost(em: SqlEntityManager, host: string): Promise<number> {
  const [row] = await em.execute<{ blocked: number }[]>(
    `insert into host_budget (host) values (?) on conflict (host) do update set host = excluded.host
     returning coalesce(extract(epoch from blocked_until - clock_timestamp()) * 1000, 0)::float8 as blocked`,
    [host],
  );
  return Math.max(0, row?.blocked ?? 0);
}

async function liveLeases(em: SqlEntityManager, host: string): Promise<LeaseRow[]> {
  // The snapshot is taken after the lock, the clock read after that: what is live here stays so for this transaction.
  return await em.execute<LeaseRow[]>(
    `with dead as (delete from host_lease where host = ? and expires_at <= clock_timestamp())
     select token, crawl_id as "crawlId", cap, delay_ms as "delayMs", slots, pace_ms as "paceMs",
       (extract(epoch from joined_at) * 1000)::float8 as "joinedAt",
       (extract(epoch from clock_timestamp()) * 1000)::float8 as now
     from host_lease where host = ? and expires_at > clock_timestamp()`,
    [host, host],
  );
}

/** A crawl keeps its place in the queue from one batch to the next; 0 = now. */
function joinedAt(rows: readonly LeaseRow[], { token, crawlId }: LeaseClaim): number {
  const place =
    rows.find((row) => row.token === token) ?? rows.find((row) => row.crawlId === crawlId && row.slots === 0);
  return place?.joinedAt ?? rows[0]?.now ?? 0;
}

/** Whoever sent at a shorter delay until now took no turns that the newcomer could see. */
async function keepDistance(em: SqlEntityManager, host: string, delayMs: number): Promise<void> {
  await em.execute(
    `update host_budget set next_slot_at = greatest(next_slot_at, clock_timestamp() + ? * interval '1 millisecond')
     where host = ?`,
    [delayMs, host],
  );
}

async function putLease(em: SqlEntityManager, lease: LeaseClaim & { readonly joinedAt: number }): Promise<void> {
  const { host, token, crawlId, cap, delayMs, slots, paceMs, leaseMs } = lease;
  await em.execute(
    `with place as (delete from host_lease where host = ? and crawl_id = ? and token <> ? and slots = 0)
     insert into host_lease (host, token, crawl_id, cap, delay_ms, slots, pace_ms, joined_at, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, coalesce(to_timestamp(nullif(?::float8, 0) / 1000), clock_timestamp()),
       clock_timestamp() + ? * interval '1 millisecond')
     on conflict (host, token) do update set cap = excluded.cap, delay_ms = excluded.delay_ms, slots = excluded.slots,
       pace_ms = excluded.pace_ms, expires_at = excluded.expires_at`,
    [host, crawlId, token, host, token, crawlId, cap, delayMs, slots, paceMs, lease.joinedAt, leaseMs],
  );
}

/**
 * Gives all shares of a batch back.
 * @param placeMs  for so long the crawl keeps its place for its next batch, ms; it goes to the back of the queue when
 *                 it had a turn; 0 = it does not come back
 */
export async function endLeases(
  em: SqlEntityManager,
  { token, placeMs }: { readonly token: string; readonly placeMs: number },
): Promise<void> {
  if (placeMs === 0) await em.execute('delete from host_lease where token = ?', [token]);
  else
    await em.execute(
      `update host_lease set slots = 0, joined_at = case when slots > 0 then clock_timestamp() else joined_at end,
         expires_at = clock_timestamp() + ? * interval '1 millisecond' where token = ?`,
      [placeMs, token],
    );
}
