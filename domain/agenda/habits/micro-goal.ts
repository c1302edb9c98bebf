import type { Habit } from './habit.ts';
import { HABIT_LIMITS } from './habit.ts';
import type { DatedGoal, HabitGoal } from './habit-history.ts';
import type { DayNumber } from './day-number.ts';

/** Days without another proposal after one that was made. */
export const RAISE_REST_DAYS = 14;

export interface RaiseBasis {
  /** Today's strength, 0..1. */
  readonly strength: number;
  readonly today: DayNumber;
  /** Day of the last proposal; null = there was none. */
  readonly offeredOn: DayNumber | null;
}

/**
 * The next step of a micro-goal that is to be proposed now, or null: strength has passed the mark, the goal of now is two weeks
 * old, and nothing was proposed for two weeks. It counts only once the person agrees.
 */
export function raiseToPropose(habit: Habit, { strength, today, offeredOn }: RaiseBasis): HabitGoal | null {
  const next = nextStep(habit);
  const now = habit.goals.at(-1);
  if (next === null || strength < (habit.microGoal?.mark ?? 1)) return null;
  const since = Math.max(now?.since ?? -Infinity, offeredOn ?? -Infinity);
  return today - since >= RAISE_REST_DAYS ? next : null;
}

/** The goal one step further; null = there is no micro-goal, or it is reached. */
export function nextStep({ kind, goals, microGoal }: Habit): HabitGoal | null {
  const now = goals.at(-1);
  if (microGoal === null || now === undefined) return null;
  const reached = aimOf(kind, now);
  const next = tidy(
    kind === 'at-most'
      ? Math.max(microGoal.goal, reached - microGoal.step)
      : Math.min(microGoal.goal, reached + microGoal.step),
  );
  const further = kind === 'at-most' ? next < reached : next > reached;
  if (!further || next > HABIT_LIMITS.amount) return null;
  return kind === 'yes-no' ? { times: next, days: now.days, target: null } : { times: 1, days: now.days, target: next };
}

/** The number of a goal that grows: times of a yes/no habit, else the target. */
export const aimOf = (kind: Habit['kind'], { times, target }: Pick<DatedGoal, 'times' | 'target'>): number =>
  kind === 'yes-no' ? times : (target ?? 0);

const tidy = (value: number): number => Math.round(value * 1000) / 1000;
