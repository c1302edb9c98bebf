import type { DayNumber } from './day-number.ts';

/** Done or not; so much at least; so much at most. */
export const HABIT_KINDS = ['yes-no', 'at-least', 'at-most'] as const;
export type HabitKind = (typeof HABIT_KINDS)[number];

/** What is aimed at: `times` in any `days` days; of a measured habit `target` units in any `days` days. */
export interface HabitGoal {
  /** 1..days; of a measured habit 1. */
  readonly times: number;
  /** 1..366. */
  readonly days: number;
  /** Units, three decimals; null for a yes/no habit. */
  readonly target: number | null;
}

/** A goal and the first day that it counts for; the first of a habit's goals counts from ever, `since` null. */
export interface DatedGoal extends HabitGoal {
  readonly since: DayNumber | null;
}

/** What is known of a day: done, not done, skipped, or an amount ≥ 0 with three decimals. A day without a mark is unknown. */
export type DayMark = 'done' | 'no' | 'skip' | number;

export interface HabitHistory {
  readonly kind: HabitKind;
  /** Oldest first, at least one: each day is judged by the goal of its time. */
  readonly goals: readonly DatedGoal[];
  readonly marks: ReadonlyMap<DayNumber, DayMark>;
  /** Rest days and vacations: without a mark that says otherwise they are skipped. */
  readonly isFrozen: (day: DayNumber) => boolean;
}

/** The goal that a day is judged by. @throws Error for a habit without goals */
export function goalOn({ goals }: Pick<HabitHistory, 'goals'>, day: DayNumber): DatedGoal {
  const goal = goals.findLast(({ since }) => since === null || since <= day) ?? goals[0];
  if (goal === undefined) throw new Error('a habit without a goal');
  return goal;
}

/** A day as it counts: a frozen day is skipped unless something was done on it. */
export function markOn({ marks, isFrozen }: HabitHistory, day: DayNumber): DayMark | null {
  const mark = marks.get(day) ?? null;
  return (mark === null || mark === 'no') && isFrozen(day) ? 'skip' : mark;
}

/** First and last day with a mark; null = there is none. */
export function markedSpan({ marks }: HabitHistory): { readonly from: DayNumber; readonly to: DayNumber } | null {
  let from = Infinity;
  let to = -Infinity;
  for (const day of marks.keys()) {
    from = Math.min(from, day);
    to = Math.max(to, day);
  }
  return marks.size === 0 ? null : { from, to };
}

/** Thousandths of a unit: sums of decimals stay exact. */
export const THOUSANDTHS = 1000;

/** What a day adds: 1 for a done one, or its amount in thousandths. */
export function shareOf(mark: DayMark | null): number {
  if (typeof mark === 'number') return Math.round(Math.max(0, mark) * THOUSANDTHS);
  return mark === 'done' ? 1 : 0;
}
