import type { SqlEntityManager } from '@mikro-orm/sql';
import type { LoginStepName } from '../../domain/accounts/account-state.ts';
import { sealedAs, type Vault } from '../vault.ts';
import { addAudit, type Actor } from './audit.ts';
import { isoTime } from './iso-time.ts';

/** How long a sign-in may take. */
const LIFE = `interval '10 minutes'`;

/** A sign-in to Telegram as the person who makes it sees it; times are ISO 8601, UTC. */
export interface TelegramLoginRow {
  readonly id: string;
  readonly apiProfileId: string;
  /** The account that is signed in anew, or that came of it. */
  readonly accountId: string | null;
  readonly kind: 'phone' | 'import';
  readonly phoneLast4: string | null;
  readonly step: LoginStepName;
  /** What went wrong last; null = nothing. A code of Telegram or of ours. */
  readonly errorCode: string | null;
  readonly errorText: string | null;
  /** Telegram takes no attempt before this. */
  readonly retryAt: string | null;
  readonly codeLength: number | null;
  readonly sentBy: string | null;
  readonly hint: string | null;
  readonly expiresAt: string;
}

const PENDING = `step in ('sending', 'code', 'password')`;
const EXPIRED = `(${PENDING} and expires_at <= clock_timestamp())`;
const ROW = `select id, api_profile_id as "apiProfileId", account_id as "accountId", kind, phone_last4 as "phoneLast4",
  case when ${EXPIRED} then 'failed' else step end as step, case when ${EXPIRED} then 'LOGIN_EXPIRED' else error_code end as "errorCode",
  error_text as "errorText", ${isoTime('retry_at')} as "retryAt", code_length as "codeLength", sent_by as "sentBy", hint,
  ${isoTime('expires_at')} as "expiresAt" from telegram_login`;

/** One sign-in of the user, or null. */
export async function readTelegramLogin(
  em: SqlEntityManager,
  userId: string,
  loginId: string,
): Promise<TelegramLoginRow | null> {
  const [row] = await em.execute<TelegramLoginRow[]>(`${ROW} where user_id = ? and id = ?`, [userId, loginId]);
  return row ?? null;
}

export interface NewTelegramLogin {
  /** Chosen by the caller: repeating it with the same id adds nothing. */
  readonly id: string;
  readonly apiProfileId: string;
  readonly accountId: string | null;
  /** What is brought, in clear: a phone number (digits), or a session string. */
  readonly brings: { readonly phone: string } | { readonly session: string };
}

/** Notes a sign-in that begins, what is brought sealed. */
export async function addTelegramLogin({ em, secrets }: Vault, actor: Actor, login: NewTelegramLogin): Promise<void> {
  const { id, apiProfileId, accountId, brings } = login;
  const phone = 'phone' in brings ? brings.phone : null;
  const input = 'session' in brings ? secrets.seal(brings.session, sealedAs.loginInput(id)) : null;
  const kind = phone === null ? 'import' : 'phone';
  await em.transactional(async (tx) => {
    const added = await tx.execute<object[]>(
      `insert into telegram_login (id, user_id, api_profile_id, account_id, kind, phone, phone_last4, input, expires_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp() + ${LIFE}) on conflict (id) do nothing returning id`,
      [
        ...[id, actor.userId, apiProfileId, accountId, kind],
        ...[phone === null ? null : secrets.seal(phone, sealedAs.loginPhone(id)), phone?.slice(-4) ?? null, input],
      ],
    );
    if (added.length === 0) return;
    await addAudit(tx, actor, { action: 'login.begun', details: { loginId: id, kind, apiProfileId, accountId } });
  });
}

export type InputRefusal = 'wrong-step' | 'expired' | { readonly retryAfterMs: number };

/**
 * Keeps what the person typed, sealed, for the workflow to use once; null = kept, else why it was not.
 * @param typed  the code or the password, in clear; `step` is the one that asks for it
 */
export async function putLoginInput(
  { em, secrets }: Vault,
  actor: Actor,
  typed: { readonly loginId: string; readonly step: 'code' | 'password'; readonly text: string },
): Promise<InputRefusal | null> {
  const { loginId, step, text } = typed;
  const kept = await em.execute<object[]>(
    `update telegram_login set input = ?, error_code = null, error_text = null, retry_at = null
     where id = ? and user_id = ? and step = ? and expires_at > clock_timestamp()
       and (retry_at is null or retry_at <= clock_timestamp()) returning id`,
    [secrets.seal(text, sealedAs.loginInput(loginId)), loginId, actor.userId, step],
  );
  return kept.length > 0 ? null : await whyNot(em, actor.userId, { loginId, step });
}

async function whyNot(
  em: SqlEntityManager,
  userId: string,
  { loginId, step }: { readonly loginId: string; readonly step: LoginStepName },
): Promise<InputRefusal> {
  const [row] = await em.execute<{ step: LoginStepName; isExpired: boolean; waitMs: number }[]>(
    `select step, ${EXPIRED} as "isExpired", coalesce(extract(epoch from retry_at - clock_timestamp()) * 1000, 0)::float8 as "waitMs"
     from telegram_login where id = ? and user_id = ?`,
    [loginId, userId],
  );
  if (row?.isExpired === true) return 'expired';
  return row?.step === step && row.waitMs > 0 ? { retryAfterMs: Math.ceil(row.waitMs) } : 'wrong-step';
}

/** Ends a sign-in that waits: what was typed is wiped. False when it is over already. */
export async function cancelTelegramLogin(em: SqlEntityManager, actor: Actor, loginId: string): Promise<boolean> {
  return await em.transactional(async (tx) => {
    const cancelled = await tx.execute<object[]>(
      `update telegram_login set step = 'cancelled', phone = null, login_state = null, input = null
       where id = ? and user_id = ? and ${PENDING} returning id`,
      [loginId, actor.userId],
    );
    if (cancelled.length === 0) return false;
    await addAudit(tx, actor, { action: 'login.cancelled', details: { loginId } });
    return true;
  });
}
