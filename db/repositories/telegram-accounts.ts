import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AccountState } from '../../domain/accounts/account-state.ts';
import { sealedAs, type Vault } from '../vault.ts';
import { addAudit, type Actor } from './audit.ts';
import { isoTime } from './iso-time.ts';

/** A Telegram account as its user sees it; times are ISO 8601, UTC. */
export interface TelegramAccountRow {
  readonly id: string;
  /** 64-bit number in decimal. */
  readonly telegramId: string;
  readonly apiProfileId: string;
  readonly phoneLast4: string | null;
  readonly name: string;
  readonly username: string | null;
  readonly isPremium: boolean;
  readonly premiumUntil: string | null;
  /** Whole Stars at the last check; null = never checked. */
  readonly stars: number | null;
  readonly state: AccountState;
  /** When the state ends by itself. */
  readonly stateUntil: string | null;
  readonly stateReason: string | null;
  /** False: a new login is needed. */
  readonly isSignedIn: boolean;
  readonly lastCheckedAt: string | null;
  readonly createdAt: string;
}

const ROW = `select id, telegram_id::text as "telegramId", api_profile_id as "apiProfileId", phone_last4 as "phoneLast4", name, username,
  is_premium as "isPremium", ${isoTime('premium_until')} as "premiumUntil", stars::float8 as stars, state,
  ${isoTime('state_until')} as "stateUntil", state_reason as "stateReason", session is not null as "isSignedIn",
  ${isoTime('last_checked_at')} as "lastCheckedAt", ${isoTime('created_at')} as "createdAt" from telegram_account`;

/** A user's accounts, oldest first. */
export async function listTelegramAccounts(em: SqlEntityManager, userId: string): Promise<TelegramAccountRow[]> {
  return await em.execute<TelegramAccountRow[]>(`${ROW} where user_id = ? order by created_at, id`, [userId]);
}

/** One account of the user, or null. */
export async function readTelegramAccount(
  em: SqlEntityManager,
  userId: string,
  accountId: string,
): Promise<TelegramAccountRow | null> {
  const [row] = await em.execute<TelegramAccountRow[]>(`${ROW} where user_id = ? and id = ?`, [userId, accountId]);
  return row ?? null;
}

/** True when an account of the user that is signed in has this phone number (digits). */
export async function hasPhone({ em, secrets }: Vault, userId: string, phone: string): Promise<boolean> {
  const rows = await em.execute<{ id: string; phone: string }[]>(
    'select id, phone from telegram_account where user_id = ? and phone_last4 = ? and phone is not null and session is not null',
    [userId, phone.slice(-4)],
  );
  return rows.some(({ id, phone: sealed }) => secrets.open(sealed, sealedAs.phone(id)) === phone);
}

/**
 * Forgets an account's session and phone number, or the account entirely; who holds its lease loses it. Its purchases stay.
 * False when the user has no such account.
 */
export async function forgetTelegramAccount(
  em: SqlEntityManager,
  actor: Actor,
  { accountId, entirely }: { readonly accountId: string; readonly entirely: boolean },
): Promise<boolean> {
  return await em.transactional(async (tx) => {
    const forgotten = await tx.execute<object[]>(
      entirely
        ? 'delete from telegram_account where id = ? and user_id = ? returning id'
        : `update telegram_account set session = null, phone = null, state = 'revoked', state_until = null, state_reason = 'forgotten',
             lease_host = null, lease_until = null, lease_fence = lease_fence + 1 where id = ? and user_id = ? returning id`,
      [accountId, actor.userId],
    );
    if (forgotten.length === 0) return false;
    const action = entirely ? 'account.removed' : 'account.forgotten';
    await addAudit(tx, actor, { action, details: { accountId } });
    return true;
  });
}
