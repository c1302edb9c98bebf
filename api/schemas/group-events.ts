import { z } from 'zod';
import type { AnswerRow, SeenEvent } from '../../db/repositories/group-events.ts';
import { eventOccurrences } from '../../domain/agenda/groups/event-moments.ts';
import { GROUP_ANSWERS, type GroupEventDefinition } from '../../domain/agenda/groups/group.ts';
import { ZoneIn } from './accounts.ts';
import { WallIn } from './reminders.ts';

const whole = (least: number, most: number) =>
  z.int('must be whole minutes').min(least, `must be at least ${least}`).max(most, `must be at most ${most}`);

const fields = {
  title: z.string().trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters'),
  description: z.string().trim().min(1).max(4000, 'must be at most 4000 characters').nullable(),
  start: WallIn.describe('wall time of the first occurrence, or of the only one'),
  zone: ZoneIn.describe('the zone of that time'),
  rule: z.string().max(1000).nullable().describe('RRULE of RFC 5545 without DTSTART; null: once'),
  exdates: z.array(WallIn).max(1000, 'must be at most 1000').describe('wall times that are left out'),
  durationMinutes: whole(1, 44_640).nullable(),
  leadMinutes: z.array(whole(1, 40_320)).max(10, 'must be at most 10').describe('members are told so long before, too'),
  tagIds: z.array(z.uuid()).max(50).describe('for members with one of these tags; none: for all'),
} satisfies Record<keyof GroupEventDefinition, z.ZodType>;

export const GroupEventIn = z
  .strictObject({
    ...fields,
    description: fields.description.default(null),
    zone: ZoneIn.optional().describe('absent: your own'),
    rule: fields.rule.default(null),
    exdates: fields.exdates.default([]),
    durationMinutes: fields.durationMinutes.default(null),
    leadMinutes: fields.leadMinutes.default([]),
    tagIds: fields.tagIds.default([]),
  })
  .meta({
    title: 'NewGroupEvent',
    examples: [{ title: 'Chess', start: '2030-01-07T19:00', rule: 'FREQ=WEEKLY;BYDAY=MO', leadMinutes: [60] }],
  });
export const GroupEventEditIn = z
  .strictObject(fields)
  .partial()
  .meta({ title: 'GroupEventChange', examples: [{ title: 'Chess and tea' }] });

const Occurrence = z.string().regex(/^\d{8}[TR]\d{4}$/, 'must be an occurrence such as 20300107T1900');

export const GroupEventOut = z
  .object({
    id: z.uuid(),
    groupId: z.uuid(),
    ...fields,
    start: z.string(),
    zone: z.string(),
    exdates: z.array(z.string()),
    organiserId: z.uuid().nullable().describe('null: he has gone'),
    state: z.enum(['active', 'done', 'deleted']).describe('done: nothing comes any more'),
    nextAt: z.iso.datetime().nullable().describe('when members are told next'),
    next: z
      .array(z.object({ occurrence: z.string(), at: z.iso.datetime() }))
      .describe('the next three occurrences; their names are for answers'),
  })
  .meta({ title: 'GroupEvent' });

const iso = (ms: number): string => new Date(ms).toISOString();

/** An event as an answer has it. */
export function groupEventOut(event: SeenEvent, nowMs: number): z.input<typeof GroupEventOut> {
  const { id, groupId, title, description, start, zone, rule, durationMinutes, organiserId, state, nextAtMs } = event;
  return {
    ...{ id, groupId, title, description, start, zone, rule, durationMinutes, organiserId, state },
    exdates: [...event.exdates],
    leadMinutes: [...event.leadMinutes],
    tagIds: [...event.tagIds],
    nextAt: nextAtMs === null ? null : iso(nextAtMs),
    next: eventOccurrences(event, nowMs, 3).map(({ key, atMs }) => ({ occurrence: key, at: iso(atMs) })),
  };
}

export const AnswerIn = z
  .strictObject({ occurrence: Occurrence, answer: z.enum(GROUP_ANSWERS) })
  .meta({ title: 'GroupAnswerInput', examples: [{ occurrence: '20300107T1900', answer: 'going' }] });
export const AnswersQuery = z.strictObject({
  occurrence: Occurrence.optional().describe('absent: the next one, or the last where none comes'),
});
export const AnswersOut = z
  .object({
    occurrence: z.string(),
    counts: z.object({ going: z.int(), maybe: z.int(), not: z.int() }),
    items: z.array(
      z.object({ userId: z.uuid(), name: z.string(), answer: z.enum(GROUP_ANSWERS), answeredAt: z.iso.datetime() }),
    ),
  })
  .meta({ title: 'GroupAnswers' });

/** Answers as an answer has them. */
export function answersOut(occurrence: string, rows: readonly AnswerRow[]): z.input<typeof AnswersOut> {
  const count = (answer: AnswerRow['answer']): number => rows.filter((row) => row.answer === answer).length;
  return {
    occurrence,
    counts: { going: count('going'), maybe: count('maybe'), not: count('not') },
    items: rows.map(({ answeredAtMs, ...row }) => ({ ...row, answeredAt: iso(answeredAtMs) })),
  };
}
