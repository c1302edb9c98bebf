import type { SqlEntityManager } from '@mikro-orm/sql';
import { MAX_MEMBERS, type NotifyMode } from '../../domain/agenda/groups/group.ts';
import type { GroupRole } from '../../domain/agenda/groups/group-rights.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { isoTime } from './iso-time.ts';

/** A group as one of its members sees it. */
export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** The member's own. */
  readonly role: GroupRole;
  readonly notify: NotifyMode;
  readonly members: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** A group, and the member who asks: everything here is only for members. */
export interface MemberKey {
  readonly groupId: string;
  readonly userId: string;
}

export interface GroupText {
  readonly name: string;
  readonly description: string | null;
}

const MAX_GROUPS = 100;

const ROW = `select g.id, g.name, g.description, me.role, me.notify, ${isoTime('g.created_at')} as "createdAt",
  (select count(*)::int from group_member where group_id = g.id) as members
  from agenda_group g join group_member me on me.group_id = g.id and me.user_id = ?`;

/** Makes a group whose owner is the person; safe to repeat. @throws DomainError too-many-groups */
export async function addGroup(em: SqlEntityManager, { groupId, userId }: MemberKey, text: GroupText): Promise<void> {
  await em.transactional(async (tx) => {
    await refuseTooMany(tx, userId);
    const made = await tx.execute<object[]>(
      `insert into agenda_group (id, name, description) values (?, ?, ?) on conflict (id) do nothing returning 1`,
      [groupId, text.name, text.description],
    );
    if (made.length === 0) return;
    await tx.execute(`insert into group_member (group_id, user_id, role) values (?, ?, 'owner')`, [groupId, userId]);
  });
}

async function refuseTooMany(em: SqlEntityManager, userId: string): Promise<void> {
  const mine = await em.execute<object[]>('select 1 from group_member where user_id = ? limit ?', [userId, MAX_GROUPS]);
  if (mine.length >= MAX_GROUPS)
    throw new DomainError('too-many-groups', `at most ${MAX_GROUPS} groups; leave one of them first`);
}

/** The person's groups by name; `after` is the id of the last one of the page before. */
export async function listGroups(
  em: SqlEntityManager,
  { userId, limit, after }: { readonly userId: string; readonly limit: number; readonly after: string | null },
): Promise<GroupRow[]> {
  const past = after === null ? '' : 'where (g.name, g.id) > (select name, id from agenda_group where id = ?)';
  const values = after === null ? [userId, limit] : [userId, after, limit];
  return await em.execute<GroupRow[]>(`${ROW} ${past} order by g.name, g.id limit ?`, values);
}

/** null = there is no such group for this person. */
export async function readGroup(em: SqlEntityManager, { groupId, userId }: MemberKey): Promise<GroupRow | null> {
  const [row] = await em.execute<GroupRow[]>(`${ROW} where g.id = ?`, [userId, groupId]);
  return row ?? null;
}

/** Sets what is given. */
export async function changeGroup(
  em: SqlEntityManager,
  groupId: string,
  { name, description }: { readonly name?: string | undefined; readonly description?: string | null | undefined },
): Promise<void> {
  await em.execute(
    `update agenda_group set name = coalesce(?, name), description = case when ? then ? else description end where id = ?`,
    [name ?? null, description !== undefined, description ?? null, groupId],
  );
}

/** Ends a group with all that it has; ids of the events that it had. */
export async function removeGroup(em: SqlEntityManager, groupId: string): Promise<string[]> {
  return await em.transactional(async (tx) => {
    const events = await tx.execute<{ id: string }[]>('select id from group_event where group_id = ?', [groupId]);
    await tx.execute('delete from agenda_group where id = ?', [groupId]);
    return events.map(({ id }) => id);
  });
}

/** Takes somebody in, as a member; false = he is one already. @throws DomainError group-full, too-many-groups */
export async function addMember(em: SqlEntityManager, { groupId, userId }: MemberKey): Promise<boolean> {
  await em.execute('select 1 from agenda_group where id = ? for update', [groupId]);
  const [known] = await em.execute<object[]>('select 1 from group_member where group_id = ? and user_id = ?', [
    ...[groupId, userId],
  ]);
  if (known !== undefined) return false;
  await refuseTooMany(em, userId);
  const members = await em.execute<object[]>('select 1 from group_member where group_id = ?', [groupId]);
  if (members.length >= MAX_MEMBERS) throw new DomainError('group-full', `a group has at most ${MAX_MEMBERS} members`);
  await em.execute(`insert into group_member (group_id, user_id, role) values (?, ?, 'member')`, [groupId, userId]);
  return true;
}
