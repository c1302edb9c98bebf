import { z } from 'zod';
import { listMembers, readMember, removeMember, setRole } from '../../db/repositories/group-members.ts';
import type { ApiDeps } from '../deps.ts';
import { groupFor } from '../group-access.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { MemberOut, memberOut, RoleIn } from '../schemas/groups.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Groups';
const MemberParams = z.strictObject({ id: Id, userId: Id });

/** Who is in a group, and as what. */
export const groupMemberRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/groups/:id/members',
    operationId: 'listGroupMembers',
    tag,
    summary: 'Who is in a group, the oldest first',
    status: 200,
    scope: 'read',
    params: IdParams,
    query: z.strictObject({ tag: Id.optional().describe('only those with this tag'), ...paging(200, 50) }),
    output: listOf(MemberOut),
    problems: ['invalid-cursor'],
    async handle({ params: { id }, query: { tag: tagId = null, limit, cursor } }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'take-part');
      const after = fromCursor(cursor, Id);
      const rows = await listMembers(deps.em(), id, { limit: limit + 1, after, tagId });
      const page = pageOf(rows, limit, ({ userId }) => userId);
      return { body: { ...page, items: page.items.map(memberOut) } };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/groups/:id/members/:userId',
    operationId: 'setGroupRole',
    tag,
    summary: 'Give a member another role (the owner)',
    status: 200,
    scope: 'agenda',
    params: MemberParams,
    body: RoleIn,
    output: MemberOut,
    problems: ['member-not-found', 'owner-stays'],
    async handle({ params: { id, userId }, body: { role } }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'own');
      await setRole(deps.em(), { groupId: id, userId }, role);
      const member = await readMember(deps.em(), { groupId: id, userId });
      if (member === null) throw new Problem('member-not-found', 'there is no such member');
      return { body: memberOut(member) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/groups/:id/members/:userId',
    operationId: 'removeGroupMember',
    tag,
    summary: 'Send a member away (a higher role), or leave',
    status: 204,
    scope: 'agenda',
    params: MemberParams,
    problems: ['member-not-found', 'owner-stays'],
    async handle({ params: { id, userId } }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'take-part');
      await removeMember(deps.em(), { groupId: id, userId }, user.id);
      return { body: undefined };
    },
  }),
];
