import type { SqlEntityManager } from '@mikro-orm/sql';
import type { OccurrenceState, ReminderDefinition, ReminderState } from '../../domain/agenda/reminder.ts';
import { REMINDER_LIMITS } from '../../domain/agenda/reminder-check.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { isoTime } from './iso-time.ts';

/** A reminder as its person sees it; times are ISO 8601, UTC. */
export interface ReminderView extends ReminderDefinition {
  readonly id: string;
  readonly state: ReminderState;
  /** When something is told next; null = nothing is. */
  readonly nextAt: string | null;
  readonly createdAt: string;
  /** Where it stands in a list: the next one first. */
  readonly position: string;
}

const POSITION = `coalesce(to_char(next_at at time zone 'UTC', 'YYYYMMDDHH24MISSMS'), '9') || ' ' || id::text`;
const VIEW = `select id, text, start, zone, rule, exdates, rdates, lead_minutes as "leadMinutes", misfire, quiet, nag, state,
  ${isoTime('next_at')} as "nextAt", ${isoTime('created_at')} as "createdAt", ${POSITION} as position
  from reminder where user_id = ? and state <> 'deleted'`;

/** One reminder of a user; null = there is none, or it was deleted. */
export async function readReminder(em: SqlEntityManager, userId: string, id: string): Promise<ReminderView | null> {
  const [row] = await em.execute<ReminderView[]>(`${VIEW} and id = ?`, [userId, id]);
  return row ?? null;
}

export interface ReminderQuery {
  readonly userId: string;
  /** null = any. */
  readonly state: ReminderState | null;
  /** Behind this `position`; null = from the first. */
  readonly after: string | null;
  readonly limit: number;
}

/** Reminders of a user, what comes next first, at most `limit`. */
export async function listReminders(
  em: SqlEntityManager,
  { userId, state, after, limit }: ReminderQuery,
): Promise<ReminderView[]> {
  return await em.execute<ReminderView[]>(
    `${VIEW} and (?::text is null or state = ?) and ${POSITION} > ? order by position limit ?`,
    [userId, state, state, after ?? '', limit],
  );
}

/** Refuses one more where there are enough. @throws DomainError too-many-reminders */
export async function admitReminder(em: SqlEntityManager, userId: string): Promise<void> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from reminder where user_id = ? and state in ('active', 'paused')`,
    [userId],
  );
  if ((row?.count ?? 0) >= REMINDER_LIMITS.active)
    throw new DomainError('too-many-reminders', `there are ${REMINDER_LIMITS.active} reminders: delete some first`);
}

/** One time of a reminder; times are ISO 8601, UTC. */
export interface OccurrenceView {
  /** Original wall time, `YYYYMMDDTHHMM`. */
  readonly key: string;
  readonly state: OccurrenceState;
  readonly dueAt: string;
  readonly toldAt: string | null;
  readonly snoozedUntil: string | null;
  readonly doneAt: string | null;
}

/** What the messenger refused for good was told to nobody. */
const SEEN_STATE = `case when o.state = 'sent' and exists (select 1 from outbox_message m where m.user_id = r.user_id
  and m.dedupe_key = o.messages->>-1 and m.state = 'refused') then 'undelivered' else o.state end`;
const OCCURRENCE = `select o.key, ${SEEN_STATE} as state, ${isoTime('o.due_at')} as "dueAt", ${isoTime('o.told_at')} as "toldAt",
  ${isoTime('o.snoozed_until')} as "snoozedUntil", ${isoTime('o.done_at')} as "doneAt"`;

export interface OccurrenceQuery {
  readonly userId: string;
  readonly reminderId: string;
  /** Older than the one with this key; null = from the newest. */
  readonly before: string | null;
  readonly limit: number;
}

/** Times of a reminder to which something happened, newest first, at most `limit`. */
export async function listOccurrences(
  em: SqlEntityManager,
  { userId, reminderId, before, limit }: OccurrenceQuery,
): Promise<OccurrenceView[]> {
  return await em.execute<OccurrenceView[]>(
    `${OCCURRENCE} from reminder_occurrence o join reminder r on r.id = o.reminder_id
     where r.id = ? and r.user_id = ? and o.key < ? order by o.key desc limit ?`,
    [reminderId, userId, before ?? '9', limit],
  );
}

/** A time that could not be told. */
export interface MissedReminder {
  readonly reminderId: string;
  readonly text: string;
  readonly key: string;
  /** ISO 8601, UTC. */
  readonly dueAt: string;
}

/** What was due since then and not told to a user because it was too late, newest first, at most `limit`: for the next digest. */
export async function listMissedReminders(
  em: SqlEntityManager,
  userId: string,
  { sinceMs, limit }: { readonly sinceMs: number; readonly limit: number },
): Promise<MissedReminder[]> {
  return await em.execute<MissedReminder[]>(
    `select r.id as "reminderId", r.text, o.key, ${isoTime('o.due_at')} as "dueAt"
     from reminder r join reminder_occurrence o on o.reminder_id = r.id
     where r.user_id = ? and r.state <> 'deleted' and o.state = 'missed' and o.due_at > to_timestamp(?::float8 / 1000)
     order by o.due_at desc limit ?`,
    [userId, sinceMs, limit],
  );
}
