import type { SqlEntityManager } from '@mikro-orm/sql';
import { addAudit } from './audit.ts';

/** Each kind of promise that follows its user's zone says which of them run; `?` is the user. */
const FOLLOWERS = [
  `select 'reminder:' || id as id from reminder where user_id = ? and zone is null and state in ('active', 'paused')`,
  `select 'habit:' || id as id from habit where user_id = ? and not archived`,
  `select 'occasion:' || id as id from occasion where user_id = ?`,
  `select 'goal:' || id as id from goal where user_id = ? and state = 'active'`,
  `select 'digest:' || user_id as id from digest where user_id = ?`,
];

/** Ids of the workflows that have to plan anew when this user is in another zone. */
export async function zoneFollowers(em: SqlEntityManager, userId: string): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    FOLLOWERS.join(' union all '),
    FOLLOWERS.map(() => userId),
  );
  return rows.map(({ id }) => id);
}

/** The user is in this zone from now on. */
export async function writeZone(em: SqlEntityManager, userId: string, zone: string): Promise<void> {
  await em.transactional(async (tx) => {
    const moved = await tx.execute<object[]>(
      `update user_settings set zone = ?, updated_at = clock_timestamp() where user_id = ? and zone <> ? returning user_id`,
      [zone, userId, zone],
    );
    if (moved.length === 0) return;
    await addAudit(tx, { userId, ip: null }, { action: 'settings.changed', details: { zone } });
  });
}
