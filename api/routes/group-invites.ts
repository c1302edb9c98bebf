import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { acceptInvite, putInvite, readInvite, readInvited, removeInvite } from '../../db/repositories/group-invites.ts';
import { inviteKey } from '../../domain/agenda/groups/invite-key.ts';
import type { ApiDeps } from '../deps.ts';
import { groupFor } from '../group-access.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { GroupOut, InvitedOut, InviteOut, inviteOut } from '../schemas/groups.ts';
import { IdParams } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Groups';
const KeyParams = z.strictObject({ key: z.string().regex(/^\w{8,64}$/) });
/** More than are needed: some bytes are passed over. */
const RANDOM_BYTES = 64;

/** How others come into a group. */
export const groupInviteRoutes = (deps: ApiDeps): Route[] => [...ownerRoutes(deps), ...guestRoutes(deps)];

const ownerRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/groups/:id/invite',
    operationId: 'getGroupInvite',
    tag,
    summary: 'The invite of a group (owner and managers)',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: InviteOut,
    async handle({ params: { id } }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'manage');
      return { body: inviteOut(await readInvite(deps.em(), id)) };
    },
  }),
  userRoute({
    method: 'put',
    path: '/api/groups/:id/invite',
    operationId: 'renewGroupInvite',
    tag,
    summary: 'Make a new invite; the one before is worth nothing (owner and managers)',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    output: InviteOut,
    async handle({ params: { id } }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'manage');
      const key = inviteKey(randomBytes(RANDOM_BYTES));
      await putInvite(deps.em(), id, key);
      return { body: inviteOut(key) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/groups/:id/invite',
    operationId: 'removeGroupInvite',
    tag,
    summary: 'Nobody can join any more (owner and managers)',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    async handle({ params: { id } }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'manage');
      await removeInvite(deps.em(), id);
      return { body: undefined };
    },
  }),
];

const guestRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/invites/:key',
    operationId: 'getInvite',
    tag,
    summary: 'The group that an invite leads to',
    status: 200,
    scope: 'read',
    params: KeyParams,
    output: InvitedOut,
    async handle({ params: { key } }, { user }) {
      const invited = await readInvited(deps.em(), key, user.id);
      if (invited === null) throw noInvite();
      return { body: invited };
    },
  }),
  userRoute({
    method: 'post',
    path: '/api/invites/:key/accept',
    operationId: 'acceptInvite',
    tag,
    summary: 'Join the group; who is in it already stays',
    status: 200,
    scope: 'agenda',
    params: KeyParams,
    output: GroupOut,
    problems: ['group-full', 'too-many-groups'],
    async handle({ params: { key } }, { user }) {
      const groupId = await acceptInvite(deps.em(), key, user.id);
      if (groupId === null) throw noInvite();
      return { body: await groupFor(deps, { groupId, userId: user.id }, 'take-part') };
    },
  }),
];

const noInvite = (): Problem => new Problem('not-found', 'this invite is not valid (any more); ask for a new one');
