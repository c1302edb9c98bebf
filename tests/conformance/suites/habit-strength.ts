import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { dayNumber, type DayNumber } from '../../../domain/agenda/habits/day-number.ts';
import type { DayMark, HabitHistory } from '../../../domain/agenda/habits/habit-history.ts';
import { nextStrength, strengthSeries } from '../../../domain/agenda/habits/habit-strength.ts';
import { bestStreaks, streaksOf } from '../../../domain/agenda/habits/habit-streaks.ts';
import { coveredBy, impliedDays, snapTogether } from '../../../domain/agenda/habits/implied-days.ts';
import type { SuiteResult } from '../suite.ts';

const Mark = z.union([z.enum(['done', 'no', 'skip', 'unknown', 'auto']), z.number()]);
/** Days ago and what was so. */
const Pairs = z.array(z.tuple([z.int(), Mark]));
const Frequency = z.object({ numerator: z.int(), denominator: z.int() });
const Habit = z.object({
  type: z.enum(['boolean', 'numerical']),
  frequency: Frequency,
  targetType: z.enum(['atLeast', 'atMost']).optional(),
  targetValue: z.number().optional(),
});
const Interval = z.object({ begin: z.int(), center: z.int(), end: z.int() });
const StreakCase = z.object({ startDaysAgo: z.int(), endDaysAgo: z.int(), length: z.int() });
const named = { id: z.string(), today: z.string().default('2015-01-25') };
const Case = z.discriminatedUnion('kind', [
  z.object({
    ...{ ...named, kind: z.literal('step'), frequency: z.number(), previousScore: z.number(), completion: z.number() },
    ...{ expected: z.number(), tolerance: z.number() },
  }),
  z.object({
    ...{ ...named, kind: z.literal('series'), habit: Habit, entries: Pairs, tolerance: z.number().nullable() },
    ...{ op: z.enum(['approx', 'gt', 'lt', 'gte', 'lte']), expected: z.array(z.tuple([z.int(), z.number()])) },
    ...{ expectedImplied: Pairs.optional(), expectedStreaks: z.array(StreakCase).optional() },
  }),
  z.object({
    ...{ ...named, kind: z.literal('impliedEntries'), frequency: Frequency, entries: Pairs, expected: Pairs },
  }),
  z.object({
    ...{ ...named, kind: z.literal('intervals'), frequency: Frequency, entries: Pairs, expected: z.array(Interval) },
  }),
  z.object({
    ...{ ...named, kind: z.literal('snapIntervals'), input: z.array(Interval), expected: z.array(Interval) },
  }),
  z.object({
    ...{ ...named, kind: z.literal('streaks'), habit: Habit, entries: Pairs },
    expectedBestLengths: z.array(z.object({ limit: z.int(), lengths: z.array(z.int()) })),
  }),
]);
type Case = z.output<typeof Case>;
type OfKind<K extends Case['kind']> = Extract<Case, { kind: K }>;

/** What came out wrong, or nothing. */
type Complaints = readonly string[];

const differ = (what: string, found: unknown, expected: unknown): Complaints => {
  const [got, wanted] = [JSON.stringify(found), JSON.stringify(expected)];
  return got === wanted ? [] : [`${what}: ${got} instead of ${wanted}`];
};

function historyOf(habit: z.output<typeof Habit>, today: DayNumber, entries: z.output<typeof Pairs>): HabitHistory {
  const marks = entries.flatMap(([daysAgo, mark]): [DayNumber, DayMark][] =>
    mark === 'unknown' || mark === 'auto' ? [] : [[today - daysAgo, mark]],
  );
  const { numerator, denominator } = habit.frequency;
  const measured = habit.targetType === 'atMost' ? 'at-most' : 'at-least';
  return {
    kind: habit.type === 'boolean' ? 'yes-no' : measured,
    goals: [{ since: null, times: numerator, days: denominator, target: habit.targetValue ?? null }],
    marks: new Map(marks),
    isFrozen: () => false,
  };
}

/** What was entered, with the implied days: newest first. */
function impliedOf(history: HabitHistory, today: DayNumber): [number, string | number][] {
  const days = new Map<DayNumber, DayMark | 'auto'>(history.marks);
  for (const day of impliedDays(history)) days.set(day, 'auto');
  return [...days].map(([day, mark]): [number, DayMark | 'auto'] => [today - day, mark]).sort(([a], [b]) => a - b);
}

function holds(op: OfKind<'series'>['op'], found: number, [expected, tolerance]: readonly [number, number]): boolean {
  const by = found - expected;
  return { approx: Math.abs(by) <= tolerance, gt: by > 0, lt: by < 0, gte: by >= 0, lte: by <= 0 }[op];
}

function judgeSeries(given: OfKind<'series'>): Complaints {
  const today = dayNumber(given.today);
  const history = historyOf(given.habit, today, given.entries);
  const { on } = strengthSeries(history, today);
  const wrong = given.expected.filter(
    ([ago, score]) => !holds(given.op, on(today - ago), [score, given.tolerance ?? 0]),
  );
  const streaks = streaksOf(history, { measuredBy: 'day' }).reverse();
  const shown = streaks.map(({ from, to, length }) => ({ startDaysAgo: today - from, endDaysAgo: today - to, length }));
  return [
    ...wrong.map(([ago, score]) => `${ago} days ago ${on(today - ago)} instead of ${given.op} ${score}`),
    ...(given.expectedImplied ? differ('implied', impliedOf(history, today), given.expectedImplied) : []),
    ...(given.expectedStreaks ? differ('streaks', shown, given.expectedStreaks) : []),
  ];
}

const daysAgo = (interval: z.output<typeof Interval>, today: DayNumber) => ({
  begin: today - interval.begin,
  center: today - interval.center,
  end: today - interval.end,
});

function judgeStreaks(given: OfKind<'streaks'>): Complaints {
  const streaks = streaksOf(historyOf(given.habit, dayNumber(given.today), given.entries), { measuredBy: 'day' });
  return given.expectedBestLengths.flatMap(({ limit, lengths }) =>
    differ(
      `best ${limit}`,
      bestStreaks(streaks, limit).map(({ length }) => length),
      lengths,
    ),
  );
}

function judge(given: Case): Complaints {
  const today = dayNumber(given.today);
  switch (given.kind) {
    case 'step': {
      const found = nextStrength(given.previousScore, given.completion, given.frequency);
      return Math.abs(found - given.expected) <= given.tolerance ? [] : [`${found} instead of ${given.expected}`];
    }
    case 'series':
      return judgeSeries(given);
    case 'impliedEntries': {
      const history = historyOf({ type: 'boolean', frequency: given.frequency }, today, given.entries);
      return differ('implied', impliedOf(history, today), given.expected);
    }
    case 'intervals': {
      const dones = given.entries.filter(([, mark]) => mark === 'done').map(([ago]) => today - ago);
      const { numerator: times, denominator: days } = given.frequency;
      const found = coveredBy(dones, { times, days }).map((stretch) => daysAgo(stretch, today));
      return differ('intervals', found, given.expected);
    }
    case 'snapIntervals': {
      const found = snapTogether(given.input.map((stretch) => daysAgo(stretch, today)));
      const shown = found.map((stretch) => daysAgo(stretch, today));
      return differ('snapped', shown, given.expected);
    }
    case 'streaks':
      return judgeStreaks(given);
  }
}

/** Strength, implied days and streaks as Loop Habit Tracker's own tests have them. */
export async function run(file: string): Promise<SuiteResult> {
  const { cases } = z.object({ cases: z.array(Case) }).parse(JSON.parse(await readFile(file, 'utf8')));
  const failures = cases.flatMap((given) => {
    const complaints = judge(given);
    return complaints.length === 0 ? [] : [`${given.id}: ${complaints.join('; ')}`];
  });
  return { passed: cases.length - failures.length, failed: failures.length, failures };
}
