import { z } from 'zod';
import {
  addApiProfile,
  listApiProfiles,
  readApiProfile,
  removeApiProfile,
  renameApiProfile,
} from '../../db/repositories/api-profiles.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { ApiProfileOut, Label } from '../schemas/accounts.ts';
import { IdParams } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'API profiles';
const ApiProfileIn = z
  .strictObject({
    apiId: z.int('must be a whole number').min(1, 'must be at least 1').max(2_147_483_647, 'is too large'),
    apiHash: z.string().regex(/^[0-9a-f]{32}$/i, 'must be the 32 hexadecimal digits of my.telegram.org'),
    name: Label,
  })
  .meta({
    title: 'ApiProfileInput',
    examples: [{ apiId: 94_575, apiHash: 'a3406de8d171bb422bb6ddf3bbd800e2', name: 'my application' }],
  });
const RenameIn = z.strictObject({ name: Label }).meta({ title: 'Rename', examples: [{ name: 'another name' }] });

const noProfile = () => new Problem('not-found', 'there is no API profile with this id');

/** Applications of my.telegram.org, through which accounts sign in. */
export const apiProfileRoutes = (deps: ApiDeps): Route[] => [...addRoutes(deps), ...changeRoutes(deps)];

const addRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/api-profiles',
    operationId: 'addApiProfile',
    tag,
    summary: 'Add an application of my.telegram.org; its hash is never shown again',
    status: 201,
    scope: 'accounts',
    body: ApiProfileIn,
    output: ApiProfileOut,
    problems: ['api-profile-exists'],
    async handle({ body }, { actor, user, newId }) {
      const { existingId } = await addApiProfile({ em: deps.em(), secrets: deps.secrets }, actor, {
        id: newId,
        ...body,
      });
      if (existingId !== null)
        throw new Problem('api-profile-exists', `there is a profile with api_id ${body.apiId}`, { existingId });
      return { body: await profileOr404(deps, user.id, newId), location: `/api/api-profiles/${newId}` };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/api-profiles',
    operationId: 'listApiProfiles',
    tag,
    summary: 'Applications, oldest first',
    status: 200,
    scope: 'read',
    output: z.object({ items: z.array(ApiProfileOut) }),
    handle: async (_input, { user }) => ({ body: { items: await listApiProfiles(deps.em(), user.id) } }),
  }),
  userRoute({
    method: 'get',
    path: '/api/api-profiles/:id',
    operationId: 'getApiProfile',
    tag,
    summary: 'One application',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: ApiProfileOut,
    handle: async ({ params: { id } }, { user }) => ({ body: await profileOr404(deps, user.id, id) }),
  }),
];

const changeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'patch',
    path: '/api/api-profiles/:id',
    operationId: 'renameApiProfile',
    tag,
    summary: 'Give it another name',
    status: 200,
    scope: 'accounts',
    params: IdParams,
    body: RenameIn,
    output: ApiProfileOut,
    async handle({ params: { id }, body: { name } }, { actor, user }) {
      if (!(await renameApiProfile(deps.em(), actor, { id, name }))) throw noProfile();
      return { body: await profileOr404(deps, user.id, id) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/api-profiles/:id',
    operationId: 'removeApiProfile',
    tag,
    summary: 'Delete it; not while accounts use it',
    status: 204,
    scope: 'accounts',
    params: IdParams,
    problems: ['api-profile-in-use'],
    async handle({ params: { id } }, { actor }) {
      const outcome = await removeApiProfile(deps.em(), actor, id);
      if (outcome === 'not-found') throw noProfile();
      if (outcome === 'in-use') throw new Problem('api-profile-in-use', 'remove the accounts that use it first');
      return { body: undefined };
    },
  }),
];

async function profileOr404({ em }: ApiDeps, userId: string, id: string) {
  const profile = await readApiProfile(em(), userId, id);
  if (profile === null) throw noProfile();
  return profile;
}
