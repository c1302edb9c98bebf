import type { SqlEntityManager } from '@mikro-orm/sql';

/** How a user's watcher is doing; times are epoch ms. */
export interface WatchRow {
  /** The next list is learnt, not acted on. */
  readonly baseline: boolean;
  readonly startedAt: number;
  readonly lastPollAt: number | null;
  readonly lastError: string | null;
  /** Since when no account gets an answer; null = one does. */
  readonly degradedSince: number | null;
  readonly polls: number;
  /** Gifts in the last list. */
  readonly gifts: number;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const ROW = `baseline, ${ms('started_at')} as "startedAt", ${ms('last_poll_at')} as "lastPollAt", last_error as "lastError",
  ${ms('degraded_since')} as "degradedSince", polls::float8 as polls, gifts`;

/** The watcher's row, or null before its first start. */
export async function readWatch(em: SqlEntityManager, userId: string): Promise<WatchRow | null> {
  const [row] = await em.execute<WatchRow[]>(`select ${ROW} from gift_watch where user_id = ?`, [userId]);
  return row ?? null;
}

/** The switch was turned on: what the next list shows was there before. */
export async function openWatch(em: SqlEntityManager, userId: string): Promise<void> {
  await em.execute(
    `insert into gift_watch (user_id) values (?) on conflict (user_id) do update set baseline = true,
       started_at = clock_timestamp(), degraded_since = null, last_error = null`,
    [userId],
  );
}

/** Locks the watcher's row until the transaction ends, so that lists of one user are judged one after the other. */
export async function lockWatch(em: SqlEntityManager, userId: string): Promise<{ readonly baseline: boolean }> {
  const [row] = await em.execute<{ baseline: boolean }[]>(
    `insert into gift_watch (user_id) values (?) on conflict (user_id) do update set polls = gift_watch.polls
     returning baseline`,
    [userId],
  );
  return row ?? { baseline: true };
}

/** A list was taken into the ledger. */
export async function closeBaseline(em: SqlEntityManager, userId: string, gifts: number): Promise<void> {
  await em.execute(
    'update gift_watch set baseline = false, gifts = ?, last_poll_at = clock_timestamp() where user_id = ?',
    [gifts, userId],
  );
}

/** Counts polls that were answered since the last call. */
export async function notePolls(em: SqlEntityManager, userId: string, polls: number): Promise<void> {
  await em.execute(
    `update gift_watch set polls = polls + ?, last_poll_at = clock_timestamp(), degraded_since = null, last_error = null
     where user_id = ?`,
    [polls, userId],
  );
}

/** No account gets an answer; answers since when, epoch ms. */
export async function noteDegraded(em: SqlEntityManager, userId: string, error: string): Promise<number> {
  const [row] = await em.execute<{ since: number }[]>(
    `update gift_watch set degraded_since = coalesce(degraded_since, clock_timestamp()), last_error = ? where user_id = ?
     returning ${ms('degraded_since')} as since`,
    [error, userId],
  );
  return row?.since ?? 0;
}
