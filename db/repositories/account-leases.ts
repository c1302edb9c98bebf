import type { SqlEntityManager } from '@mikro-orm/sql';

/** An account whose connection one host may hold, as its last renewal said. */
export interface AccountLease {
  readonly accountId: string;
  readonly userId: string;
  /** Counts changes of hands; a write under an older one comes too late. 64-bit number in decimal. */
  readonly fence: string;
  /** Differs when the account was signed in anew. */
  readonly sessionMark: string;
}

interface LeaseRow {
  readonly id: string;
  readonly user_id: string;
  readonly lease_fence: string;
  readonly mark: string;
}

const COLUMNS = 'id, user_id, lease_fence::text as lease_fence, md5(session) as mark';
/** Signed in, and not refused by Telegram until a person signs in anew. */
const USABLE = `session is not null and state not in ('revoked', 'frozen', 'banned')`;

/** Takes at most `limit` accounts that nobody holds; their fences move on. `ttlMs` counts by the database's clock. */
export async function acquireAccountLeases(
  em: SqlEntityManager,
  { host, limit, ttlMs }: { readonly host: string; readonly limit: number; readonly ttlMs: number },
): Promise<readonly AccountLease[]> {
  const rows = await em.execute<LeaseRow[]>(
    `update telegram_account set lease_host = ?, lease_fence = lease_fence + 1,
       lease_until = clock_timestamp() + ? * interval '1 millisecond'
     where id in (select id from telegram_account
       where ${USABLE} and (lease_until is null or lease_until < clock_timestamp())
       order by lease_until nulls first, created_at limit ? for update skip locked)
     returning ${COLUMNS}`,
    [host, ttlMs, limit],
  );
  return rows.map(toLease);
}

/** Prolongs what this host still holds and may still use; what is missing in the answer is lost. */
export async function renewAccountLeases(
  em: SqlEntityManager,
  { host, ttlMs }: { readonly host: string; readonly ttlMs: number },
): Promise<readonly AccountLease[]> {
  const rows = await em.execute<LeaseRow[]>(
    `update telegram_account set lease_until = clock_timestamp() + ? * interval '1 millisecond'
     where lease_host = ? and lease_until >= clock_timestamp() and ${USABLE} returning ${COLUMNS}`,
    [ttlMs, host],
  );
  return rows.map(toLease);
}

/** Gives accounts back whose connections are closed; what changed hands meanwhile stays where it is. */
export async function releaseAccountLeases(
  em: SqlEntityManager,
  leases: readonly Pick<AccountLease, 'accountId' | 'fence'>[],
): Promise<void> {
  for (const { accountId, fence } of leases) {
    await em.execute(
      'update telegram_account set lease_host = null, lease_until = null where id = ? and lease_fence = ?',
      [accountId, fence],
    );
  }
}

/** Which host holds an account now; null = none. */
export interface AccountOwner {
  readonly accountId: string;
  readonly host: string | null;
  /** 64-bit number in decimal. */
  readonly fence: string;
}

/** The user's accounts that can be used, oldest first, each with the host that holds it by the database's clock. */
export async function accountOwners(em: SqlEntityManager, userId: string): Promise<readonly AccountOwner[]> {
  return await em.execute<AccountOwner[]>(
    `select id as "accountId", lease_fence::text as fence,
       case when lease_until >= clock_timestamp() then lease_host end as host
     from telegram_account where user_id = ? and ${USABLE} order by created_at, id`,
    [userId],
  );
}

/** True while the account has not changed hands since it had this fence. */
export async function holdsFence(em: SqlEntityManager, accountId: string, fence: string): Promise<boolean> {
  const rows = await em.execute<unknown[]>('select 1 from telegram_account where id = ? and lease_fence = ?', [
    accountId,
    fence,
  ]);
  return rows.length > 0;
}

const toLease = ({ id, user_id, lease_fence, mark }: LeaseRow): AccountLease => ({
  accountId: id,
  userId: user_id,
  fence: lease_fence,
  sessionMark: mark,
});
