import { z } from 'zod';
import { addAudit } from '../../db/repositories/audit.ts';
import { endOtherSessions, endSession, listSessions } from '../../db/repositories/sessions.ts';
import { changePassword, findCredentials, linkMessenger, readUser, type UserRow } from '../../db/repositories/users.ts';
import { passwordProblem } from '../../domain/accounts/password-policy.ts';
import type { ApiDeps } from '../deps.ts';
import { hashPassword, verifyPassword } from '../passwords.ts';
import { Problem } from '../problems.ts';
import type { CurrentUser, Route } from '../route.ts';
import { SessionOut, UserOut } from '../schemas/accounts.ts';
import { IdParams } from '../schemas/paging.ts';
import { MessengerParams, PASSWORD_SAYS, PasswordIn, ProofIn } from '../schemas/sign-in.ts';
import { countSignIn } from '../slow-down.ts';
import { userRoute } from '../user-route.ts';
import { proven } from './sign-in.ts';

const tag = 'Me';

/** Who is signed in, where, and how the person is known in the messengers. */
export const meRoutes = (deps: ApiDeps): Route[] => [
  ...personRoutes(deps),
  ...messengerRoutes(deps),
  ...sessionRoutes(deps),
];

const personRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/me',
    operationId: 'getMe',
    tag,
    summary: 'Who is signed in',
    status: 200,
    scope: 'read',
    output: UserOut,
    handle: async (_input, { user }) => ({ body: await userOf(deps, user) }),
  }),
  userRoute({
    method: 'put',
    path: '/api/me/password',
    operationId: 'changePassword',
    tag,
    summary: 'Set another password; every other session ends',
    status: 204,
    scope: null,
    body: PasswordIn,
    problems: ['wrong-credentials', 'too-many-attempts'],
    async handle({ body: { current, next } }, { actor, user, ip }) {
      const attempt = await countSignIn(deps.em(), { name: user.name, ip });
      const known = await findCredentials(deps.em(), user.name);
      const { isRight } = await verifyPassword(current, known?.passwordHash ?? null);
      if (!isRight) {
        await addAudit(deps.em(), actor, { action: 'password.changed', result: 'refused' });
        throw new Problem('wrong-credentials', 'the current password is another one');
      }
      await attempt.succeeded();
      const problem = passwordProblem(next, user.name);
      if (problem !== null) throw wrongField('next', PASSWORD_SAYS[problem]);
      await changePassword(deps.em(), actor, {
        passwordHash: await hashPassword(next),
        keepSessionId: sessionOf(user),
      });
      return { body: undefined };
    },
  }),
];

const messengerRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'put',
    path: '/api/me/messengers/:messenger',
    operationId: 'linkMessenger',
    tag,
    summary: 'Link a person of a messenger with this user: both are one from now on',
    status: 200,
    scope: null,
    params: MessengerParams,
    body: ProofIn,
    output: UserOut,
    problems: ['signature-invalid', 'messenger-linked', 'messenger-not-configured'],
    async handle({ params: { messenger }, body }, { actor, user }) {
      const messengerId = proven(deps, messenger, body);
      if (!(await linkMessenger(deps.em(), actor, { messenger, messengerId })))
        throw new Problem('messenger-linked', 'unlink the person there first');
      return { body: await userOf(deps, user) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/me/messengers/:messenger',
    operationId: 'unlinkMessenger',
    tag,
    summary: 'Part from the person of a messenger',
    status: 204,
    scope: null,
    params: MessengerParams,
    async handle({ params: { messenger } }, { actor }) {
      await linkMessenger(deps.em(), actor, { messenger, messengerId: null });
      return { body: undefined };
    },
  }),
];

const sessionRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/auth/logout',
    operationId: 'logOut',
    tag: 'Sign in',
    summary: 'End the session that asks',
    status: 204,
    scope: null,
    idempotent: false,
    async handle(_input, { actor, user }) {
      await endSession(deps.em(), actor, sessionOf(user));
      return { body: undefined, session: null };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/sessions',
    operationId: 'listSessions',
    tag,
    summary: 'Where this user is signed in, used last first',
    status: 200,
    scope: 'read',
    output: z.object({ items: z.array(SessionOut) }),
    async handle(_input, { user }) {
      const rows = await listSessions(deps.em(), user.id);
      return { body: { items: rows.map((row) => ({ ...row, isCurrent: row.id === user.sessionId })) } };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/sessions',
    operationId: 'endOtherSessions',
    tag,
    summary: 'End every session but the one that asks',
    status: 200,
    scope: null,
    output: z.object({ ended: z.int() }),
    handle: async (_input, { actor, user }) => ({
      body: { ended: await endOtherSessions(deps.em(), actor, sessionOf(user)) },
    }),
  }),
  userRoute({
    method: 'delete',
    path: '/api/sessions/:id',
    operationId: 'endSession',
    tag,
    summary: 'End one session',
    status: 204,
    scope: null,
    params: IdParams,
    async handle({ params: { id } }, { actor }) {
      if (!(await endSession(deps.em(), actor, id))) throw new Problem('not-found', 'there is no session with this id');
      return { body: undefined };
    },
  }),
];

/** Routes that take a person have a session. */
function sessionOf({ sessionId }: CurrentUser): string {
  if (sessionId === null) throw new Problem('forbidden', 'this takes a person who is signed in, not a token');
  return sessionId;
}

async function userOf({ em }: ApiDeps, { id }: CurrentUser): Promise<UserRow> {
  const row = await readUser(em(), id);
  if (row === null) throw new Problem('unauthorized', 'this user was deleted');
  return row;
}

const wrongField = (path: string, message: string): Problem =>
  new Problem('invalid-request', `${path}: ${message}`, { errors: [{ in: 'body', path, message }] });
