import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ReminderDefinition, ReminderState } from '../../domain/agenda/reminder.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';
import type { OccurrenceRow } from './reminder-row.ts';

/** One message of a reminder. */
export interface ReminderMessage {
  readonly dedupeKey: string;
  readonly payload: OutboxPayload;
  /** Of an edit: the dedupe key of what it replaces; it goes to the chat of that one. */
  readonly edits: string | null;
}

/** How a reminder stands from now on, and what is told with it. */
export interface ReminderSettlement {
  readonly id: string;
  /** Of the row that all this was computed from. */
  readonly version: number;
  readonly state: ReminderState;
  readonly nextAtMs: number | null;
  readonly handledToMs: number;
  readonly handledZone: string;
  /** Written over those of the same key. */
  readonly occurrences: readonly OccurrenceRow[];
  readonly messages: readonly ReminderMessage[];
  /** Where they are told; null = nowhere, then only edits are written. */
  readonly chat: { readonly messenger: MessengerName; readonly chatId: string } | null;
}

const time = (value: string): string => `to_timestamp(${value} / 1000)`;

const SETTLE = `with settled as (
    select * from jsonb_to_recordset(?::jsonb) as s (id uuid, version bigint, state text, "nextAtMs" float8, "handledToMs" float8,
      "handledZone" text, sender text, "chatId" bigint, occurrences jsonb, messages jsonb)),
  held as (
    update reminder r set version = r.version + 1, state = s.state, next_at = ${time('s."nextAtMs"')},
      handled_to = ${time('s."handledToMs"')}, handled_zone = s."handledZone"
    from settled s where r.id = s.id and r.version = s.version
    returning r.id, r.user_id, s.sender, s."chatId", s.occurrences, s.messages),
  kept as (
    insert into reminder_occurrence (reminder_id, key, state, due_at, handled_minutes, told_at, snoozed_until, nags, messages, done_at)
    select held.id, o.key, o.state, ${time('o."dueAtMs"')}, o."handledMinutes", ${time('o."toldAtMs"')},
      ${time('o."snoozedUntilMs"')}, o.nags, o.messages, ${time('o."doneAtMs"')}
    from held, jsonb_to_recordset(held.occurrences) as o (key text, state text, "dueAtMs" float8, "handledMinutes" jsonb,
      "toldAtMs" float8, "snoozedUntilMs" float8, nags int, messages jsonb, "doneAtMs" float8)
    on conflict (reminder_id, key) do update set state = excluded.state, due_at = excluded.due_at,
      handled_minutes = excluded.handled_minutes, told_at = excluded.told_at, snoozed_until = excluded.snoozed_until,
      nags = excluded.nags, messages = excluded.messages, done_at = excluded.done_at, updated_at = clock_timestamp()),
  message as (
    select held.id, held.user_id, coalesce(told.sender, held.sender) as sender, coalesce(told.chat_id, held."chatId") as chat_id,
      m.payload, m."dedupeKey", m.edits, m.place
    from held cross join jsonb_to_recordset(held.messages) as m ("dedupeKey" text, payload jsonb, edits text, place int)
      left join outbox_message told on told.user_id = held.user_id and told.dedupe_key = m.edits
    where case when m.edits is null then held.sender is not null else told.id is not null end),
  written as (
    insert into outbox_message (user_id, sender, chat_id, kind, dedupe_key, edits, payload)
    select user_id, sender, chat_id, payload->>'kind', "dedupeKey", edits, payload from message
    order by place on conflict (user_id, dedupe_key) do nothing)
  select held.id, array(select distinct sender from message where message.id = held.id) as senders from held`;

/**
 * Stores what was decided about reminders with their messages, all in one statement; each only if nothing has changed it
 * meanwhile. Every reminder at most once.
 * @returns the messengers to wake after the commit by the reminder's id; one that is absent is another one by now: read it again
 */
export async function settleReminders(
  em: SqlEntityManager,
  settlements: readonly ReminderSettlement[],
): Promise<ReadonlyMap<string, readonly MessengerName[]>> {
  const rows = settlements.map(({ chat, messages, ...settled }) => ({
    ...{ ...settled, sender: chat?.messenger ?? null, chatId: chat?.chatId ?? null },
    messages: messages.map((message, place) => ({ ...message, place })),
  }));
  const held = await em.execute<{ id: string; senders: MessengerName[] }[]>(SETTLE, [JSON.stringify(rows)]);
  return new Map(held.map(({ id, senders }) => [id, senders]));
}

/** `settleReminders` of one; null = the row is another one by now: read it again. */
export async function settleReminder(
  em: SqlEntityManager,
  settled: ReminderSettlement,
): Promise<readonly MessengerName[] | null> {
  return (await settleReminders(em, [settled])).get(settled.id) ?? null;
}

/** What a new reminder begins with. */
export interface ReminderBeginning {
  readonly id: string;
  readonly userId: string;
  /** Moments up to here are done with. */
  readonly handledToMs: number;
  readonly handledZone: string;
}

/** Stores a reminder unless it is there already. */
export async function insertReminder(
  em: SqlEntityManager,
  { id, userId, handledToMs, handledZone }: ReminderBeginning,
  definition: ReminderDefinition,
): Promise<void> {
  await em.execute(
    `insert into reminder (id, user_id, handled_to, handled_zone, text, start, zone, rule, exdates, rdates, lead_minutes, misfire, quiet, nag)
     values (?, ?, ${time('?::float8')}, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?::jsonb) on conflict (id) do nothing`,
    [id, userId, handledToMs, handledZone, ...definitionValues(definition)],
  );
}

/** Says anew what a reminder says and when; call it in the transaction of its settlement. */
export async function rewriteReminder(
  em: SqlEntityManager,
  reminderId: string,
  definition: ReminderDefinition,
): Promise<void> {
  await em.execute(
    `update reminder set text = ?, start = ?, zone = ?, rule = ?, exdates = ?::jsonb, rdates = ?::jsonb, lead_minutes = ?::jsonb,
       misfire = ?::jsonb, quiet = ?, nag = ?::jsonb where id = ?`,
    [...definitionValues(definition), reminderId],
  );
}

function definitionValues(definition: ReminderDefinition): unknown[] {
  const { text, start, zone, rule, exdates, rdates, leadMinutes, misfire, quiet, nag } = definition;
  const json = [exdates, rdates, leadMinutes, misfire].map((value) => JSON.stringify(value));
  return [text, start, zone, rule, ...json, quiet, nag === null ? null : JSON.stringify(nag)];
}
