import { z } from 'zod';
import {
  forgetTelegramAccount,
  listTelegramAccounts,
  readTelegramAccount,
  type TelegramAccountRow,
} from '../../db/repositories/telegram-accounts.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { refreshLines } from '../refresh-lines.ts';
import type { Route } from '../route.ts';
import { TelegramAccountOut } from '../schemas/accounts.ts';
import { IdParams } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Telegram accounts';

/** The user's Telegram accounts; they come by sign-ins. */
export const telegramAccountRoutes = (deps: ApiDeps): Route[] => [...readRoutes(deps), ...changeRoutes(deps)];

const readRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/accounts',
    operationId: 'listAccounts',
    tag,
    summary: 'Accounts as they were at the last check, oldest first',
    status: 200,
    scope: 'read',
    output: z.object({ items: z.array(TelegramAccountOut) }),
    handle: async (_input, { user }) => ({ body: { items: await listTelegramAccounts(deps.em(), user.id) } }),
  }),
  userRoute({
    method: 'get',
    path: '/api/accounts/:id',
    operationId: 'getAccount',
    tag,
    summary: 'One account',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: TelegramAccountOut,
    handle: async ({ params: { id } }, { user }) => ({ body: await accountOr404(deps, user.id, id) }),
  }),
];

const changeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'delete',
    path: '/api/accounts/:id',
    operationId: 'forgetAccount',
    tag,
    summary: 'Forget its session and phone number; what it bought stays known',
    status: 204,
    scope: 'accounts',
    params: IdParams,
    query: z.strictObject({
      entirely: z.enum(['true', 'false']).default('false').describe('true: the account is not listed any more, either'),
    }),
    async handle({ params: { id }, query: { entirely } }, { actor }) {
      const forgotten = await forgetTelegramAccount(deps.em(), actor, { accountId: id, entirely: entirely === 'true' });
      if (!forgotten) throw noAccount();
      return { body: undefined };
    },
  }),
  userRoute({
    method: 'post',
    path: '/api/accounts/:id/refresh',
    operationId: 'refreshAccount',
    tag,
    summary:
      'Look it up at Telegram now: a line of JSON for each stage as it begins, then the account or what went wrong',
    status: 200,
    scope: 'accounts',
    idempotent: false, // a stream; two at once are one
    contentType: 'application/x-ndjson',
    params: IdParams,
    output: z
      .object({ stage: z.string(), error: z.string(), account: TelegramAccountOut.nullable() })
      .partial()
      .meta({ title: 'AccountRefreshLine' }),
    problems: ['account-signed-out', 'temporal-unavailable'],
    async handle({ params: { id } }, { user, log }) {
      const { isSignedIn } = await accountOr404(deps, user.id, id);
      if (!isSignedIn) throw new Problem('account-signed-out', 'sign the account in first');
      return { stream: refreshLines(deps, { userId: user.id, accountId: id }, log) };
    },
  }),
];

const noAccount = () => new Problem('not-found', 'there is no account with this id');

async function accountOr404({ em }: ApiDeps, userId: string, id: string): Promise<TelegramAccountRow> {
  const account = await readTelegramAccount(em(), userId, id);
  if (account === null) throw noAccount();
  return account;
}
