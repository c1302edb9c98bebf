import { z } from 'zod';
import { addApiToken, listApiTokens, revokeApiToken } from '../../db/repositories/api-tokens.ts';
import { newApiToken } from '../admission.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { ApiTokenOut, Label, ScopeIn } from '../schemas/accounts.ts';
import { IdParams } from '../schemas/paging.ts';
import { hashToken } from '../session-cookie.ts';
import { userRoute } from '../user-route.ts';

const tag = 'API tokens';
const ApiTokenIn = z
  .strictObject({
    name: Label,
    scopes: z
      .array(ScopeIn)
      .min(1, 'must name at least one')
      .transform((scopes) => [...new Set(scopes)]),
  })
  .meta({ title: 'ApiTokenInput', examples: [{ name: 'home automation', scopes: ['read', 'buy'] }] });

/** Keys for machines that act for a user. */
export const apiTokenRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/tokens',
    operationId: 'createApiToken',
    tag,
    summary: 'Make a token; it is shown this once',
    status: 201,
    scope: null,
    idempotent: false, // the answer holds the token
    body: ApiTokenIn,
    output: ApiTokenOut.extend({ token: z.string().describe('send it as Authorization: Bearer …') }),
    async handle({ body: { name, scopes } }, { actor }) {
      const token = newApiToken();
      const row = await addApiToken(deps.em(), actor, { name, scopes, tokenHash: hashToken(token) });
      return { body: { ...row, scopes: [...row.scopes], token }, location: '/api/tokens' };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/tokens',
    operationId: 'listApiTokens',
    tag,
    summary: 'Tokens that are not revoked, newest first',
    status: 200,
    scope: null,
    output: z.object({ items: z.array(ApiTokenOut) }),
    async handle(_input, { user }) {
      const rows = await listApiTokens(deps.em(), user.id);
      return { body: { items: rows.map((row) => ({ ...row, scopes: [...row.scopes] })) } };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/tokens/:id',
    operationId: 'revokeApiToken',
    tag,
    summary: 'Revoke a token at once',
    status: 204,
    scope: null,
    params: IdParams,
    async handle({ params: { id } }, { actor }) {
      if (!(await revokeApiToken(deps.em(), actor, id)))
        throw new Problem('not-found', 'there is no token with this id');
      return { body: undefined };
    },
  }),
];
