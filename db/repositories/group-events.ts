import type { SqlEntityManager } from '@mikro-orm/sql';
import type { GroupAnswer, GroupEventDefinition, GroupEventState } from '../../domain/agenda/groups/group.ts';
import type { GroupRole } from '../../domain/agenda/groups/group-rights.ts';
import type { MemberKey } from './groups.ts';

/** An event as it is kept. */
export interface GroupEventRow extends GroupEventDefinition {
  readonly id: string;
  readonly groupId: string;
  readonly groupName: string;
  /** null = he has gone. */
  readonly organiserId: string | null;
  readonly state: GroupEventState;
  readonly version: number;
  /** Epoch ms; null = nobody is told any more. */
  readonly nextAtMs: number | null;
  readonly handledToMs: number;
}

/** An event as one of the group's members sees it. */
export interface SeenEvent extends GroupEventRow {
  /** The member's role in the group. */
  readonly role: GroupRole;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

const COLUMNS = `e.id, e.group_id as "groupId", g.name as "groupName", e.organiser_id as "organiserId", e.title, e.description,
  e.start, e.zone, e.rule, e.exdates, e.duration_minutes as "durationMinutes", e.lead_minutes as "leadMinutes", e.state,
  e.version::float8 as version, ${ms('e.next_at')} as "nextAtMs", ${ms('e.handled_to')} as "handledToMs",
  array(select t.tag_id::text from group_event_tag t where t.event_id = e.id order by 1) as "tagIds"`;

const SEEN = `select ${COLUMNS}, me.role from group_event e join agenda_group g on g.id = e.group_id
  join group_member me on me.group_id = e.group_id and me.user_id = ?`;

/** An event, held until the transaction ends; null = there is none with this id. */
export async function lockGroupEvent(em: SqlEntityManager, eventId: string): Promise<GroupEventRow | null> {
  const [row] = await em.execute<GroupEventRow[]>(
    `select ${COLUMNS} from group_event e join agenda_group g on g.id = e.group_id where e.id = ? for update of e`,
    [eventId],
  );
  return row ?? null;
}

/** null = there is no such event for this person. */
export async function readGroupEvent(em: SqlEntityManager, userId: string, eventId: string): Promise<SeenEvent | null> {
  const [row] = await em.execute<SeenEvent[]>(`${SEEN} where e.id = ?`, [userId, eventId]);
  return row ?? null;
}

export interface EventQuery {
  readonly userId: string;
  /** null = of all groups of the person. */
  readonly groupId: string | null;
  readonly limit: number;
  /** Id of the last one of the page before. */
  readonly after: string | null;
  /** Leaves out what is over. */
  readonly onlyActive: boolean;
}

/** Events that a member can see, by their start. */
export async function listGroupEvents(em: SqlEntityManager, query: EventQuery): Promise<SeenEvent[]> {
  const { userId, groupId, limit, after, onlyActive } = query;
  const where = [
    ...(groupId === null ? [] : ['e.group_id = ?']),
    ...(onlyActive ? [`e.state = 'active'`] : []),
    ...(after === null ? [] : ['(e.start, e.id) > (select start, id from group_event where id = ?)']),
  ];
  const values = [userId, ...(groupId === null ? [] : [groupId]), ...(after === null ? [] : [after]), limit];
  const filter = where.length === 0 ? '' : `where ${where.join(' and ')}`;
  return await em.execute<SeenEvent[]>(`${SEEN} ${filter} order by e.start, e.id limit ?`, values);
}

/** How many events of a group are not over. */
export async function countActiveEvents(em: SqlEntityManager, groupId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from group_event where group_id = ? and state = 'active'`,
    [groupId],
  );
  return row?.count ?? 0;
}

export interface NewEventKey extends MemberKey {
  readonly eventId: string;
  /** Moments up to here are done with. */
  readonly handledToMs: number;
}

/** Stores an event unless it is there already; its organiser is the member. */
export async function insertGroupEvent(
  em: SqlEntityManager,
  { eventId, groupId, userId, handledToMs }: NewEventKey,
  event: GroupEventDefinition,
): Promise<void> {
  const { title, description, start, zone, rule, durationMinutes } = event;
  await em.execute(
    `insert into group_event (id, group_id, organiser_id, handled_to, title, description, start, zone, rule, duration_minutes,
       exdates, lead_minutes)
     values (?, ?, ?, to_timestamp(?::float8 / 1000), ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb) on conflict (id) do nothing`,
    [
      ...[eventId, groupId, userId, handledToMs, title, description, start, zone, rule, durationMinutes],
      ...[JSON.stringify(event.exdates), JSON.stringify(event.leadMinutes)],
    ],
  );
  await putEventTags(em, eventId, event.tagIds);
}

/** Says anew what an event is and when. */
export async function rewriteGroupEvent(
  em: SqlEntityManager,
  eventId: string,
  event: GroupEventDefinition,
): Promise<void> {
  const { title, description, start, zone, rule, durationMinutes } = event;
  await em.execute(
    `update group_event set title = ?, description = ?, start = ?, zone = ?, rule = ?, duration_minutes = ?,
       exdates = ?::jsonb, lead_minutes = ?::jsonb where id = ?`,
    [
      ...[title, description, start, zone, rule, durationMinutes],
      ...[JSON.stringify(event.exdates), JSON.stringify(event.leadMinutes), eventId],
    ],
  );
  await em.execute('delete from group_event_tag where event_id = ?', [eventId]);
  await putEventTags(em, eventId, event.tagIds);
}

async function putEventTags(em: SqlEntityManager, eventId: string, tagIds: readonly string[]): Promise<void> {
  await em.execute(
    `insert into group_event_tag (event_id, tag_id) select ?::uuid, id::uuid from jsonb_array_elements_text(?::jsonb) as id
     on conflict do nothing`,
    [eventId, JSON.stringify(tagIds)],
  );
}

/** Notes how an event goes on; its new version. */
export async function settleGroupEvent(
  em: SqlEntityManager,
  { id, state, nextAtMs, handledToMs }: Pick<GroupEventRow, 'id' | 'state' | 'nextAtMs' | 'handledToMs'>,
): Promise<number> {
  const [row] = await em.execute<{ version: number }[]>(
    `update group_event set version = version + 1, state = ?, next_at = to_timestamp(?::float8 / 1000),
       handled_to = to_timestamp(?::float8 / 1000) where id = ? returning version::float8 as version`,
    [state, nextAtMs, handledToMs, id],
  );
  return row?.version ?? 0;
}

export async function deleteGroupEvent(em: SqlEntityManager, eventId: string): Promise<void> {
  await em.execute('delete from group_event where id = ?', [eventId]);
}

export interface AnswerKey {
  readonly eventId: string;
  /** Occurrence key. */
  readonly key: string;
}

export interface AnswerRow {
  readonly userId: string;
  readonly name: string;
  readonly answer: GroupAnswer;
  /** Epoch ms. */
  readonly answeredAtMs: number;
}

/** Who answered what to an occurrence, in the order of the answers. */
export async function listAnswers(em: SqlEntityManager, { eventId, key }: AnswerKey): Promise<AnswerRow[]> {
  return await em.execute<AnswerRow[]>(
    `select a.user_id as "userId", u.name, a.answer, ${ms('a.answered_at')} as "answeredAtMs"
     from group_answer a join app_user u on u.id = a.user_id where a.event_id = ? and a.key = ?
     order by a.answered_at, a.user_id`,
    [eventId, key],
  );
}
