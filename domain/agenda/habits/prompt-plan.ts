import { addDays, dateOf, instantOf, wallTimeAt, weekdayOf, type WallDate } from '../zoned-time.ts';
import type { Habit } from './habit.ts';
import { dayNumber, type DayNumber } from './day-number.ts';

/** A time at which a habit asks. */
export interface PromptMoment {
  /** The habit's own day. */
  readonly day: WallDate;
  /** `HH:MM`, or `picture` for the heat map of the week. */
  readonly at: string;
  readonly atMs: number;
}

/** Evening of the week's picture, in the user's zone. */
const PICTURE_TIME = '19:30';
export const PICTURE = 'picture';
const SUNDAY = 7;
/** How far ahead the next prompt is looked for. */
const HORIZON_DAYS = 800;

type Prompted = Pick<Habit, 'promptTimes' | 'dayStart' | 'weeklyPicture' | 'archived'>;

/** All times of one day, in order. Times before the day's start are after midnight; a time that comes twice is taken once. */
export function promptsOf(habit: Prompted, day: WallDate, zone: string): PromptMoment[] {
  const at = (time: string): number => {
    const date = time >= habit.dayStart ? day : addDays(day, 1);
    return instantOf(wallTimeAt(date, time), zone);
  };
  const asked = habit.promptTimes.map((time) => ({ day, at: time, atMs: at(time) }));
  const picture = habit.weeklyPicture && weekdayOf(day) === SUNDAY;
  const all = picture ? [...asked, { day, at: PICTURE, atMs: at(PICTURE_TIME) }] : asked;
  return all.sort((left, right) => left.atMs - right.atMs);
}

export interface PlanBasis {
  readonly zone: string;
  /** What is at or before this instant has been dealt with, ms. */
  readonly afterMs: number;
  /** Whether nothing is to be asked on a day: it is done, implied, frozen. */
  readonly isQuiet: (day: DayNumber) => boolean;
}

/** The next time at which something is to be said; null = never, as things stand. */
export function nextPrompt(habit: Prompted, { zone, afterMs, isQuiet }: PlanBasis): PromptMoment | null {
  if (habit.archived || (habit.promptTimes.length === 0 && !habit.weeklyPicture)) return null;
  let day = dateOf(afterMs, zone, habit.dayStart);
  for (let ahead = 0; ahead < HORIZON_DAYS; ahead += 1, day = addDays(day, 1)) {
    const quiet = isQuiet(dayNumber(day));
    const next = promptsOf(habit, day, zone).find(({ at, atMs }) => atMs > afterMs && (at === PICTURE || !quiet));
    if (next !== undefined) return next;
  }
  return null;
}

/** What was to be said after one instant and up to another, oldest first; at most the days before `untilMs` that can still matter. */
export function promptsBetween(
  habit: Prompted,
  span: { readonly afterMs: number; readonly untilMs: number; readonly zone: string },
): PromptMoment[] {
  const { afterMs, untilMs, zone } = span;
  const today = dateOf(untilMs, zone, habit.dayStart);
  return [addDays(today, -1), today]
    .flatMap((day) => promptsOf(habit, day, zone))
    .filter(({ atMs }) => atMs > afterMs && atMs <= untilMs);
}
