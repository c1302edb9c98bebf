import type { SqlEntityManager } from '@mikro-orm/sql';
import { MAX_TAGS } from '../../domain/agenda/groups/group.ts';
import { DomainError } from '../../domain/shared/errors.ts';

export interface TagRow {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** How many members have it. */
  readonly members: number;
}

const ROW = `select t.id, t.name, t.colour,
  (select count(*)::int from group_member_tag where tag_id = t.id) as members from group_tag t`;

/** Tags of a group by name. */
export async function listTags(em: SqlEntityManager, groupId: string): Promise<TagRow[]> {
  return await em.execute<TagRow[]>(`${ROW} where t.group_id = ? order by t.name`, [groupId]);
}

/** null = the group has no such tag. */
export async function readTag(em: SqlEntityManager, groupId: string, tagId: string): Promise<TagRow | null> {
  const [row] = await em.execute<TagRow[]>(`${ROW} where t.group_id = ? and t.id = ?`, [groupId, tagId]);
  return row ?? null;
}

export interface NewTag {
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  readonly colour: string;
}

/** Adds a tag; safe to repeat. @throws DomainError tag-name-taken, too-many-tags */
export async function addTag(em: SqlEntityManager, { id, groupId, name, colour }: NewTag): Promise<void> {
  await em.transactional(async (tx) => {
    await tx.execute('select 1 from agenda_group where id = ? for update', [groupId]);
    const tags = await listTags(tx, groupId);
    if (tags.some((tag) => tag.id === id)) return;
    if (tags.length >= MAX_TAGS) throw new DomainError('too-many-tags', `a group has at most ${MAX_TAGS} tags`);
    if (tags.some((tag) => tag.name === name)) throw nameTaken();
    await tx.execute('insert into group_tag (id, group_id, name, colour) values (?, ?, ?, ?)', [
      id,
      groupId,
      name,
      colour,
    ]);
  });
}

/** Sets what is given; null = there is no such tag. @throws DomainError tag-name-taken */
export async function changeTag(
  em: SqlEntityManager,
  { id, groupId }: Pick<NewTag, 'id' | 'groupId'>,
  { name, colour }: { readonly name?: string | undefined; readonly colour?: string | undefined },
): Promise<TagRow | null> {
  return await em.transactional(async (tx) => {
    await tx.execute('select 1 from agenda_group where id = ? for update', [groupId]);
    const tags = await listTags(tx, groupId);
    if (tags.some((tag) => tag.name === name && tag.id !== id)) throw nameTaken();
    await tx.execute(
      'update group_tag set name = coalesce(?, name), colour = coalesce(?, colour) where group_id = ? and id = ?',
      [name ?? null, colour ?? null, groupId, id],
    );
    return await readTag(tx, groupId, id);
  });
}

const nameTaken = (): DomainError => new DomainError('tag-name-taken', 'the group has a tag of this name');

/** False = there was none. */
export async function removeTag(em: SqlEntityManager, groupId: string, tagId: string): Promise<boolean> {
  const gone = await em.execute<object[]>('delete from group_tag where group_id = ? and id = ? returning 1', [
    ...[groupId, tagId],
  ]);
  return gone.length > 0;
}

export interface MemberTag {
  readonly groupId: string;
  readonly tagId: string;
  readonly userId: string;
}

/** Gives a tag to a member; false = the group has no such tag or no such member. */
export async function giveTag(em: SqlEntityManager, { groupId, tagId, userId }: MemberTag): Promise<boolean> {
  await em.execute(
    `insert into group_member_tag (tag_id, member_group_id, member_user_id)
     select t.id, m.group_id, m.user_id from group_tag t join group_member m on m.group_id = t.group_id
     where t.group_id = ? and t.id = ? and m.user_id = ? on conflict do nothing`,
    [groupId, tagId, userId],
  );
  const [given] = await em.execute<object[]>(
    'select 1 from group_member_tag where tag_id = ? and member_group_id = ? and member_user_id = ?',
    [tagId, groupId, userId],
  );
  return given !== undefined;
}

/** Takes a tag from a member; one that he has not is no error. */
export async function takeTag(em: SqlEntityManager, { groupId, tagId, userId }: MemberTag): Promise<void> {
  await em.execute('delete from group_member_tag where tag_id = ? and member_group_id = ? and member_user_id = ?', [
    ...[tagId, groupId, userId],
  ]);
}

/** Group of a tag that the person can see; null = there is none. */
export async function tagGroup(em: SqlEntityManager, userId: string, tagId: string): Promise<string | null> {
  const [row] = await em.execute<{ groupId: string }[]>(
    `select t.group_id as "groupId" from group_tag t join group_member m on m.group_id = t.group_id and m.user_id = ?
     where t.id = ?`,
    [userId, tagId],
  );
  return row?.groupId ?? null;
}
