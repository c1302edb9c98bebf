import type { SqlEntityManager } from '@mikro-orm/sql';
import type { NotifyMode } from '../../domain/agenda/groups/group.ts';
import { mayRemove, type GroupRole } from '../../domain/agenda/groups/group-rights.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { MemberKey } from './groups.ts';
import { isoTime } from './iso-time.ts';

export interface MemberRow {
  readonly userId: string;
  readonly name: string;
  readonly role: GroupRole;
  /** Ids of the tags that the member has. */
  readonly tagIds: readonly string[];
  /** ISO 8601, UTC. */
  readonly joinedAt: string;
}

const ROW = `select m.user_id as "userId", u.name, m.role, ${isoTime('m.joined_at')} as "joinedAt",
  array(select t.tag_id::text from group_member_tag t where t.member_group_id = m.group_id and t.member_user_id = m.user_id
    order by 1) as "tagIds"
  from group_member m join app_user u on u.id = m.user_id where m.group_id = ?`;

/** Members of a group, the oldest first, or those with a tag; `after` is the last one of the page before. */
export async function listMembers(
  em: SqlEntityManager,
  groupId: string,
  {
    limit,
    after,
    tagId = null,
  }: { readonly limit: number; readonly after: string | null; readonly tagId?: string | null },
): Promise<MemberRow[]> {
  const where = [
    ...(after === null
      ? []
      : [
          'and (m.joined_at, m.user_id) > (select joined_at, user_id from group_member where group_id = ? and user_id = ?)',
        ]),
    ...(tagId === null
      ? []
      : ['and exists (select 1 from group_member_tag t where t.tag_id = ? and t.member_user_id = m.user_id)']),
  ];
  const values = [groupId, ...(after === null ? [] : [groupId, after]), ...(tagId === null ? [] : [tagId]), limit];
  return await em.execute<MemberRow[]>(`${ROW} ${where.join(' ')} order by m.joined_at, m.user_id limit ?`, values);
}

/** null = he is not in the group. */
export async function readMember(em: SqlEntityManager, { groupId, userId }: MemberKey): Promise<MemberRow | null> {
  const [row] = await em.execute<MemberRow[]>(`${ROW} and m.user_id = ?`, [groupId, userId]);
  return row ?? null;
}

/** Gives a member another role; a new owner makes the old one a manager. The owner cannot give the role up by itself. */
export async function setRole(em: SqlEntityManager, { groupId, userId }: MemberKey, role: GroupRole): Promise<void> {
  await em.transactional(async (tx) => {
    await tx.execute('select 1 from agenda_group where id = ? for update', [groupId]);
    const member = await readMember(tx, { groupId, userId });
    if (member === null) throw new DomainError('member-not-found', 'there is no such member');
    if (member.role === role) return;
    if (member.role === 'owner')
      throw new DomainError('owner-stays', 'make another member the owner first: a group always has one');
    if (role === 'owner')
      await tx.execute(`update group_member set role = 'manager' where group_id = ? and role = 'owner'`, [groupId]);
    await tx.execute('update group_member set role = ? where group_id = ? and user_id = ?', [role, groupId, userId]);
  });
}

/**
 * Sends a member away, or lets him leave (`by` himself). @throws DomainError member-not-found, forbidden, owner-stays
 */
export async function removeMember(em: SqlEntityManager, { groupId, userId }: MemberKey, by: string): Promise<void> {
  await em.transactional(async (tx) => {
    await tx.execute('select 1 from agenda_group where id = ? for update', [groupId]);
    const member = await readMember(tx, { groupId, userId });
    const actor = by === userId ? member : await readMember(tx, { groupId, userId: by });
    if (member === null || actor === null) throw new DomainError('member-not-found', 'there is no such member');
    if (member.role === 'owner')
      throw new DomainError('owner-stays', 'the owner stays: make another member the owner first, or end the group');
    if (by !== userId && !mayRemove(actor.role, member.role))
      throw new DomainError('forbidden', 'only somebody of a higher role may send this member away');
    await tx.execute('delete from group_member where group_id = ? and user_id = ?', [groupId, userId]);
  });
}

/** How the member hears of events. */
export async function setNotify(
  em: SqlEntityManager,
  { groupId, userId }: MemberKey,
  notify: NotifyMode,
): Promise<void> {
  await em.execute('update group_member set notify = ? where group_id = ? and user_id = ?', [notify, groupId, userId]);
}
