import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import type { OccurrenceState, ReminderDefinition, ReminderState } from '../../domain/agenda/reminder.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';

/** What happened to one time of a reminder; times are epoch ms. */
export interface OccurrenceRow {
  /** Original wall time, `YYYYMMDDTHHMM`. */
  readonly key: string;
  readonly state: OccurrenceState;
  readonly dueAtMs: number;
  /** Lead times told or missed, minutes; 0 = the occurrence itself. */
  readonly handledMinutes: readonly number[];
  readonly toldAtMs: number | null;
  readonly snoozedUntilMs: number | null;
  readonly nags: number;
  /** Dedupe keys of its messages, oldest first. */
  readonly messages: readonly string[];
  readonly doneAtMs: number | null;
}

/** All that decides what a reminder does next, read in one statement. */
export interface ReminderRow extends ReminderDefinition {
  readonly id: string;
  readonly userId: string;
  readonly state: ReminderState;
  readonly version: number;
  readonly nextAtMs: number | null;
  /** Moments up to here are done with; it is a wall time of `handledZone`. */
  readonly handledToMs: number;
  readonly handledZone: string;
  /** IANA zone of the user. */
  readonly userZone: string;
  readonly language: Language;
  /** `HH:MM`; null = no hour is quiet. */
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  /** Where the user is told things; null = nowhere. */
  readonly chat: { readonly messenger: MessengerName; readonly chatId: string } | null;
  /** Those that something may still happen to: snoozed, or from the last settled moment on. */
  readonly occurrences: readonly OccurrenceRow[];
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

const OCCURRENCE = `jsonb_build_object('key', o.key, 'state', o.state, 'dueAtMs', ${ms('o.due_at')},
  'handledMinutes', o.handled_minutes, 'toldAtMs', ${ms('o.told_at')}, 'snoozedUntilMs', ${ms('o.snoozed_until')},
  'nags', o.nags, 'messages', o.messages, 'doneAtMs', ${ms('o.done_at')})`;

/** Of the last day, since they might come again in a zone further west; of three weeks, where people are reminded until it is done. */
const ROW = `select r.id, r.user_id as "userId", r.text, r.start, r.zone, r.rule, r.exdates, r.rdates,
  r.lead_minutes as "leadMinutes", r.misfire, r.quiet, r.nag, r.state, r.version::float8 as version,
  ${ms('r.next_at')} as "nextAtMs", ${ms('r.handled_to')} as "handledToMs", r.handled_zone as "handledZone",
  s.zone as "userZone", s.language, s.quiet_from as "quietFrom", s.quiet_to as "quietTo",
  (select jsonb_build_object('messenger', c.messenger, 'chatId', c.chat_id::text) from chat c
   where c.user_id = r.user_id and c.state = 'active' order by c.last_seen_at desc limit 1) as chat,
  coalesce((select jsonb_agg(${OCCURRENCE} order by o.due_at) from reminder_occurrence o where o.reminder_id = r.id
    and (o.state = 'snoozed' or o.key = ? or o.due_at >= r.handled_to - interval '25 hours'
      or r.nag is not null and o.state = 'sent' and o.due_at >= r.handled_to - interval '21 days')), '[]') as occurrences
  from reminder r join user_settings s on s.user_id = r.user_id where r.id in (select jsonb_array_elements_text(?::jsonb)::uuid)`;

/** Reminders with what may still happen to them, in any order; those that are not there are left out. */
export async function readReminderRows(
  em: SqlEntityManager,
  reminderIds: readonly string[],
  occurrence: string | null = null,
): Promise<ReminderRow[]> {
  return await em.execute<ReminderRow[]>(ROW, [occurrence, JSON.stringify(reminderIds)]);
}

/** A reminder with what may still happen to it, and one occurrence besides; null = there is none with this id. */
export async function readReminderRow(
  em: SqlEntityManager,
  reminderId: string,
  occurrence: string | null = null,
): Promise<ReminderRow | null> {
  return (await readReminderRows(em, [reminderId], occurrence))[0] ?? null;
}
