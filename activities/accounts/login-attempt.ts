import type { LoginAction } from '../../contracts/accounts.ts';
import {
  endLogin,
  finishLogin,
  saveLoginProgress,
  type LoginProgress,
  type OpenLogin,
} from '../../db/repositories/login-progress.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { LoginResult, LoginState, LoginStep } from '../ports/telegram-account.ts';
import type { LoginDeps } from './login.ts';

/** Asks Telegram and keeps what it says; returns whether it was wrong what the person typed. */
export async function takeStep(
  deps: LoginDeps,
  login: OpenLogin,
  action: Exclude<LoginAction['kind'], 'cancel'>,
): Promise<boolean> {
  const vault = { em: deps.em(), secrets: deps.secrets };
  try {
    const result = await ask(deps, login, action);
    if (result.state === 'done') await finish(deps, login, result);
    else await saveLoginProgress(vault, login.id, result.progress);
    return false;
  } catch (err) {
    if (err instanceof DomainError && err.code === 'session-malformed') {
      await endLogin(vault.em, login.id, { step: 'failed', errorCode: 'SESSION_MALFORMED' });
      return false;
    }
    if (!(err instanceof TelegramError)) throw err;
    return await afterRefusal(deps, login, err);
  }
}

type Answer =
  { readonly state: 'going-on'; readonly progress: LoginProgress } | Extract<LoginResult, { readonly state: 'done' }>;

async function ask({ accounts }: LoginDeps, login: OpenLogin, action: LoginAction['kind']): Promise<Answer> {
  const { apiId, apiHash, phone } = login;
  if (action === 'begin') {
    if (login.kind === 'import') return await broughtSession({ accounts }, login);
    return sent(await accounts.sendCode({ apiId, apiHash, phone: phone ?? '' }));
  }
  const state = readState(login);
  if (action === 'resend') return sent(await accounts.resendCode(state));
  if (login.input === null) throw new TelegramError('wrong-input', 'PHONE_CODE_EMPTY');
  const result =
    action === 'code' ? await accounts.signIn(state, login.input) : await accounts.checkPassword(state, login.input);
  if (result.state === 'done') return result;
  const progress = { step: 'password', loginState: JSON.stringify(result.login), hint: result.hint } as const;
  return { state: 'going-on', progress };
}

const sent = ({ login, codeLength, sentBy }: LoginStep): Answer => ({
  state: 'going-on',
  progress: { step: 'code', loginState: JSON.stringify(login), codeLength, sentBy },
});

async function broughtSession({ accounts }: Pick<LoginDeps, 'accounts'>, login: OpenLogin): Promise<Answer> {
  const session = await accounts.importSession(login.input ?? '');
  const account = await accounts.open({ apiId: login.apiId, apiHash: login.apiHash, session });
  try {
    return { state: 'done', session, profile: await account.profile() };
  } finally {
    await account.close();
  }
}

function readState({ loginState, apiId, apiHash, phone }: OpenLogin): LoginState {
  const saved: unknown = JSON.parse(loginState ?? '{}');
  if (typeof saved === 'object' && saved !== null && 'session' in saved && 'phoneCodeHash' in saved) {
    const { session, phoneCodeHash } = saved;
    if (typeof session === 'string' && typeof phoneCodeHash === 'string')
      return { apiId, apiHash, phone: phone ?? '', session, phoneCodeHash };
  }
  throw new TelegramError('refused', 'AUTH_RESTART');
}

async function finish(deps: LoginDeps, login: OpenLogin, found: Extract<Answer, { state: 'done' }>): Promise<void> {
  const vault = { em: deps.em(), secrets: deps.secrets };
  const { session, profile } = found;
  const refusal = await finishLogin(vault, login, { session, ...profile });
  if (refusal === null) {
    await deps.onSignedIn(login.userId);
    return;
  }
  await endLogin(vault.em, login.id, { step: 'failed', errorCode: refusal });
  // What the person brought is used elsewhere; a session that was made here is used by nobody.
  if (login.kind === 'phone')
    await deps.accounts.logOut({ apiId: login.apiId, apiHash: login.apiHash, session }).catch(() => undefined);
}

/** A wrong code, a flood wait or silence leave the sign-in where it was; anything else ends it. */
async function afterRefusal(deps: LoginDeps, login: OpenLogin, err: TelegramError): Promise<boolean> {
  const vault = { em: deps.em(), secrets: deps.secrets };
  const { step, id } = login;
  const isWrong = err.consequence === 'wrong-input' && (step === 'code' || step === 'password');
  if (!isPendingStep(step) || !(isWrong || err.consequence === 'retry-later')) {
    await endLogin(vault.em, id, { step: 'failed', errorCode: err.code });
    return false;
  }
  const retryAfterMs = err.retryAfterMs > 0 ? { retryAfterMs: err.retryAfterMs } : {};
  await saveLoginProgress(vault, id, { step, errorCode: err.code, ...retryAfterMs });
  return isWrong;
}

const isPendingStep = (step: OpenLogin['step']): step is LoginProgress['step'] =>
  step === 'sending' || step === 'code' || step === 'password';
