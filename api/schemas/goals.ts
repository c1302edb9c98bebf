import { z } from 'zod';
import type { GoalRow } from '../../db/repositories/goals.ts';
import type { SkillRow } from '../../db/repositories/skills.ts';
import { CHECK_IN_QUESTIONS, paceOf, shareOf } from '../../domain/agenda/goals/goal.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { CalendarDate, ClockTime } from './task.ts';

const Title = z.string().trim().min(1, 'must not be empty').max(300, 'must be at most 300 characters');
const Amount = z.number().min(0, 'must be at least 0').max(1e12, 'must be at most 1e12');
const values = {
  title: Title,
  why: z.string().max(2000, 'must be at most 2000 characters').describe('why it matters'),
  unit: z.string().trim().min(1).max(30, 'must be at most 30 characters').nullable().describe('null: percent'),
  target: Amount.refine((target) => target > 0, 'must be above 0'),
  dueDate: CalendarDate.nullable(),
  checkInOn: z.int().min(1).max(7).nullable().describe('weekday of the question, 1 = Monday; null: nothing is asked'),
  checkInAt: ClockTime.describe("in the user's zone"),
};

export const GoalIn = z
  .strictObject({
    title: values.title,
    why: values.why.default(''),
    unit: values.unit.default(null),
    target: values.target.default(100),
    dueDate: values.dueDate.default(null),
    checkInOn: values.checkInOn.default(7),
    checkInAt: values.checkInAt.default('18:00'),
    milestones: z.array(Title).max(50, 'must be at most 50').default([]),
  })
  .meta({
    title: 'GoalInput',
    examples: [{ title: 'Run 100 km', unit: 'km', target: 100, milestones: ['10 km at once'] }],
  });
export const GoalChangeIn = z
  .strictObject(values)
  .partial()
  .meta({ title: 'GoalChange', examples: [{ dueDate: '2027-06-01' }] });
export const ProgressIn = z
  .strictObject({ progress: Amount })
  .meta({ title: 'GoalProgress', examples: [{ progress: 30 }] });
export const MilestoneIn = z
  .strictObject({ title: Title })
  .meta({ title: 'MilestoneInput', examples: [{ title: '10 km at once' }] });
export const AnswerIn = z
  .strictObject({ answer: z.string().trim().min(1, 'must not be empty').max(5000, 'must be at most 5000 characters') })
  .meta({ title: 'CheckInAnswer', examples: [{ answer: 'I ran in the mornings' }] });

export const GoalOut = z
  .object({
    ...values,
    id: z.uuid(),
    progress: z.number(),
    share: z.number().describe('of the way, 0..1'),
    state: z.enum(['active', 'reached', 'dropped']),
    pace: z.enum(['reached', 'ahead', 'on-track', 'behind', 'overdue', 'no-date']),
    createdOn: CalendarDate,
    milestones: z.array(z.object({ id: z.uuid(), title: z.string(), doneAt: z.iso.datetime().nullable() })),
    checkIns: z.array(
      z.object({
        date: CalendarDate,
        question: z.enum(CHECK_IN_QUESTIONS),
        answer: z.string().nullable(),
        progress: z.number(),
      }),
    ),
  })
  .meta({ title: 'Goal' });

/** The answer's form of a goal. */
export function goalOut(row: GoalRow, nowMs: number): z.input<typeof GoalOut> {
  const { milestones, checkIns, ...rest } = row;
  const pace = paceOf(row, dateOf(nowMs, row.zone));
  return { ...rest, milestones: [...milestones], checkIns: [...checkIns], share: shareOf(row), pace };
}

const Level = z.int().min(0, 'must be from 0').max(5, 'must be at most 5').describe('0 = none … 5 = teaches others');
export const SkillIn = z
  .strictObject({ name: Title, level: Level.default(0), targetLevel: Level.default(3) })
  .meta({ title: 'SkillInput', examples: [{ name: 'English', level: 2, targetLevel: 4 }] });
export const EvidenceIn = z
  .strictObject({ text: z.string().trim().min(1, 'must not be empty').max(2000), level: Level })
  .meta({ title: 'EvidenceInput', examples: [{ text: 'led a meeting in English', level: 3 }] });
export const SkillOut = z
  .object({
    id: z.uuid(),
    name: z.string(),
    level: z.int(),
    targetLevel: z.int(),
    evidence: z.array(z.object({ id: z.uuid(), text: z.string(), level: z.int(), createdAt: z.iso.datetime() })),
    createdAt: z.iso.datetime(),
  } satisfies Record<keyof SkillRow, z.ZodType>)
  .meta({ title: 'Skill' });

/** The answer's form of a skill. */
export const skillOut = ({ evidence, ...row }: SkillRow): z.input<typeof SkillOut> => ({
  ...row,
  evidence: [...evidence],
});
