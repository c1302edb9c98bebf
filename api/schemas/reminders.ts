import { z } from 'zod';
import type { ReminderOutcome } from '../../contracts/reminders.ts';
import type { OccurrenceView, ReminderView } from '../../db/repositories/reminders-read.ts';
import { REMINDER_LIMITS } from '../../domain/agenda/reminder-check.ts';
import type { ReminderDefinition } from '../../domain/agenda/reminder.ts';
import { ZoneIn } from './accounts.ts';

const Time = z.iso.datetime();
const { leads, leadMinutes, lateMinutes, nagMinutes, nagTimes, textLength } = REMINDER_LIMITS;
const EXAMPLE_START = '2030-01-07T08:30';

/** A wall time to the minute; seconds are added. */
export const WallIn = z
  .string()
  .regex(
    /^(19[7-9]\d|20\d\d|21\d\d)-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:00)?$/,
    'must be a wall time such as 2030-01-07T08:30',
  )
  .transform((wall) => (wall.length === 16 ? `${wall}:00` : wall));
const Dates = z.array(WallIn).max(1000, 'must be at most 1000');
const Minutes = (least: number, most: number) =>
  z.int('must be whole minutes').min(least, `must be at least ${least}`).max(most, `must be at most ${most}`);

export const MisfireIn = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('once'),
    maxLateMinutes: Minutes(1, lateMinutes).nullable().describe('null: 12 hours, or half the period if that is less'),
  }),
  z.strictObject({ kind: z.literal('skip') }),
]);
const NagIn = z.strictObject({
  everyMinutes: Minutes(nagMinutes.least, nagMinutes.most),
  times: z.int().min(1).max(nagTimes),
});

/** When a reminder comes. */
export const SeriesIn = {
  start: WallIn.describe('wall time of the first occurrence, or of the only one'),
  zone: ZoneIn.nullable().describe('the zone that it keeps; null: wherever the user is'),
  rule: z.string().max(1000).nullable().describe('RRULE of RFC 5545 without DTSTART; null: once'),
  exdates: Dates.describe('wall times that are left out'),
  rdates: Dates.describe('wall times that are added'),
};

const fields = {
  text: z.string().trim().min(1, 'must not be empty').max(textLength, `must be at most ${textLength} characters`),
  ...SeriesIn,
  leadMinutes: z
    .array(Minutes(1, leadMinutes))
    .max(leads, `must be at most ${leads}`)
    .describe('told so long before, too'),
  misfire: MisfireIn.describe('of what could not be told in time'),
  quiet: z.enum(['silent', 'hold', 'send']).describe('in quiet hours: without a sound, when they end, or as ever'),
  nag: NagIn.nullable().describe('told again until it is done'),
} satisfies Record<keyof ReminderDefinition, z.ZodType>;

export const ReminderIn = z
  .strictObject({
    ...fields,
    zone: fields.zone.default(null),
    rule: fields.rule.default(null),
    exdates: fields.exdates.default([]),
    rdates: fields.rdates.default([]),
    leadMinutes: fields.leadMinutes.default([]),
    misfire: fields.misfire.default({ kind: 'once', maxLateMinutes: null }),
    quiet: fields.quiet.default('silent'),
    nag: fields.nag.default(null),
  })
  .meta({
    title: 'NewReminder',
    examples: [{ text: 'Stretch', start: EXAMPLE_START, rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' }],
  });

export const ReminderEditIn = z
  .strictObject({ ...fields, dropSnoozed: z.boolean().describe('what is snoozed does not come either') })
  .partial()
  .meta({ title: 'ReminderChange', examples: [{ text: 'Stretch and breathe' }] });

export const ReminderOut = z
  .object({
    id: z.uuid(),
    text: z.string(),
    start: z.string(),
    zone: z.string().nullable(),
    rule: z.string().nullable(),
    exdates: z.array(z.string()),
    rdates: z.array(z.string()),
    leadMinutes: z.array(z.int()),
    misfire: MisfireIn,
    quiet: z.enum(['silent', 'hold', 'send']),
    nag: NagIn.nullable(),
    state: z.enum(['active', 'paused', 'done', 'deleted']).describe('done: nothing comes any more'),
    nextAt: Time.nullable().describe('when something is told next'),
    createdAt: Time,
  } satisfies Record<Exclude<keyof ReminderView, 'position'>, z.ZodType>)
  .meta({ title: 'Reminder' });

/** The answer's form of a reminder. */
export const reminderOut = ({
  id,
  text,
  start,
  zone,
  rule,
  misfire,
  quiet,
  nag,
  ...view
}: ReminderView): z.input<typeof ReminderOut> => ({
  ...{
    id,
    text,
    start,
    zone,
    rule,
    misfire,
    quiet,
    nag,
    state: view.state,
    nextAt: view.nextAt,
    createdAt: view.createdAt,
  },
  ...{ exdates: [...view.exdates], rdates: [...view.rdates], leadMinutes: [...view.leadMinutes] },
});

const OccurrenceState = z.enum(['sent', 'done', 'skipped', 'snoozed', 'missed', 'undelivered']);
const Key = z.string().regex(/^\d{8}[TR]\d{4}$/, 'must be the key of an occurrence such as 20300107T0830');

export const OccurrenceOut = z
  .object({
    key: z.string().describe('its original wall time'),
    state: OccurrenceState.describe('missed: too late to be told; undelivered: there was nobody to tell'),
    dueAt: Time,
    toldAt: Time.nullable(),
    snoozedUntil: Time.nullable(),
    doneAt: Time.nullable(),
  } satisfies Record<keyof OccurrenceView, z.ZodType>)
  .meta({ title: 'ReminderOccurrence' });

const OneOccurrence = {
  occurrence: Key.nullable().default(null).describe('null: the one that was told last, else the next'),
};
export const OccurrenceIn = z.strictObject(OneOccurrence).meta({ title: 'OfOccurrence', examples: [{}] });
export const SnoozeIn = z
  .strictObject({ ...OneOccurrence, minutes: Minutes(1, 527_040).optional(), until: Time.optional() })
  .refine(({ minutes, until }) => (minutes === undefined) !== (until === undefined), {
    error: 'give minutes or until',
  })
  .meta({ title: 'Snooze', examples: [{ minutes: 10 }] });

export const OutcomeOut = z
  .object({
    changed: z.boolean().describe('false: it stood so before'),
    state: z.enum(['active', 'paused', 'done', 'deleted']),
    nextAt: Time.nullable(),
    occurrence: z
      .object({ key: z.string(), state: OccurrenceState, snoozedUntil: Time.nullable(), doneAt: Time.nullable() })
      .nullable()
      .describe('the one that was changed'),
  })
  .meta({ title: 'ReminderOutcome' });

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** The answer's form of what came of a change. */
export const outcomeOut = ({ changed, state, nextAtMs, occurrence }: ReminderOutcome): z.input<typeof OutcomeOut> => ({
  ...{ changed, state, nextAt: isoOf(nextAtMs) },
  occurrence:
    occurrence === null
      ? null
      : {
          ...{ key: occurrence.key, state: occurrence.state },
          ...{ snoozedUntil: isoOf(occurrence.snoozedUntilMs), doneAt: isoOf(occurrence.doneAtMs) },
        },
});
