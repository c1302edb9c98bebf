import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { LoginStepName } from '../../domain/accounts/account-state.ts';
import { sealedAs, type Vault } from '../vault.ts';
import { addAudit } from './audit.ts';

/** A sign-in in progress with everything in clear: for the step that is taken now, never to be kept. */
export interface OpenLogin {
  readonly id: string;
  readonly userId: string;
  /** The account that is signed in anew; null = a new one. */
  readonly accountId: string | null;
  readonly profileId: string;
  readonly kind: 'phone' | 'import';
  readonly step: LoginStepName;
  readonly isExpired: boolean;
  /** ms until Telegram takes the next attempt; 0 = now. */
  readonly waitMs: number;
  readonly apiId: number;
  readonly apiHash: string;
  readonly phone: string | null;
  /** JSON of `LoginState`. */
  readonly loginState: string | null;
  /** What the person typed. */
  readonly input: string | null;
}

const PENDING = `step in ('sending', 'code', 'password')`;
const WIPED = 'phone = null, login_state = null, input = null';

/** The user's sign-in, opened; null = there is none. */
export async function openLogin(
  { em, secrets }: Vault,
  { userId, loginId }: { readonly userId: string; readonly loginId: string },
): Promise<OpenLogin | null> {
  const [row] = await em.execute<OpenLogin[]>(
    `select login.id, login.user_id as "userId", account_id as "accountId", profile.id as "profileId", kind, step, phone,
       expires_at <= clock_timestamp() as "isExpired", login_state as "loginState", input,
       greatest(0, coalesce(extract(epoch from retry_at - clock_timestamp()) * 1000, 0))::float8 as "waitMs",
       api_id as "apiId", api_hash as "apiHash"
     from telegram_login as login join api_profile as profile on profile.id = api_profile_id
     where login.id = ? and login.user_id = ?`,
    [loginId, userId],
  );
  if (row === undefined) return null;
  const open = (sealed: string | null, context: string) => (sealed === null ? null : secrets.open(sealed, context));
  return {
    ...row,
    apiHash: secrets.open(row.apiHash, sealedAs.apiHash(row.profileId)),
    phone: open(row.phone, sealedAs.loginPhone(row.id)),
    loginState: open(row.loginState, sealedAs.loginState(row.id)),
    input: open(row.input, sealedAs.loginInput(row.id)),
  };
}

/** What a step led to; the input is used up. */
export interface LoginProgress {
  readonly step: Extract<LoginStepName, 'sending' | 'code' | 'password'>;
  /** JSON of `LoginState`; absent = as before. */
  readonly loginState?: string;
  readonly codeLength?: number | null;
  readonly sentBy?: string;
  readonly hint?: string | null;
  /** Telegram's code of a refusal; absent = none. */
  readonly errorCode?: string;
  /** Telegram takes no attempt for so long, ms. */
  readonly retryAfterMs?: number;
}

/** Keeps what a step led to; false when the sign-in was over meanwhile. */
export async function saveLoginProgress(
  { em, secrets }: Vault,
  loginId: string,
  progress: LoginProgress,
): Promise<boolean> {
  const { step, loginState, codeLength, sentBy, hint, errorCode, retryAfterMs } = progress;
  const sealed = loginState === undefined ? null : secrets.seal(loginState, sealedAs.loginState(loginId));
  const rows = await em.execute<unknown[]>(
    `update telegram_login set step = ?, input = null, login_state = coalesce(?, login_state),
       code_length = coalesce(?, code_length), sent_by = coalesce(?, sent_by), hint = coalesce(?, hint), error_code = ?,
       error_text = null, retry_at = clock_timestamp() + ? * interval '1 millisecond'
     where id = ? and ${PENDING} returning id`,
    [step, sealed, codeLength ?? null, sentBy ?? null, hint ?? null, errorCode ?? null, retryAfterMs ?? null, loginId],
  );
  return rows.length > 0;
}

/** Ends a sign-in that came to nothing: everything secret is wiped. False when it was over. */
export async function endLogin(
  em: SqlEntityManager,
  loginId: string,
  { step, errorCode }: { readonly step: 'failed' | 'cancelled'; readonly errorCode: string | null },
): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `update telegram_login set step = ?, error_code = ?, error_text = null, retry_at = null, ${WIPED}
     where id = ? and ${PENDING} returning id`,
    [step, errorCode, loginId],
  );
  return rows.length > 0;
}

/** A session that works, and whose it is. */
export interface SignedIn {
  readonly session: string;
  readonly telegramId: string;
  readonly name: string;
  readonly username: string | null;
  readonly isPremium: boolean;
}

/** Why a good session is not kept: the sign-in was over, or it is for another account than asked, or another user has it. */
export type SignInRefusal = 'LOGIN_OVER' | 'OTHER_ACCOUNT' | 'ACCOUNT_TAKEN';

/** Keeps the session of a sign-in that succeeded, with its account, new or signed in anew; null = kept. */
export async function finishLogin(vault: Vault, login: OpenLogin, found: SignedIn): Promise<SignInRefusal | null> {
  try {
    return await vault.em.transactional(async (em) => await keepSession({ ...vault, em }, login, found));
  } catch (err) {
    if (err instanceof UniqueConstraintViolationException) return 'ACCOUNT_TAKEN';
    throw err;
  }
}

async function keepSession({ em, secrets }: Vault, login: OpenLogin, found: SignedIn): Promise<SignInRefusal | null> {
  const [known] = await em.execute<{ id: string }[]>(
    `insert into telegram_account (user_id, api_profile_id, telegram_id, name) values (?, ?, ?, ?)
     on conflict (user_id, telegram_id) do update set name = excluded.name returning id`,
    [login.userId, login.profileId, found.telegramId, found.name],
  );
  const accountId = known?.id ?? '';
  if (login.accountId !== null && login.accountId !== accountId) return await undo(em, login, accountId);
  const done = await em.execute<unknown[]>(
    `update telegram_login set step = 'done', account_id = ?, error_code = null, error_text = null, retry_at = null, ${WIPED}
     where id = ? and ${PENDING} returning id`,
    [accountId, login.id],
  );
  if (done.length === 0) return 'LOGIN_OVER';
  await em.execute(
    `update telegram_account set session = ?, phone = coalesce(?, phone), phone_last4 = coalesce(?, phone_last4),
       username = ?, is_premium = ?, api_profile_id = ?, state = 'ok', state_until = null, state_reason = null
     where id = ?`,
    [
      secrets.seal(found.session, sealedAs.session(accountId)),
      login.phone === null ? null : secrets.seal(login.phone, sealedAs.phone(accountId)),
      ...[login.phone?.slice(-4) ?? null, found.username, found.isPremium, login.profileId, accountId],
    ],
  );
  const actor = { userId: login.userId, ip: null };
  await addAudit(em, actor, { action: 'account.signed-in', details: { accountId, loginId: login.id } });
  return null;
}

/** Nobody asked for that account: no row is left behind for it. */
async function undo(em: SqlEntityManager, login: OpenLogin, accountId: string): Promise<SignInRefusal> {
  await em.execute(
    `delete from telegram_account where id = ? and session is null and state = 'new'
       and not exists (select 1 from telegram_login where account_id = telegram_account.id and id <> ?)`,
    [accountId, login.id],
  );
  return 'OTHER_ACCOUNT';
}
