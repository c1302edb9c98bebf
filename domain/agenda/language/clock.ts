import type { SaidTime } from './pieces.ts';
import type { SaidPart } from './slots.ts';

/** The fixed hour of a date without a time. */
export const DEFAULT_MINUTES = 9 * 60;

/** When a phrase is said: minutes since midnight. */
export interface ClockSetting {
  readonly nowMinutes: number;
  /** No day is named, or today: the hour is the next such one. */
  readonly isOpen: boolean;
}

/**
 * Minutes since midnight that a said time means; null = the hour does not fit the part of the day, or at night nobody knows.
 * A bare hour from 1 to 6 is of the afternoon, 7 the next of 7:00 and 19:00 (of another day and of a series 7:00); from
 * 22:00 to 5:00 such a bare hour is asked about. An hour with minutes is read on a clock of 24 hours.
 */
export function minutesOf(said: SaidTime, part: SaidPart | null, setting: ClockSetting): number | null {
  const hour = hourOf(said, part, setting);
  return hour === null ? null : hour * 60 + said.minute;
}

function hourOf(said: SaidTime, part: SaidPart | null, setting: ClockSetting): number | null {
  const half = said.part ?? part?.part;
  if (half !== undefined) return HOURS[half](said.hour);
  return said.isVague && said.hour <= 7 ? vagueHour(said, setting) : said.hour;
}

type Reading = (hour: number) => number | null;
const between = (hour: number, least: number, most: number): boolean => hour >= least && hour <= most;

const HOURS: Readonly<Record<'am' | 'pm' | 'm' | 'd' | 'e' | 'n', Reading>> = {
  am: (hour) => hour % 12,
  pm: (hour) => (hour % 12) + 12,
  m: (hour) => (between(hour, 1, 12) ? hour : null),
  d: (hour) => (between(hour, 10, 18) ? hour : between(hour, 1, 6) ? hour + 12 : null),
  e: (hour) => (between(hour, 16, 23) ? hour : between(hour, 4, 11) ? hour + 12 : null),
  n: (hour) =>
    hour % 12 === 0 ? 0 : between(hour, 1, 5) || hour > 20 ? hour : between(hour, 6, 11) ? hour + 12 : null,
};

const EVENING_MINUTES = 22 * 60;
const DAWN_MINUTES = 5 * 60;

function vagueHour({ hour, minute }: SaidTime, { nowMinutes, isOpen }: ClockSetting): number | null {
  if (isOpen && (nowMinutes >= EVENING_MINUTES || nowMinutes < DAWN_MINUTES)) return null;
  if (hour < 7) return hour + 12;
  const isPassed = (of: number): boolean => of * 60 + minute <= nowMinutes;
  return isOpen && isPassed(7) && !isPassed(19) ? 19 : 7;
}

/** `HH:MM:00`. */
export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
