import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AccountState } from '../../domain/accounts/account-state.ts';

/** What is needed to open an account; `session` and `apiHash` are sealed. */
export interface SealedKeys {
  readonly apiId: number;
  readonly apiHash: string;
  readonly profileId: string;
  readonly session: string;
}

/** The host's right to write about an account: nothing is written once it has changed hands. */
export interface Fenced {
  readonly accountId: string;
  /** 64-bit number in decimal. */
  readonly fence: string;
}

/** The account's keys; null when it has none, or changed hands. */
export async function findSealedKeys(
  em: SqlEntityManager,
  { accountId, fence }: Fenced,
): Promise<(SealedKeys & { readonly sessionMark: string }) | null> {
  const [row] = await em.execute<(SealedKeys & { sessionMark: string })[]>(
    `select profile.api_id as "apiId", profile.api_hash as "apiHash", profile.id as "profileId",
       account.session, md5(account.session) as "sessionMark"
     from telegram_account as account join api_profile as profile on profile.id = api_profile_id
     where account.id = ? and lease_fence = ? and account.session is not null`,
    [accountId, fence],
  );
  return row ?? null;
}

/** What Telegram said of an account; absent = not asked. */
export interface AccountFacts {
  readonly name?: string;
  readonly username?: string | null;
  readonly isPremium?: boolean;
  /** Epoch ms. */
  readonly premiumUntil?: number | null;
  /** Whole Stars. */
  readonly stars?: number;
  /** All was asked, and answered: the account is well. */
  readonly isChecked?: boolean;
}

/** Writes what was found; returns false when the account has changed hands. */
export async function saveAccountFacts(
  em: SqlEntityManager,
  { accountId, fence }: Fenced,
  facts: AccountFacts,
): Promise<boolean> {
  const { isChecked, premiumUntil, ...plain } = facts;
  const columns = new Map<string, unknown>();
  if (plain.name !== undefined) columns.set('name', plain.name);
  if (plain.username !== undefined) columns.set('username', plain.username);
  if (plain.isPremium !== undefined) columns.set('is_premium', plain.isPremium);
  if (plain.stars !== undefined) columns.set('stars', plain.stars);
  if (premiumUntil !== undefined) columns.set('premium_until', premiumUntil === null ? null : new Date(premiumUntil));
  const sets = [...columns.keys()].map((name) => `${name} = ?`);
  if (isChecked === true)
    sets.push('last_checked_at = clock_timestamp()', `state = 'ok'`, 'state_until = null', 'state_reason = null');
  const rows = await em.execute<unknown[]>(
    `update telegram_account set ${sets.join(', ')} where id = ? and lease_fence = ? returning id`,
    [...columns.values(), accountId, fence],
  );
  return rows.length > 0;
}

/** Telegram asked the account to wait; ends by itself. */
export async function markFloodWait(em: SqlEntityManager, { accountId, fence }: Fenced, waitMs: number): Promise<void> {
  await em.execute(
    `update telegram_account set state = 'flood-wait', state_reason = 'FLOOD_WAIT_X',
       state_until = clock_timestamp() + ? * interval '1 millisecond'
     where id = ? and lease_fence = ? and state in ('new', 'ok', 'flood-wait')`,
    [waitMs, accountId, fence],
  );
}

/** An account that no call works for any more, until it is signed in anew. */
export interface UnusableAccount {
  readonly accountId: string;
  readonly userId: string;
  readonly name: string;
  readonly state: Extract<AccountState, 'revoked' | 'frozen' | 'banned'>;
  /** Telegram's code. */
  readonly reason: string;
  /** 64-bit number in decimal. */
  readonly fence: string;
}

/**
 * Records that Telegram refuses the account and ends its lease; the row stays. A frozen account keeps its session, the
 * others' are worthless. Returns null when that was recorded before, or the account changed hands.
 */
export async function markUnusable(
  em: SqlEntityManager,
  { accountId, fence }: Fenced,
  { state, reason }: Pick<UnusableAccount, 'state' | 'reason'>,
): Promise<UnusableAccount | null> {
  const [row] = await em.execute<{ user_id: string; name: string }[]>(
    `update telegram_account set state = ?, state_reason = ?, state_until = null, lease_host = null, lease_until = null,
       session = case when ? = 'frozen' then session end
     where id = ? and lease_fence = ? and state not in ('revoked', 'frozen', 'banned') returning user_id, name`,
    [state, reason, state, accountId, fence],
  );
  return row === undefined ? null : { accountId, userId: row.user_id, name: row.name, state, reason, fence };
}

/**
 * Where the owner of an account is told about it, in the order: the person's own chat, another account of theirs, their
 * first chat for notices, the account itself. null = nowhere.
 */
export async function findOwnerChat(
  em: SqlEntityManager,
  { userId, accountId }: Pick<UnusableAccount, 'userId' | 'accountId'>,
): Promise<{ readonly chatId: string; readonly language: 'ru' | 'en' } | null> {
  const [row] = await em.execute<{ chatId: string | null; language: 'ru' | 'en' }[]>(
    `select coalesce(settings.language, 'ru') as language, coalesce(person.telegram_id::text,
       (select telegram_id::text from telegram_account
         where user_id = person.id and id <> ? and session is not null and state not in ('revoked', 'frozen', 'banned')
         order by created_at, id limit 1),
       settings.notify_chats->>0,
       (select telegram_id::text from telegram_account where id = ?)) as "chatId"
     from app_user as person left join user_settings as settings on settings.user_id = person.id where person.id = ?`,
    [accountId, accountId, userId],
  );
  return row === undefined || row.chatId === null ? null : { chatId: row.chatId, language: row.language };
}
