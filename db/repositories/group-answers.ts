import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import type { GroupAnswer, NotifyMode } from '../../domain/agenda/groups/group.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import type { AnswerKey } from './group-events.ts';

/** Keeps somebody's answer to an occurrence; false = it was this one before. */
export async function putAnswer(
  em: SqlEntityManager,
  { eventId, key, userId }: AnswerKey & { readonly userId: string },
  { answer, nowMs }: { readonly answer: GroupAnswer; readonly nowMs: number },
): Promise<boolean> {
  const written = await em.execute<object[]>(
    `insert into group_answer as given (event_id, key, user_id, answer, answered_at)
     values (?, ?, ?, ?, to_timestamp(?::float8 / 1000))
     on conflict (event_id, key, user_id) do update set answer = excluded.answer, answered_at = excluded.answered_at
       where given.answer <> excluded.answer returning 1`,
    [eventId, key, userId, answer, nowMs],
  );
  return written.length > 0;
}

/** The organiser is to hear of the answers at this moment, or when he is to hear of earlier ones. */
export async function askSummary(em: SqlEntityManager, { eventId, key }: AnswerKey, dueAtMs: number): Promise<void> {
  await em.execute(
    `insert into group_summary as summary (event_id, key, due_at) values (?, ?, to_timestamp(?::float8 / 1000))
     on conflict (event_id, key) do update set due_at = coalesce(summary.due_at, excluded.due_at)`,
    [eventId, key, dueAtMs],
  );
}

/** What the organiser is to hear of. */
export interface SummaryRow {
  readonly key: string;
  readonly dueAtMs: number;
  /** How often he heard of this occurrence before. */
  readonly told: number;
}

/** Summaries of an event that are to come, the next first. */
export async function openSummaries(em: SqlEntityManager, eventId: string): Promise<SummaryRow[]> {
  return await em.execute<SummaryRow[]>(
    `select key, (extract(epoch from due_at) * 1000)::float8 as "dueAtMs", told from group_summary
     where event_id = ? and due_at is not null order by due_at, key`,
    [eventId],
  );
}

/** The organiser was told. */
export async function closeSummary(em: SqlEntityManager, { eventId, key }: AnswerKey): Promise<void> {
  await em.execute('update group_summary set due_at = null, told = told + 1 where event_id = ? and key = ?', [
    ...[eventId, key],
  ]);
}

/** Somebody who is told of an event, and where. */
export interface Listener {
  readonly userId: string;
  readonly language: Language;
  /** IANA time zone. */
  readonly zone: string;
  readonly notify: NotifyMode;
  /** `HH:MM` in the person's zone; null = no hours are quiet. */
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly messenger: MessengerName;
  readonly chatId: string;
  /** What the person answered to the occurrence. */
  readonly answer: GroupAnswer | null;
}

const LISTENER = `select m.user_id as "userId", s.language, s.zone, m.notify, s.quiet_from as "quietFrom",
  s.quiet_to as "quietTo", c.messenger, c.chat_id::text as "chatId", a.answer
  from group_event e join group_member m on m.group_id = e.group_id join user_settings s on s.user_id = m.user_id
  join lateral (select messenger, chat_id from chat where chat.user_id = m.user_id and state = 'active'
    order by last_seen_at desc limit 1) c on true
  left join group_answer a on a.event_id = e.id and a.key = ? and a.user_id = m.user_id where e.id = ?`;

/** Members whom an event is for, who want to hear of it and can; who said that he does not come has heard enough. */
export async function listListeners(em: SqlEntityManager, { eventId, key }: AnswerKey): Promise<Listener[]> {
  return await em.execute<Listener[]>(
    `${LISTENER} and m.notify <> 'ignore' and a.answer is distinct from 'not'
       and (not exists (select 1 from group_event_tag t where t.event_id = e.id)
         or exists (select 1 from group_event_tag t join group_member_tag o on o.tag_id = t.tag_id
           where t.event_id = e.id and o.member_group_id = m.group_id and o.member_user_id = m.user_id))
     order by m.user_id`,
    [key, eventId],
  );
}

/** The organiser, if he is in the group still and can be told. */
export async function readOrganiser(em: SqlEntityManager, { eventId, key }: AnswerKey): Promise<Listener | null> {
  const [row] = await em.execute<Listener[]>(`${LISTENER} and m.user_id = e.organiser_id`, [key, eventId]);
  return row ?? null;
}
