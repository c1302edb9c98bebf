import type { SqlEntityManager } from '@mikro-orm/sql';

/** Makes this the person's one feed; the address before is worth nothing. `secretHash` is SHA-256 in hex. */
export async function putFeed(em: SqlEntityManager, userId: string, secretHash: string): Promise<void> {
  await em.execute(
    `insert into calendar_feed (user_id, secret_hash) values (?, ?)
     on conflict (user_id) do update set secret_hash = excluded.secret_hash, created_at = now()`,
    [userId, secretHash],
  );
}

/** The feed cannot be read any more. */
export async function removeFeed(em: SqlEntityManager, userId: string): Promise<void> {
  await em.execute('delete from calendar_feed where user_id = ?', [userId]);
}

/** When the person's feed was made, ms since 1970; null = there is none. */
export async function feedMadeAt(em: SqlEntityManager, userId: string): Promise<number | null> {
  const [row] = await em.execute<{ atMs: number }[]>(
    `select (extract(epoch from created_at) * 1000)::float8 as "atMs" from calendar_feed where user_id = ?`,
    [userId],
  );
  return row?.atMs ?? null;
}

/** Whose feed has this secret; null = nobody's. */
export async function feedOf(
  em: SqlEntityManager,
  secretHash: string,
): Promise<{ readonly userId: string; readonly madeAtMs: number } | null> {
  const [row] = await em.execute<{ userId: string; madeAtMs: number }[]>(
    `select user_id as "userId", (extract(epoch from created_at) * 1000)::float8 as "madeAtMs"
     from calendar_feed where secret_hash = ?`,
    [secretHash],
  );
  return row ?? null;
}
