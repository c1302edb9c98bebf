import type { DayNumber } from './day-number.ts';
import {
  goalOn,
  markedSpan,
  markOn,
  THOUSANDTHS,
  type HabitGoal,
  type HabitHistory,
  type HabitKind,
} from './habit-history.ts';
import { runningSums } from './running-sums.ts';

/** Days in which a daily habit loses half its strength. */
const HALF_LIFE_DAYS = 13;

/**
 * How much of yesterday's strength stays, 0..1. @param perDay times a day, > 0
 * @see Loop Habit Tracker: 0.5 ** (sqrt(frequency) / 13)
 */
export const keptShare = (perDay: number): number => 0.5 ** (Math.sqrt(perDay) / HALF_LIFE_DAYS);

/** Strength after one more day, an exponentially weighted mean; `completion` is how much of the goal was reached, 0..1. */
export function nextStrength(previous: number, completion: number, perDay: number): number {
  const kept = keptShare(perDay);
  return previous * kept + completion * (1 - kept);
}

/** Strength on each day of a span. */
export interface StrengthSeries {
  /** First day with a mark. */
  readonly from: DayNumber;
  readonly scores: Float64Array;
  /** Before the first mark 0; of a habit «at most» without any mark 1. */
  readonly on: (day: DayNumber) => number;
}

/** Strength from the first mark to a day, 0..1 each; days after `to` keep the last one. */
export function strengthSeries(history: HabitHistory, to: DayNumber): StrengthSeries {
  const { kind } = history;
  const span = markedSpan(history);
  if (span === null || span.from > to) {
    const score = kind === 'at-most' && span === null ? 1 : 0;
    return { from: to, scores: new Float64Array(), on: () => score };
  }
  const { from } = span;
  const scores = scoresOf(history, from, to);
  const on = (day: DayNumber): number => (day < from ? 0 : (scores[Math.min(day, to) - from] ?? 0));
  return { from, scores, on };
}

function scoresOf(history: HabitHistory, from: DayNumber, to: DayNumber): Float64Array {
  const { sum } = runningSums(history, from, to);
  const scores = new Float64Array(to - from + 1);
  let previous = history.kind === 'at-most' ? 1 : 0;
  let judged = goalOn(history, from);
  let rule = ruleOf(history.kind, judged);
  for (let day = from; day <= to; day += 1) {
    const goal = goalOn(history, day);
    if (goal !== judged) [judged, rule] = [goal, ruleOf(history.kind, goal)];
    if (markOn(history, day) !== 'skip')
      previous = previous * rule.kept + rule.completion(sum(day, rule.window)) * (1 - rule.kept);
    scores[day - from] = previous;
  }
  return scores;
}

interface Rule {
  readonly kept: number;
  /** Days that are added up. */
  readonly window: number;
  readonly completion: (sum: number) => number;
}

function ruleOf(kind: HabitKind, { times, days, target }: HabitGoal): Rule {
  const kept = keptShare(times / days);
  const thousandths = Math.round((target ?? 0) * THOUSANDTHS);
  if (kind === 'at-least') return { kept, window: days, completion: (sum) => atLeast(sum, thousandths) };
  if (kind === 'at-most') return { kept, window: days, completion: (sum) => atMost(sum, thousandths) };
  if (times >= days) return { kept, window: 1, completion: (sum) => atLeast(sum, 1) };
  // Doubled, so that a habit which is done on other weekdays each week still reaches its full strength.
  return { kept, window: 2 * days, completion: (sum) => atLeast(sum, 2 * times) };
}

const atLeast = (sum: number, target: number): number => (target > 0 ? Math.min(1, sum / target) : 1);

function atMost(sum: number, target: number): number {
  if (target > 0) return Math.min(1, Math.max(0, 1 - (sum - target) / target));
  return sum > 0 ? 0 : 1;
}
