import type { DayNumber } from './day-number.ts';
import { goalOn, markedSpan, markOn, THOUSANDTHS, type DayMark, type HabitHistory } from './habit-history.ts';
import { impliedDays } from './implied-days.ts';
import { runningSums, type RunningSums } from './running-sums.ts';

/** Days without a break. */
export interface Streak {
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** Days in all, those that are frozen (skipped, rest, vacation) too. */
  readonly length: number;
  /** Without the frozen ones. */
  readonly active: number;
}

export interface StreakOptions {
  /** Last day that is looked at; absent = the last one known or implied. */
  readonly to?: DayNumber;
  /**
   * Of a measured habit: `window` adds up the days of its frequency and a skipped day holds the streak; `day`, Loop's way,
   * holds each day's own amount against the target and breaks on a skip. Default `window`.
   */
  readonly measuredBy?: 'window' | 'day';
}

type Standing = 'met' | 'frozen' | 'open';

/** All streaks, oldest first. */
export function streaksOf(history: HabitHistory, options: StreakOptions = {}): Streak[] {
  const span = markedSpan(history);
  if (span === null) return [];
  const implied = impliedDays(history);
  let { from, to } = span;
  for (const day of implied) [from, to] = [Math.min(from, day), Math.max(to, day)];
  to = options.to ?? to;
  const standing = standingOf(history, implied, { ...options, from, to });
  const streaks: Streak[] = [];
  let begun: Streak | null = null;
  for (let day = from; day <= to; day += 1) {
    const now = standing(day);
    if (now !== 'open') begun = longer(begun, day, now);
    else if (begun !== null) {
      streaks.push(begun);
      begun = null;
    }
  }
  return begun === null ? streaks : [...streaks, begun];
}

const longer = (begun: Streak | null, day: DayNumber, now: Standing): Streak => ({
  from: begun?.from ?? day,
  to: day,
  length: (begun?.length ?? 0) + 1,
  active: (begun?.active ?? 0) + (now === 'met' ? 1 : 0),
});

/** The streak that is not broken yet on a day: one that ends with it, or the day before. null = there is none. */
export function streakOn(streaks: readonly Streak[], day: DayNumber): Streak | null {
  return streaks.findLast(({ from, to }) => from <= day && to >= day - 1) ?? null;
}

/** The longest streaks, newest first; of equal ones the newer go before. */
export function bestStreaks(streaks: readonly Streak[], limit: number): Streak[] {
  const best = streaks.toSorted((left, right) => right.length - left.length || right.to - left.to).slice(0, limit);
  return best.sort((left, right) => right.to - left.to);
}

/** How each day of a span stands. */
function standingOf(
  history: HabitHistory,
  implied: ReadonlySet<DayNumber>,
  options: StreakOptions & { readonly from: DayNumber; readonly to: DayNumber },
): (day: DayNumber) => Standing {
  if (history.kind === 'yes-no')
    return (day) => {
      if (history.marks.get(day) === 'done' || implied.has(day)) return 'met';
      return markOn(history, day) === 'skip' ? 'frozen' : 'open';
    };
  if (options.measuredBy === 'day')
    return (day) => {
      const mark = history.marks.get(day);
      return typeof mark === 'number' && isMet(history, day, mark * THOUSANDTHS) ? 'met' : 'open';
    };
  const sums = runningSums(history, options.from, options.to);
  return (day) => measured({ history, day, sums }, markOn(history, day));
}

interface MeasuredDay {
  readonly history: HabitHistory;
  readonly day: DayNumber;
  readonly sums: RunningSums;
}

function measured({ history, day, sums }: MeasuredDay, mark: DayMark | null): Standing {
  if (mark === 'skip') return 'frozen';
  const { days } = goalOn(history, day);
  // Nothing written down is no proof of restraint.
  if (history.kind === 'at-most' && !isWritten(history, day, days)) return 'open';
  return isMet(history, day, sums.sum(day, days)) ? 'met' : 'open';
}

function isWritten({ marks }: HabitHistory, day: DayNumber, days: number): boolean {
  for (let back = 0; back < days; back += 1) if (typeof marks.get(day - back) === 'number') return true;
  return false;
}

/** Whether an amount in thousandths meets the goal of its day. */
function isMet(history: HabitHistory, day: DayNumber, thousandths: number): boolean {
  const target = Math.round((goalOn(history, day).target ?? 0) * THOUSANDTHS);
  const amount = Math.round(thousandths);
  return history.kind === 'at-most' ? amount <= target : amount >= target;
}
