import { z } from 'zod';
import {
  addTag,
  changeTag,
  giveTag,
  listTags,
  readTag,
  removeTag,
  takeTag,
  tagGroup,
} from '../../db/repositories/group-tags.ts';
import type { ApiDeps } from '../deps.ts';
import { groupFor } from '../group-access.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { TagEditIn, TagIn, TagOut } from '../schemas/groups.ts';
import { Id, IdParams } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Groups';
const MemberParams = z.strictObject({ id: Id, userId: Id });

/** Names for some of a group's members. */
export const groupTagRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/groups/:id/tags',
    operationId: 'listGroupTags',
    tag,
    summary: 'Tags of a group, by name; at most 50',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: z.object({ items: z.array(TagOut) }),
    async handle({ params: { id } }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'take-part');
      return { body: { items: await listTags(deps.em(), id) } };
    },
  }),
  userRoute({
    method: 'post',
    path: '/api/groups/:id/tags',
    operationId: 'addGroupTag',
    tag,
    summary: 'Add a tag (owner and managers)',
    status: 201,
    scope: 'agenda',
    params: IdParams,
    body: TagIn,
    output: TagOut,
    problems: ['tag-name-taken', 'too-many-tags'],
    async handle({ params: { id }, body }, { user, newId }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'manage');
      await addTag(deps.em(), { id: newId, groupId: id, ...body });
      return { body: await tagOr404(deps, id, newId), location: `/api/group-tags/${newId}` };
    },
  }),
  ...oneTagRoutes(deps),
  ...tagMemberRoutes(deps),
];

function oneTagRoutes(deps: ApiDeps): Route[] {
  return [
    userRoute({
      method: 'patch',
      path: '/api/group-tags/:id',
      operationId: 'changeGroupTag',
      tag,
      summary: 'Another name or colour (owner and managers)',
      status: 200,
      scope: 'agenda',
      params: IdParams,
      body: TagEditIn,
      output: TagOut,
      problems: ['tag-name-taken'],
      async handle({ params: { id }, body }, { user }) {
        const groupId = await managedGroup(deps, user.id, id);
        const changed = await changeTag(deps.em(), { id, groupId }, body);
        if (changed === null) throw noTag();
        return { body: changed };
      },
    }),
    userRoute({
      method: 'delete',
      path: '/api/group-tags/:id',
      operationId: 'removeGroupTag',
      tag,
      summary: 'Remove a tag (owner and managers); events that were for it alone are for all',
      status: 204,
      scope: 'agenda',
      params: IdParams,
      async handle({ params: { id } }, { user }) {
        const groupId = await managedGroup(deps, user.id, id);
        await removeTag(deps.em(), groupId, id);
        return { body: undefined };
      },
    }),
  ];
}

const assignment = { tag, status: 204, scope: 'agenda', params: MemberParams } as const;

const tagMemberRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    ...assignment,
    method: 'put',
    path: '/api/group-tags/:id/members/:userId',
    operationId: 'giveGroupTag',
    summary: 'Give a tag to a member (owner and managers)',
    problems: ['member-not-found'],
    async handle({ params: { id, userId } }, { user }) {
      const groupId = await managedGroup(deps, user.id, id);
      if (!(await giveTag(deps.em(), { groupId, tagId: id, userId })))
        throw new Problem('member-not-found', 'there is no such member in the group of this tag');
      return { body: undefined };
    },
  }),
  userRoute({
    ...assignment,
    method: 'delete',
    path: '/api/group-tags/:id/members/:userId',
    operationId: 'takeGroupTag',
    summary: 'Take a tag from a member (owner and managers)',
    async handle({ params: { id, userId } }, { user }) {
      const groupId = await managedGroup(deps, user.id, id);
      await takeTag(deps.em(), { groupId, tagId: id, userId });
      return { body: undefined };
    },
  }),
];

/** Group of a tag, which the person has to manage. */
async function managedGroup(deps: ApiDeps, userId: string, tagId: string): Promise<string> {
  const groupId = await tagGroup(deps.em(), userId, tagId);
  if (groupId === null) throw noTag();
  await groupFor(deps, { groupId, userId }, 'manage');
  return groupId;
}

async function tagOr404({ em }: ApiDeps, groupId: string, tagId: string) {
  const found = await readTag(em(), groupId, tagId);
  if (found === null) throw noTag();
  return found;
}

const noTag = (): Problem => new Problem('not-found', 'there is no tag with this id');
