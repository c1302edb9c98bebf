import { defineEntity, p } from '@mikro-orm/core';
import type { GroupAnswer as Answer, GroupEventState } from '../../domain/agenda/groups/group.ts';
import { AgendaGroup, GroupTag } from './agenda-group.ts';
import { AppUser } from './app-user.ts';

const GroupEventSchema = defineEntity({
  name: 'GroupEvent',
  tableName: 'group_event',
  indexes: [{ properties: ['group', 'state', 'nextAt'] }],
  properties: {
    id: p.uuid().primary(),
    group: () => p.manyToOne(AgendaGroup).deleteRule('cascade'),
    /** null = he has gone. */
    organiser: () => p.manyToOne(AppUser).nullable().deleteRule('set null'),
    title: p.text(),
    description: p.text().nullable(),
    /** Wall time in `zone`; see `GroupEventDefinition` for this and the next ones. */
    start: p.text(),
    zone: p.text(),
    rule: p.text().nullable(),
    exdates: p.json<readonly string[]>(),
    durationMinutes: p.integer().nullable(),
    leadMinutes: p.json<readonly number[]>(),
    state: p.text().$type<GroupEventState>().default('active'),
    /** Grows with each change. */
    version: p.bigint('number').defaultRaw('0'),
    /** When members are told next; null = they are not. */
    nextAt: p.datetime().nullable(),
    /** Moments up to here are done with. */
    handledTo: p.datetime(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** An event of a group; its workflow `group-event:<id>` knows when to tell the members. */
export class GroupEvent extends GroupEventSchema.class {}
GroupEventSchema.setClass(GroupEvent);

const GroupEventTagSchema = defineEntity({
  name: 'GroupEventTag',
  tableName: 'group_event_tag',
  properties: {
    event: () => p.manyToOne(GroupEvent).primary().deleteRule('cascade'),
    tag: () => p.manyToOne(GroupTag).primary().deleteRule('cascade'),
  },
});
/** An event is for those who have one of its tags; without tags it is for all. */
export class GroupEventTag extends GroupEventTagSchema.class {}
GroupEventTagSchema.setClass(GroupEventTag);

const GroupAnswerSchema = defineEntity({
  name: 'GroupAnswer',
  tableName: 'group_answer',
  properties: {
    event: () => p.manyToOne(GroupEvent).primary().deleteRule('cascade'),
    /** Original wall time, `YYYYMMDDTHHMM`. */
    key: p.text().primary(),
    user: () => p.manyToOne(AppUser).primary().deleteRule('cascade'),
    answer: p.text().$type<Answer>(),
    answeredAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});
/** Whether somebody comes, of one occurrence. */
export class GroupAnswer extends GroupAnswerSchema.class {}
GroupAnswerSchema.setClass(GroupAnswer);

const GroupSummarySchema = defineEntity({
  name: 'GroupSummary',
  tableName: 'group_summary',
  properties: {
    event: () => p.manyToOne(GroupEvent).primary().deleteRule('cascade'),
    key: p.text().primary(),
    /** When the organiser hears of the answers that came since; null = there are none. */
    dueAt: p.datetime().nullable(),
    /** How often he was told. */
    told: p.integer().default(0),
  },
});
/** What the organiser of an event is told of the answers to one occurrence. */
export class GroupSummary extends GroupSummarySchema.class {}
GroupSummarySchema.setClass(GroupSummary);

const CalendarFeedSchema = defineEntity({
  name: 'CalendarFeed',
  tableName: 'calendar_feed',
  properties: {
    user: () => p.oneToOne(AppUser).primary().deleteRule('cascade'),
    /** SHA-256 of the secret in its address, hex. */
    secretHash: p.text().unique(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** The address at which calendar programs read a person's events. */
export class CalendarFeed extends CalendarFeedSchema.class {}
CalendarFeedSchema.setClass(CalendarFeed);
