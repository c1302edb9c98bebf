import type { DayNumber } from './day-number.ts';
import { markOn, shareOf, type HabitHistory } from './habit-history.ts';

/** What was done in the days up to one: `sum(day, days)` is that of `days` days that end with `day`. */
export interface RunningSums {
  readonly sum: (day: DayNumber, days: number) => number;
}

/** Adds up the days of a span once, so that any window is one subtraction; what lies before `from` counts as nothing. */
export function runningSums(history: HabitHistory, from: DayNumber, to: DayNumber): RunningSums {
  const until = new Float64Array(Math.max(0, to - from + 1) + 1);
  for (let day = from; day <= to; day += 1) {
    const place = day - from;
    until[place + 1] = (until[place] ?? 0) + shareOf(markOn(history, day));
  }
  const at = (place: number): number => until[Math.min(Math.max(0, place), until.length - 1)] ?? 0;
  return { sum: (day, days) => at(day - from + 1) - at(day - from + 1 - days) };
}
