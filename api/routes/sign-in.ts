import { addAudit } from '../../db/repositories/audit.ts';
import { openSession } from '../../db/repositories/sessions.ts';
import {
  addUser,
  findByMessenger,
  findCredentials,
  readUser,
  rehashPassword,
  type Messenger,
  type UserRow,
} from '../../db/repositories/users.ts';
import type { ApiDeps } from '../deps.ts';
import { verifyProof, type Proof } from '../messenger-signature.ts';
import { hashPassword, verifyPassword } from '../passwords.ts';
import { Problem } from '../problems.ts';
import { route, type RequestContext, type Route } from '../route.ts';
import { UserOut } from '../schemas/accounts.ts';
import { LogInIn, MessengerParams, ProofIn, RegisterIn } from '../schemas/sign-in.ts';
import { hashToken, newToken, SESSION_MS } from '../session-cookie.ts';
import { countRegistration, countSignIn } from '../slow-down.ts';

const tag = 'Sign in';
/** Passwords and cookies have no place in the record of an Idempotency-Key. */
const common = { tag, access: 'open', idempotent: false, output: UserOut } as const;

/** Becoming somebody here. */
export const signInRoutes = (deps: ApiDeps): Route[] => [...passwordRoutes(deps), ...messengerRoutes(deps)];

const passwordRoutes = (deps: ApiDeps): Route[] => [
  route({
    ...common,
    method: 'post',
    path: '/api/auth/register',
    operationId: 'register',
    summary: 'Become a user, and be signed in; the first user is the owner',
    status: 201,
    body: RegisterIn,
    problems: ['name-taken', 'too-many-attempts', 'rate-limited', 'database-unavailable'],
    async handle({ body: { name, password, language, zone } }, context) {
      await countRegistration(deps.em(), context.ip);
      const passwordHash = await hashPassword(password);
      const { ip } = context;
      const user = await addUser(deps.em(), { name, passwordHash, language, zone, ip });
      if (user === null) throw new Problem('name-taken', 'take another name');
      return { ...(await signIn(deps, user.id, { by: 'registration', context })), location: '/api/me' };
    },
  }),
  route({
    ...common,
    method: 'post',
    path: '/api/auth/login',
    operationId: 'logIn',
    summary: 'Sign in by name and password; the session of before ends',
    status: 200,
    body: LogInIn,
    problems: ['wrong-credentials', 'too-many-attempts', 'rate-limited', 'database-unavailable'],
    async handle({ body: { name, password } }, context) {
      const { ip } = context;
      const attempt = await countSignIn(deps.em(), { name, ip });
      const known = await findCredentials(deps.em(), name);
      const { isRight, isStale } = await verifyPassword(password, known?.passwordHash ?? null);
      if (known === null || !isRight) {
        await addAudit(deps.em(), { userId: known?.id ?? null, ip }, { action: 'session.opened', result: 'refused' });
        throw new Problem('wrong-credentials', 'the name or the password is wrong');
      }
      await attempt.succeeded();
      if (isStale) await rehashPassword(deps.em(), known.id, await hashPassword(password));
      return await signIn(deps, known.id, { by: 'password', context });
    },
  }),
];

const messengerRoutes = (deps: ApiDeps): Route[] => [
  route({
    ...common,
    method: 'post',
    path: '/api/auth/messengers/:messenger',
    operationId: 'signInByMessenger',
    summary: 'Sign in by what Telegram or MAX signed; the person must be linked with a user',
    status: 200,
    params: MessengerParams,
    body: ProofIn,
    problems: [
      ...(['signature-invalid', 'messenger-not-linked', 'messenger-not-configured'] as const),
      ...(['too-many-attempts', 'rate-limited', 'database-unavailable'] as const),
    ],
    async handle({ params: { messenger }, body }, context) {
      const messengerId = proven(deps, messenger, body);
      const userId = await findByMessenger(deps.em(), messenger, messengerId);
      if (userId === null)
        throw new Problem('messenger-not-linked', 'sign in by name and password, and link the messenger there');
      return await signIn(deps, userId, { by: messenger, context });
    },
  }),
];

/** Id of the person whom a messenger vouches for. @throws Problem signature-invalid, messenger-not-configured */
export function proven({ ownBots }: ApiDeps, messenger: Messenger, proof: Proof): string {
  const token = ownBots[messenger];
  if (token === null) {
    const variable = messenger === 'telegram' ? 'GIFTY_TELEGRAM_BOT_TOKEN' : 'GIFTY_MAX_BOT_TOKEN';
    throw new Problem('messenger-not-configured', `the operator has not set ${variable}`);
  }
  const id = verifyProof(proof, token, Date.now());
  if (id === null) throw new Problem('signature-invalid', 'open the page from the messenger again');
  return id;
}

interface SignIn {
  /** How the person proved who it is. */
  readonly by: string;
  readonly context: RequestContext;
}

async function signIn(
  { em }: ApiDeps,
  userId: string,
  { by, context: { ip, agent, sessionHash } }: SignIn,
): Promise<{ readonly body: UserRow; readonly session: string }> {
  const session = newToken();
  const token = { userId, tokenHash: hashToken(session), ip, agent };
  await openSession(em(), { ...token, lifeMs: SESSION_MS, replaces: sessionHash, by });
  const body = await readUser(em(), userId);
  if (body === null) throw new Problem('wrong-credentials', 'this user was deleted');
  return { body, session };
}
