import { defineEntity, p } from '@mikro-orm/core';
import type { Misfire, Nag, QuietMode } from '../../domain/agenda/reminder-rules.ts';
import type { OccurrenceState, ReminderState } from '../../domain/agenda/reminder.ts';
import { AppUser } from './app-user.ts';

const ReminderSchema = defineEntity({
  name: 'Reminder',
  tableName: 'reminder',
  indexes: [{ properties: ['user', 'state', 'nextAt'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    text: p.text(),
    /** Wall time; see `ReminderDefinition` for this and the next ones. */
    start: p.text(),
    zone: p.text().nullable(),
    rule: p.text().nullable(),
    exdates: p.json<readonly string[]>(),
    rdates: p.json<readonly string[]>(),
    leadMinutes: p.json<readonly number[]>(),
    misfire: p.json<Misfire>(),
    quiet: p.text().$type<QuietMode>(),
    nag: p.json<Nag>().nullable(),
    state: p.text().$type<ReminderState>().default('active'),
    /** Grows with each change. */
    version: p.bigint('number').defaultRaw('0'),
    /** When something is to be told next; null = nothing is. */
    nextAt: p.datetime().nullable(),
    /** Moments up to here are done with, counted in this zone: as wall time they stay so when the zone changes. */
    handledTo: p.datetime(),
    handledZone: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** What a person wants to be reminded of; its workflow `reminder:<id>` knows when to come again. */
export class Reminder extends ReminderSchema.class {}
ReminderSchema.setClass(Reminder);

const ReminderOccurrenceSchema = defineEntity({
  name: 'ReminderOccurrence',
  tableName: 'reminder_occurrence',
  indexes: [
    {
      name: 'reminder_occurrence_snoozed_index',
      expression: `create index reminder_occurrence_snoozed_index on reminder_occurrence (reminder_id) where state = 'snoozed'`,
    },
  ],
  properties: {
    reminder: () => p.manyToOne(Reminder).primary().deleteRule('cascade'),
    /** Original wall time, `YYYYMMDDTHHMM`. */
    key: p.text().primary(),
    state: p.text().$type<OccurrenceState>(),
    /** When it was to be told, as its zone was then. */
    dueAt: p.datetime(),
    /** Lead times told or missed, minutes; 0 = the occurrence itself. */
    handledMinutes: p.json<readonly number[]>().defaultRaw("'[]'"),
    /** Last told; null = not yet. */
    toldAt: p.datetime().nullable(),
    snoozedUntil: p.datetime().nullable(),
    /** How often it was told again because nobody said that it is done. */
    nags: p.integer().default(0),
    /** Dedupe keys of its messages in the outbox, oldest first. */
    messages: p.json<readonly string[]>().defaultRaw("'[]'"),
    doneAt: p.datetime().nullable(),
    updatedAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});
/** One time of a reminder, from the moment that something happened to it. */
export class ReminderOccurrence extends ReminderOccurrenceSchema.class {}
ReminderOccurrenceSchema.setClass(ReminderOccurrence);
