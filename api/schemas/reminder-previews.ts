import { z } from 'zod';
import { SeriesIn } from './reminders.ts';

/** An occurrence that is to come. */
const ComingOut = z.object({
  key: z.string(),
  wall: z.string().describe('what the clock shows'),
  at: z.iso.datetime(),
  words: z.string().describe("as one says it, in the user's language"),
});
const Next = z.array(ComingOut).describe('the next three, soonest first');

export const PreviewIn = z
  .strictObject({
    ...SeriesIn,
    zone: SeriesIn.zone.default(null),
    rule: SeriesIn.rule.default(null),
    exdates: SeriesIn.exdates.default([]),
    rdates: SeriesIn.rdates.default([]),
  })
  .meta({ title: 'Series', examples: [{ start: '2030-01-31T08:30', rule: 'FREQ=MONTHLY;BYMONTHDAY=-1' }] });
export const PreviewOut = z.object({ zone: z.string(), next: Next }).meta({ title: 'SeriesPreview' });

export const PhraseIn = z
  .strictObject({ phrase: z.string().trim().min(1, 'must not be empty').max(1000, 'must be at most 1000 characters') })
  .meta({ title: 'Phrase', examples: [{ phrase: 'call mum tomorrow at 6pm' }] });
export const UnderstoodOut = z
  .object({
    question: z
      .enum(['when', 'what', 'past', 'no-such-date', 'no-such-time', 'too-often', 'unclear'])
      .nullable()
      .describe('what has to be asked first; null: it is understood'),
    example: z.string().nullable().describe('a phrase that would be understood'),
    text: z.string().nullable(),
    start: z.string().nullable().describe('wall time of the first occurrence'),
    rule: z.string().nullable().describe('RRULE; null: once'),
    zone: z.string(),
    timeIsGuessed: z.boolean().describe('a day without a time: 9:00 was taken'),
    next: Next,
  })
  .meta({ title: 'UnderstoodPhrase' });
