import { freezes, type Habit } from './habit.ts';
import type { DayNumber } from './day-number.ts';
import { goalOn, markedSpan, markOn, THOUSANDTHS, type DayMark, type HabitHistory } from './habit-history.ts';
import { strengthSeries } from './habit-strength.ts';
import { bestStreaks, streakOn, streaksOf, type Streak } from './habit-streaks.ts';
import { impliedDays } from './implied-days.ts';
import { runningSums } from './running-sums.ts';

export type Marks = ReadonlyMap<DayNumber, DayMark>;

/** A habit with what is known of its days, as the rules of strength and streaks take it. */
export const historyOf = (
  habit: Pick<Habit, 'kind' | 'goals' | 'restDays' | 'pauses'>,
  marks: Marks,
): HabitHistory => ({
  kind: habit.kind,
  goals: habit.goals,
  marks,
  isFrozen: freezes(habit),
});

/** How a day stands: `done` by hand, `implied` by the frequency, `frozen` = skipped, rest or vacation, `open` = nothing yet. */
export type DayStanding = 'done' | 'implied' | 'partly' | 'over' | 'frozen' | 'open';

export interface DayState {
  readonly standing: DayStanding;
  readonly mark: DayMark | null;
  /** Of a measured habit: units in the days of its frequency that end with this one. */
  readonly amount: number;
}

/** How each day stands; answers any day. */
export function dayStates(history: HabitHistory, to: DayNumber): (day: DayNumber) => DayState {
  const implied = impliedDays(history);
  const from = Math.min(markedSpan(history)?.from ?? to, to);
  const { sum } = runningSums(history, from, to);
  return (day) => {
    const mark = markOn(history, day);
    const amount = history.kind === 'yes-no' ? 0 : sum(day, goalOn(history, day).days) / THOUSANDTHS;
    const standing =
      history.kind === 'yes-no' ? yesNo(mark, implied.has(day)) : measured(history, day, { mark, amount });
    return { standing, mark, amount };
  };
}

function yesNo(mark: DayMark | null, implied: boolean): DayStanding {
  if (mark === 'done') return 'done';
  if (implied) return 'implied';
  return mark === 'skip' ? 'frozen' : 'open';
}

function measured(
  history: HabitHistory,
  day: DayNumber,
  { mark, amount }: { readonly mark: DayMark | null; readonly amount: number },
): DayStanding {
  if (mark === 'skip') return 'frozen';
  const target = goalOn(history, day).target ?? 0;
  if (history.kind === 'at-most') {
    if (amount > target) return 'over';
    return typeof mark === 'number' ? 'done' : 'open';
  }
  if (amount >= target) return typeof mark === 'number' ? 'done' : 'implied';
  return typeof mark === 'number' && mark > 0 ? 'partly' : 'open';
}

/** Nothing more is to be asked on such a day. */
export const isSettled = ({ standing, mark }: DayState): boolean =>
  ['done', 'implied', 'frozen', 'over'].includes(standing) || mark === 'no';

export interface HabitStatistics {
  /** 0..1, on the day and 30 and 365 days before. */
  readonly strength: number;
  readonly strengthMonthAgo: number;
  readonly strengthYearAgo: number;
  /** Not broken yet; null = none. */
  readonly streak: Streak | null;
  /** The longest, newest first. */
  readonly bestStreaks: readonly Streak[];
  /** Days done by hand; of a measured habit those that met its goal. */
  readonly daysDone: number;
  /** Units in all. */
  readonly total: number;
  readonly today: DayState;
}

const BEST = 5;

/** All figures of a habit as of a day. */
export function statisticsOf(history: HabitHistory, today: DayNumber): HabitStatistics {
  const { on } = strengthSeries(history, today);
  const streaks = streaksOf(history, { to: today }).filter(({ active }) => active > 0);
  const states = dayStates(history, today);
  const marked = [...history.marks].filter(([day]) => day <= today);
  const amounts = marked.map(([, mark]) => (typeof mark === 'number' ? mark : 0));
  return {
    strength: on(today),
    strengthMonthAgo: on(today - 30),
    strengthYearAgo: on(today - 365),
    streak: streakOn(streaks, today),
    bestStreaks: bestStreaks(streaks, BEST),
    daysDone: marked.filter(([day]) => states(day).standing === 'done').length,
    total: amounts.reduce((sum, amount) => sum + Math.round(amount * THOUSANDTHS), 0) / THOUSANDTHS,
    today: states(today),
  };
}
