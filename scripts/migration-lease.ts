import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';

const LEASE_SECONDS = 30;
const RENEW_MS = 10_000;
const POLL_MS = 500;

// A row with an expiry instead of an advisory lock: the embedded database has one session for all connections, in which
// such a lock would be everybody's.
const CREATE = `create table if not exists migration_lease
  (id int primary key, holder text not null, expires_at timestamptz not null)`;
const TAKE = `insert into migration_lease as lease (id, holder, expires_at)
  values (1, ?, now() + interval '${LEASE_SECONDS} seconds')
  on conflict (id) do update set holder = excluded.holder, expires_at = excluded.expires_at
  where lease.expires_at < now() or lease.holder = excluded.holder returning holder`;
const RELEASE = 'delete from migration_lease where id = 1 and holder = ?';

const UNIQUE_VIOLATION = '23505';

const isRace = (err: unknown): boolean => err instanceof Error && 'code' in err && err.code === UNIQUE_VIOLATION;

/** Runs `work` in one process at a time, over all processes that use this database; others wait. Told while waiting. */
export async function withMigrationLease<T>(
  orm: MikroORM,
  work: () => Promise<T>,
  onWaiting: (holder: string) => void,
): Promise<T> {
  const connection = orm.em.getConnection();
  const holder = `${hostname()}:${process.pid}`;
  const take = async (): Promise<boolean> => (await connection.execute<unknown[]>(TAKE, [holder])).length > 0;

  // Two processes may create the table in the same instant; Postgres lets one of them fail.
  await connection.execute(CREATE).catch((err: unknown) => {
    if (!isRace(err)) throw err;
  });
  let told = false;
  while (!(await take())) {
    if (!told) onWaiting('another process is migrating this database');
    told = true;
    await delay(POLL_MS);
  }
  const renewal = setInterval(() => void take().catch(() => false), RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await connection.execute(RELEASE, [holder]);
  }
}
