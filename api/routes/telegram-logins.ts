import type { z } from 'zod';
import type { LoginAction } from '../../contracts/accounts.ts';
import type { Actor } from '../../db/repositories/audit.ts';
import { readApiProfile } from '../../db/repositories/api-profiles.ts';
import { hasPhone, readTelegramAccount } from '../../db/repositories/telegram-accounts.ts';
import {
  addTelegramLogin,
  cancelTelegramLogin,
  putLoginInput,
  readTelegramLogin,
  type InputRefusal,
  type TelegramLoginRow,
} from '../../db/repositories/telegram-logins.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { TelegramLoginOut } from '../schemas/accounts.ts';
import { IdParams } from '../schemas/paging.ts';
import { CodeIn, TelegramLoginIn, TwoFactorIn } from '../schemas/telegram-login.ts';
import { userRoute, type UserContext } from '../user-route.ts';

const tag = 'Telegram sign-ins';
const scope = 'accounts';
/** What is typed has no place in the record of an Idempotency-Key, and is used once anyway. */
const typing = { tag, scope, status: 200, idempotent: false, params: IdParams, output: TelegramLoginOut } as const;
const stepProblems = [
  'login-step',
  'login-over',
  'rate-limited',
  'temporal-unavailable',
  'workers-unavailable',
] as const;

/** Signing in to Telegram: phone number, code, password; or a session string that is brought along. */
export const telegramLoginRoutes = (deps: ApiDeps): Route[] => [...beginRoutes(deps), ...stepRoutes(deps)];

const beginRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/telegram-logins',
    operationId: 'beginTelegramLogin',
    tag,
    summary: 'Have Telegram send a code to a phone number, or bring a session string; the sign-in lives ten minutes',
    status: 201,
    scope,
    body: TelegramLoginIn,
    output: TelegramLoginOut,
    problems: ['not-found', 'account-exists', ...OUTAGES],
    async handle({ body }, { actor, user, newId }) {
      await admit(deps, user.id, body);
      const { apiProfileId, accountId } = body;
      const brings = 'phone' in body ? { phone: body.phone } : { session: body.session };
      const vault = { em: deps.em(), secrets: deps.secrets };
      await addTelegramLogin(vault, actor, { id: newId, apiProfileId, accountId, brings });
      await deps.temporal.startLogin({ userId: user.id, loginId: newId });
      return { body: await loginOr404(deps, user.id, newId), location: `/api/telegram-logins/${newId}` };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/telegram-logins/:id',
    operationId: 'getTelegramLogin',
    tag,
    summary: 'Where a sign-in stands',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: TelegramLoginOut,
    handle: async ({ params: { id } }, { user }) => ({ body: await loginOr404(deps, user.id, id) }),
  }),
  userRoute({
    method: 'delete',
    path: '/api/telegram-logins/:id',
    operationId: 'cancelTelegramLogin',
    tag,
    summary: 'End a sign-in; what was typed is wiped',
    status: 204,
    scope,
    params: IdParams,
    async handle({ params: { id } }, { actor, user, log }) {
      await loginOr404(deps, user.id, id);
      if (await cancelTelegramLogin(deps.em(), actor, id))
        // Its row says that it is over; the workflow would find out by itself, later.
        await deps.temporal
          .continueLogin({ userId: user.id, loginId: id }, { kind: 'cancel' })
          .catch((err: unknown) => {
            log.debug({ err }, 'the cancelled sign-in was not told');
          });
      return { body: undefined };
    },
  }),
];

const stepRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    ...typing,
    method: 'post',
    path: '/api/telegram-logins/:id/code',
    operationId: 'sendTelegramCode',
    summary: 'Say the code that Telegram sent',
    body: CodeIn,
    problems: stepProblems,
    handle: async ({ params: { id }, body: { code } }, context) =>
      await take(deps, context, { id, action: { kind: 'code' }, typed: { step: 'code', text: code } }),
  }),
  userRoute({
    ...typing,
    method: 'post',
    path: '/api/telegram-logins/:id/password',
    operationId: 'sendTelegramPassword',
    summary: 'Say the password of two-step verification',
    body: TwoFactorIn,
    problems: stepProblems,
    handle: async ({ params: { id }, body: { password } }, context) =>
      await take(deps, context, { id, action: { kind: 'password' }, typed: { step: 'password', text: password } }),
  }),
  userRoute({
    ...typing,
    method: 'post',
    path: '/api/telegram-logins/:id/resend',
    operationId: 'resendTelegramCode',
    summary: 'Have the code sent again, in another way where Telegram has one',
    problems: stepProblems,
    handle: async ({ params: { id } }, context) =>
      await take(deps, context, { id, action: { kind: 'resend' }, typed: null }),
  }),
];

interface Step {
  readonly id: string;
  readonly action: LoginAction;
  readonly typed: { readonly step: 'code' | 'password'; readonly text: string } | null;
}

async function take(deps: ApiDeps, { user, actor }: UserContext, { id, action, typed }: Step) {
  const login = await loginOr404(deps, user.id, id);
  const refusal = typed === null ? whyNoResend(login) : await keepTyped(deps, actor, { loginId: id, ...typed });
  if (refusal !== null) throw toProblem(refusal);
  await deps.temporal.continueLogin({ userId: user.id, loginId: id }, action);
  return { body: await loginOr404(deps, user.id, id) };
}

const keepTyped = async (
  { em, secrets }: ApiDeps,
  actor: Actor,
  typed: Parameters<typeof putLoginInput>[2],
): Promise<InputRefusal | null> => await putLoginInput({ em: em(), secrets }, actor, typed);

function whyNoResend({ step, errorCode, retryAt }: TelegramLoginRow): InputRefusal | null {
  if (errorCode === 'LOGIN_EXPIRED') return 'expired';
  const waitMs = retryAt === null ? 0 : Date.parse(retryAt) - Date.now();
  if (step === 'code' && waitMs > 0) return { retryAfterMs: waitMs };
  return step === 'code' ? null : 'wrong-step';
}

function toProblem(refusal: InputRefusal): Problem {
  if (refusal === 'expired') return new Problem('login-over', 'ten minutes are over: begin again');
  if (refusal === 'wrong-step')
    return new Problem('login-step', 'look where the sign-in stands: it does not ask for this');
  const seconds = Math.ceil(refusal.retryAfterMs / 1000);
  return new Problem('rate-limited', `Telegram takes no attempt for ${seconds} s`, {
    headers: { 'Retry-After': String(seconds) },
  });
}

/** What is named must be the user's own, and not there already. */
async function admit({ em, secrets }: ApiDeps, userId: string, body: z.output<typeof TelegramLoginIn>): Promise<void> {
  if ((await readApiProfile(em(), userId, body.apiProfileId)) === null)
    throw new Problem('not-found', 'there is no API profile with this id');
  if (body.accountId !== null && (await readTelegramAccount(em(), userId, body.accountId)) === null)
    throw new Problem('not-found', 'there is no account with this id');
  if ('phone' in body && body.accountId === null && (await hasPhone({ em: em(), secrets }, userId, body.phone)))
    throw new DomainError('account-exists', 'an account with this phone number is signed in already');
}

async function loginOr404({ em }: ApiDeps, userId: string, id: string): Promise<TelegramLoginRow> {
  const login = await readTelegramLogin(em(), userId, id);
  if (login === null) throw new Problem('not-found', 'there is no sign-in with this id');
  return login;
}
