import { z } from 'zod';
import type { OccasionRow } from '../../db/repositories/occasions.ts';
import type { PersonRow, PersonValues } from '../../db/repositories/people.ts';
import {
  checkOccasion,
  nextOccasion,
  OCCASION_KINDS,
  USUAL_LEAD_DAYS,
  yearsOn,
} from '../../domain/agenda/people/occasion.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { isCurrencyCode } from '../../domain/shared/iso-4217.ts';
import { LanguageIn } from './accounts.ts';
import { CalendarDate, ClockTime } from './task.ts';

const Word = z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters');
const Words = z.array(Word).max(50, 'must be at most 50');
const values = {
  name: z.string().trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters'),
  relation: Word.nullable().describe('in your words, e.g. mother'),
  birthYear: z.int().min(1900, 'must be from 1900').max(2100, 'must be at most 2100').nullable(),
  interests: Words,
  limits: Words.describe('what must not be given'),
  budgetMinor: z
    .int()
    .min(0, 'must be at least 0')
    .max(1_000_000_000_000)
    .nullable()
    .describe('of one present, in minor units of budgetCurrency'),
  budgetCurrency: z.string().refine(isCurrencyCode, 'must be an ISO 4217 code such as RUB').nullable(),
  language: LanguageIn.nullable().describe("null: the user's"),
  notes: z.string().max(5000, 'must be at most 5000 characters'),
} satisfies Record<keyof PersonValues, z.ZodType>;

export const PersonIn = z
  .strictObject({
    name: values.name,
    relation: values.relation.default(null),
    birthYear: values.birthYear.default(null),
    interests: values.interests.default([]),
    limits: values.limits.default([]),
    budgetMinor: values.budgetMinor.default(null),
    budgetCurrency: values.budgetCurrency.default(null),
    language: values.language.default(null),
    notes: values.notes.default(''),
  })
  .refine(({ budgetMinor, budgetCurrency }) => (budgetMinor === null) === (budgetCurrency === null), {
    path: ['budgetCurrency'],
    error: 'goes with budgetMinor: both or none',
  })
  .meta({ title: 'PersonInput', examples: [{ name: 'Mum', interests: ['tea', 'roses'] }] });
export const PersonChangeIn = z
  .strictObject(values)
  .partial()
  .meta({ title: 'PersonChange', examples: [{ notes: 'likes blue' }] });
export const PersonOut = z
  .object({
    ...values,
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  } satisfies Record<keyof PersonRow, z.ZodType>)
  .meta({ title: 'Person' });

/** The answer's form of a person. */
export const personOut = ({ interests, limits, ...row }: PersonRow): z.input<typeof PersonOut> => ({
  ...{ ...row, interests: [...interests], limits: [...limits] },
});

const occasion = {
  personId: z.uuid().nullable().describe("null: nobody's in particular"),
  kind: z.enum(OCCASION_KINDS),
  title: z.string().trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters').nullable(),
  month: z.int().min(1).max(12),
  day: z.int().min(1).max(31).describe('29 February comes on the 28th in other years'),
  year: z.int().min(1800).max(2200).nullable().describe('of the first time, e.g. of birth'),
  leadDays: z
    .array(z.int().min(1).max(180))
    .max(10, 'must be at most 10')
    .transform((days) => [...new Set(days)])
    .describe('days before it on which it is told of, besides the day itself'),
  at: ClockTime.describe("in the user's zone"),
};

export const OccasionIn = z
  .strictObject({
    personId: occasion.personId.default(null),
    kind: occasion.kind,
    title: occasion.title.default(null),
    month: occasion.month,
    day: occasion.day,
    year: occasion.year.default(null),
    leadDays: occasion.leadDays.default([...USUAL_LEAD_DAYS]),
    at: occasion.at.default('10:00'),
  })
  .superRefine(checkDate)
  .meta({ title: 'OccasionInput', examples: [{ kind: 'birthday', month: 3, day: 20, year: 1960 }] });
export const OccasionChangeIn = z
  .strictObject(occasion)
  .partial()
  .meta({ title: 'OccasionChange', examples: [{ at: '09:00' }] });

export const OccasionOut = z
  .object({
    ...occasion,
    leadDays: z.array(z.int()),
    id: z.uuid(),
    personName: z.string().nullable(),
    date: CalendarDate.describe('the next time'),
    years: z.int().nullable().describe('how many years it is then'),
    nextNoticeAt: z.iso.datetime().nullable(),
    isReady: z.boolean().describe('the present for the next time is there'),
  })
  .meta({ title: 'Occasion' });

interface DateGiven {
  readonly month: number;
  readonly day: number;
  readonly year: number | null;
}

/** Adds an issue when no year has this day. */
export function checkDate(date: DateGiven, context: Pick<z.RefinementCtx, 'addIssue'>): void {
  try {
    checkOccasion(date, []);
  } catch (err) {
    if (!(err instanceof DomainError)) throw err;
    context.addIssue({ code: 'custom', path: ['day'], message: err.message });
  }
}

/** The answer's form of an occasion. */
export function occasionOut(row: OccasionRow, nowMs: number): z.input<typeof OccasionOut> {
  const date = nextOccasion(row, dateOf(nowMs, row.zone));
  const { id, personId, personName, kind, title, month, day, year, at, nextAt } = row;
  return {
    ...{ id, personId, personName, kind, title, month, day, year, at, date },
    leadDays: [...row.leadDays],
    years: yearsOn(row, date),
    nextNoticeAt: nextAt,
    isReady: row.doneYear === Number(date.slice(0, 4)),
  };
}
