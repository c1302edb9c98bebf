import type { SqlEntityManager } from '@mikro-orm/sql';
import { addMember } from './groups.ts';

/** The key of a group's invite; null = nobody can join now. */
export async function readInvite(em: SqlEntityManager, groupId: string): Promise<string | null> {
  const [row] = await em.execute<{ key: string }[]>('select key from group_invite where group_id = ?', [groupId]);
  return row?.key ?? null;
}

/** Makes this the group's one invite; the key before is worth nothing any more. */
export async function putInvite(em: SqlEntityManager, groupId: string, key: string): Promise<void> {
  await em.execute(
    `insert into group_invite (group_id, key) values (?, ?)
     on conflict (group_id) do update set key = excluded.key, created_at = now()`,
    [groupId, key],
  );
}

/** Nobody can join any more. */
export async function removeInvite(em: SqlEntityManager, groupId: string): Promise<void> {
  await em.execute('delete from group_invite where group_id = ?', [groupId]);
}

/** What an invite leads to, as one who has its key may see it. */
export interface InvitedTo {
  readonly groupId: string;
  readonly name: string;
  readonly description: string | null;
  readonly members: number;
  /** Whether the person is in the group already. */
  readonly isMember: boolean;
}

/** null = there is no such invite (any more). */
export async function readInvited(em: SqlEntityManager, key: string, userId: string): Promise<InvitedTo | null> {
  const [row] = await em.execute<InvitedTo[]>(
    `select g.id as "groupId", g.name, g.description,
       (select count(*)::int from group_member where group_id = g.id) as members,
       exists (select 1 from group_member where group_id = g.id and user_id = ?) as "isMember"
     from group_invite i join agenda_group g on g.id = i.group_id where i.key = ?`,
    [userId, key],
  );
  return row ?? null;
}

/** Joins the group of an invite, once; its id. null = there is no such invite. @throws DomainError group-full, too-many-groups */
export async function acceptInvite(em: SqlEntityManager, key: string, userId: string): Promise<string | null> {
  return await em.transactional(async (tx) => {
    const invited = await readInvited(tx, key, userId);
    if (invited === null) return null;
    await addMember(tx, { groupId: invited.groupId, userId });
    return invited.groupId;
  });
}
