import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DigestsSent } from '../../domain/agenda/focus/digest-plan.ts';

/** Which digests are behind a person; `version` grows with each change. */
export interface DigestRow extends DigestsSent {
  readonly version: number;
}

/** The person's row, locked for a change; null = none is stored. */
export async function lockDigests(em: SqlEntityManager, userId: string): Promise<DigestRow | null> {
  const [row] = await em.execute<DigestRow[]>(
    `select morning_on as morning, evening_on as evening, weekly_on as weekly, version from digest where user_id = ? for update`,
    [userId],
  );
  return row ?? null;
}

/** Stores which digests are behind a person; returns the new version. */
export async function storeDigests(em: SqlEntityManager, userId: string, sent: DigestsSent): Promise<number> {
  const [row] = await em.execute<{ version: number }[]>(
    `insert into digest (user_id, morning_on, evening_on, weekly_on, version) values (?, ?, ?, ?, 1)
     on conflict (user_id) do update set morning_on = excluded.morning_on, evening_on = excluded.evening_on,
       weekly_on = excluded.weekly_on, version = digest.version + 1 returning version`,
    [userId, sent.morning, sent.evening, sent.weekly],
  );
  return row?.version ?? 0;
}
