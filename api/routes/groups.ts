import { z } from 'zod';
import { setNotify } from '../../db/repositories/group-members.ts';
import { addGroup, changeGroup, listGroups, removeGroup } from '../../db/repositories/groups.ts';
import type { ApiDeps } from '../deps.ts';
import { groupFor } from '../group-access.ts';
import type { Route } from '../route.ts';
import { GroupEditIn, GroupIn, GroupOut, NotifyIn } from '../schemas/groups.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';
import { groupEventRoutes } from './group-events.ts';
import { groupInviteRoutes } from './group-invites.ts';
import { groupMemberRoutes } from './group-members.ts';
import { groupTagRoutes } from './group-tags.ts';

const tag = 'Groups';

/** Groups of the user, and everything in them. */
export const groupRoutes = (deps: ApiDeps): Route[] => [
  ...readRoutes(deps),
  ...changeRoutes(deps),
  notifyRoute(deps),
  ...groupMemberRoutes(deps),
  ...groupTagRoutes(deps),
  ...groupInviteRoutes(deps),
  ...groupEventRoutes(deps),
];

const readRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/groups',
    operationId: 'listGroups',
    tag,
    summary: 'The groups that you are in, by name',
    status: 200,
    scope: 'read',
    query: z.strictObject(paging(100, 50)),
    output: listOf(GroupOut),
    problems: ['invalid-cursor'],
    async handle({ query: { limit, cursor } }, { user }) {
      const after = fromCursor(cursor, Id);
      const rows = await listGroups(deps.em(), { userId: user.id, limit: limit + 1, after });
      return { body: pageOf(rows, limit, ({ id }) => id) };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/groups/:id',
    operationId: 'getGroup',
    tag,
    summary: 'One group',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: GroupOut,
    handle: async ({ params: { id } }, { user }) => ({
      body: await groupFor(deps, { groupId: id, userId: user.id }, 'take-part'),
    }),
  }),
];

const changeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/groups',
    operationId: 'addGroup',
    tag,
    summary: 'Make a group; you own it',
    status: 201,
    scope: 'agenda',
    body: GroupIn,
    output: GroupOut,
    problems: ['too-many-groups'],
    async handle({ body }, { user, newId }) {
      const key = { groupId: newId, userId: user.id };
      await addGroup(deps.em(), key, body);
      return { body: await groupFor(deps, key, 'take-part'), location: `/api/groups/${newId}` };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/groups/:id',
    operationId: 'changeGroup',
    tag,
    summary: 'Call a group otherwise (its owner)',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: GroupEditIn,
    output: GroupOut,
    async handle({ params: { id }, body }, { user }) {
      const key = { groupId: id, userId: user.id };
      await groupFor(deps, key, 'own');
      await changeGroup(deps.em(), id, body);
      return { body: await groupFor(deps, key, 'take-part') };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/groups/:id',
    operationId: 'removeGroup',
    tag,
    summary: 'End a group with its events (its owner)',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    problems: ['temporal-unavailable'],
    async handle({ params: { id } }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'own');
      await deps.temporal.forgetGroupEvents(await removeGroup(deps.em(), id));
      return { body: undefined };
    },
  }),
];

const notifyRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'patch',
    path: '/api/groups/:id/notify',
    operationId: 'setGroupNotify',
    tag,
    summary: 'How you hear of its events',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: NotifyIn,
    output: GroupOut,
    async handle({ params: { id }, body: { mode } }, { user }) {
      const key = { groupId: id, userId: user.id };
      await groupFor(deps, key, 'take-part');
      await setNotify(deps.em(), key, mode);
      return { body: await groupFor(deps, key, 'take-part') };
    },
  });
