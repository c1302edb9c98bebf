import type { SqlEntityManager } from '@mikro-orm/sql';

/** Something that is counted: after `free` failures in a row each further one costs twice the wait of the one before. */
export interface Counted {
  /** SHA-256 of what it is, hex. */
  readonly key: string;
  /** Failures that cost nothing. */
  readonly free: number;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** After an hour without an attempt everything is forgotten. */
const QUIET_MS = 3_600_000;
/** Two to this many is beyond the longest wait. */
const DOUBLINGS = 20;

/**
 * Counts an attempt as failed before it is judged, so that attempts at once cannot outrun the count; ms to wait when this one is
 * not to be judged at all, 0 = go on. A success is told by `forgetAttempts` or `excuseAttempt`.
 */
export async function countAttempt(em: SqlEntityManager, { key, free }: Counted): Promise<number> {
  const failures = `(case when known.tried_at < clock_timestamp() - ${QUIET_MS} * interval '1 millisecond' then 1 else known.failures + 1 end)`;
  const waitMs = `least(${LONGEST_WAIT_MS}, ${FIRST_WAIT_MS} * power(2, least(${DOUBLINGS}, ${failures} - ?::int)))`;
  const judged = await em.execute<object[]>(
    `insert into sign_in_attempt as known (key, failures, tried_at) values (?, 1, clock_timestamp())
     on conflict (key) do update set failures = ${failures}, tried_at = clock_timestamp(),
       blocked_until = case when ${failures} >= ?::int then clock_timestamp() + ${waitMs} * interval '1 millisecond' end
     where known.blocked_until is null or known.blocked_until <= clock_timestamp() returning key`,
    [key, free, free],
  );
  if (judged.length > 0) return 0;
  const [blocked] = await em.execute<{ waitMs: number }[]>(
    `select greatest(1, extract(epoch from blocked_until - clock_timestamp()) * 1000)::float8 as "waitMs"
     from sign_in_attempt where key = ?`,
    [key],
  );
  return Math.ceil(blocked?.waitMs ?? 1);
}

/** It succeeded: its failures count no more. */
export async function forgetAttempts(em: SqlEntityManager, key: string): Promise<void> {
  await em.execute('delete from sign_in_attempt where key = ?', [key]);
}

/** It succeeded, and is not counted; the failures before it are. */
export async function excuseAttempt(em: SqlEntityManager, key: string): Promise<void> {
  await em.execute(
    'update sign_in_attempt set failures = greatest(0, failures - 1), blocked_until = null where key = ?',
    [key],
  );
}

/** Forgets attempts that count no more, sessions and link codes that ran out, and what people typed into sign-ins that are over. */
export async function purgeSignIns(em: SqlEntityManager): Promise<void> {
  await em.execute(`delete from sign_in_attempt where tried_at < clock_timestamp() - interval '1 day'`);
  await em.execute('delete from session where expires_at < clock_timestamp()');
  await em.execute(`delete from link_code where expires_at < clock_timestamp() - interval '1 day'`);
  await em.execute(`delete from telegram_login where expires_at < clock_timestamp() - interval '1 day'`);
  await em.execute(
    `update telegram_login set phone = null, login_state = null, input = null
     where expires_at < clock_timestamp() and coalesce(phone, login_state, input) is not null`,
  );
}
