import { z } from 'zod';
import type { HabitRow } from '../../db/repositories/habits.ts';
import { dateOfDay, dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { HABIT_KINDS } from '../../domain/agenda/habits/habit-history.ts';
import {
  historyOf,
  statisticsOf,
  type HabitStatistics,
  type Marks,
} from '../../domain/agenda/habits/habit-statistics.ts';
import type { Streak } from '../../domain/agenda/habits/habit-streaks.ts';
import { checkDefinition, DEFAULT_DAY_START, DEFAULT_MARK, definitionOf } from '../../domain/agenda/habits/habit.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { Id } from './paging.ts';
import { CalendarDate, ClockTime } from './task.ts';

const Goal = z
  .strictObject({
    times: z.int().min(1).max(366).default(1).describe('of a yes/no habit: how often in `days` days'),
    days: z.int().min(1).max(366).default(1),
    target: z.number().min(0).nullable().default(null).describe('of a measured habit: units in `days` days'),
  })
  .meta({ title: 'HabitGoal' });
const MicroGoal = z
  .strictObject({
    goal: z.number().min(0).describe('where it shall lead to'),
    step: z.number().min(0).describe('what is added, or taken away, at a time'),
    mark: z.number().min(0).max(1).default(DEFAULT_MARK).describe('strength from which the next step is proposed'),
  })
  .meta({ title: 'MicroGoal' });

const values = {
  name: z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
  question: z.string().max(500).nullable().describe('asked by the prompts'),
  description: z.string().max(500).nullable(),
  goal: Goal,
  unit: z.string().max(20).nullable().describe('of a measured habit, e.g. `km`'),
  pressAdds: z.number().positive().nullable().describe('what one press adds'),
  promptTimes: z.array(ClockTime).max(8).describe("in the user's zone; they ask only while the day is not done"),
  dayStart: ClockTime.describe('until then it is still yesterday'),
  restDays: z.array(z.int().min(1).max(7)).max(6).describe('1 = Monday'),
  microGoal: MicroGoal.nullable(),
  weeklyPicture: z.boolean().describe('the heat map comes on Sunday evenings'),
  colour: z.int().min(0).max(19),
};

export const HabitIn = z
  .strictObject({
    ...values,
    kind: z.enum(HABIT_KINDS).default('yes-no'),
    question: values.question.default(null),
    description: values.description.default(null),
    goal: Goal.prefault({}),
    unit: values.unit.default(null),
    pressAdds: values.pressAdds.default(null),
    promptTimes: values.promptTimes.default([]),
    dayStart: values.dayStart.default(DEFAULT_DAY_START),
    restDays: values.restDays.default([]),
    microGoal: values.microGoal.default(null),
    weeklyPicture: values.weeklyPicture.default(false),
    colour: values.colour.default(8),
  })
  .superRefine((habit, context) => {
    try {
      checkDefinition(habit);
    } catch (err) {
      if (!(err instanceof DomainError)) throw err;
      context.addIssue({ code: 'custom', path: [], message: err.message });
    }
  })
  .meta({
    title: 'HabitInput',
    examples: [
      {
        name: 'Read',
        kind: 'at-least',
        unit: 'pages',
        goal: { days: 1, target: 20 },
        promptTimes: ['21:00'],
        pressAdds: 5,
      },
    ],
  });

/** What is absent stays; a new goal counts from today. */
export const HabitChangeIn = z
  .strictObject(values)
  .partial()
  .meta({ title: 'HabitChange', examples: [{ promptTimes: ['08:00', '21:00'] }] });

export const Mark = z
  .union([z.enum(['done', 'no', 'skip']), z.number().min(0).max(1e9)])
  .describe('a number = an amount');
export const EntryParams = z.strictObject({ id: Id, date: CalendarDate });
export const EntryIn = z
  .strictObject({ mark: Mark, note: z.string().max(1000).optional() })
  .meta({ title: 'HabitEntryInput', examples: [{ mark: 'skip', note: 'ill' }] });
export const EntryOut = z
  .object({ date: z.iso.date(), mark: Mark, note: z.string().nullable() })
  .meta({ title: 'HabitEntry' });

const StreakOut = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    length: z.int().describe('days, with those that were skipped or frozen'),
    active: z.int().describe('days without those'),
  })
  .meta({ title: 'HabitStreak' });
const TodayOut = z.object({
  date: z.iso.date().describe("the habit's own day"),
  standing: z.enum(['done', 'implied', 'partly', 'over', 'frozen', 'open']),
  mark: Mark.nullable(),
  amount: z.number().describe("units in the goal's days that end today"),
});

export const HabitOut = z
  .object({
    ...values,
    id: z.uuid(),
    kind: z.enum(HABIT_KINDS),
    goals: z
      .array(Goal.extend({ since: z.iso.date().nullable() }))
      .describe('what was aimed at since when, oldest first'),
    pauses: z.array(z.object({ from: z.iso.date(), to: z.iso.date().nullable() })),
    archived: z.boolean(),
    createdAt: z.iso.datetime(),
    today: TodayOut,
    strength: z.number().describe('0 to 1'),
    streak: StreakOut.nullable().describe('not broken yet'),
  })
  .meta({ title: 'Habit' });

export const StatisticsOut = z
  .object({
    strength: z.number(),
    strengthMonthAgo: z.number(),
    strengthYearAgo: z.number(),
    streak: StreakOut.nullable(),
    bestStreaks: z.array(StreakOut).describe('newest first'),
    daysDone: z.int(),
    total: z.number().describe('units in all'),
    today: TodayOut,
  })
  .meta({ title: 'HabitStatistics' });

export const PauseIn = z
  .strictObject({ from: CalendarDate, to: CalendarDate.nullable().default(null) })
  .meta({ title: 'HabitPause', examples: [{ from: '2027-07-01', to: '2027-07-14' }] });
export const RaiseIn = z
  .strictObject({ aim: z.number().min(0), agreed: z.boolean() })
  .meta({ title: 'HabitRaise', examples: [{ aim: 10, agreed: true }] });

export const ImportOut = z
  .object({
    habits: z.array(
      z.object({ id: z.uuid(), name: z.string(), isNew: z.boolean(), days: z.int().describe('not known before') }),
    ),
    problems: z.array(z.object({ file: z.string(), line: z.int().nullable(), message: z.string() })),
  })
  .meta({ title: 'HabitImport' });

const streakOut = (streak: Streak): z.input<typeof StreakOut> => ({
  ...streak,
  from: dateOfDay(streak.from),
  to: dateOfDay(streak.to),
});

/** Figures as they leave the API. */
export function statisticsOut(statistics: HabitStatistics, date: string): z.input<typeof StatisticsOut> {
  const { streak, bestStreaks, today } = statistics;
  return {
    ...statistics,
    streak: streak === null ? null : streakOut(streak),
    bestStreaks: bestStreaks.map(streakOut),
    today: { ...today, date },
  };
}

/** A habit as it leaves the API. */
export function habitOut(habit: HabitRow, marks: Marks, nowMs: number): z.input<typeof HabitOut> {
  const date = dateOf(nowMs, habit.zone, habit.dayStart);
  const { strength, streak, today } = statisticsOf(historyOf(habit, marks), dayNumber(date));
  const definition = definitionOf(habit);
  return {
    ...{ ...definition, id: habit.id, archived: habit.archived, strength },
    promptTimes: [...definition.promptTimes],
    restDays: [...definition.restDays],
    goals: habit.goals.map((goal) => ({ ...goal, since: goal.since === null ? null : dateOfDay(goal.since) })),
    pauses: [...habit.pauses],
    createdAt: new Date(habit.createdAtMs).toISOString(),
    today: { ...today, date },
    streak: streak === null ? null : streakOut(streak),
  };
}
