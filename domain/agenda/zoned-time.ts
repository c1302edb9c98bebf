import { Temporal } from 'temporal-polyfill';
import { DomainError } from '../shared/errors.ts';

/** `YYYY-MM-DD`, in nobody's zone. */
export type WallDate = string;
/** `YYYY-MM-DDTHH:MM:SS`, in nobody's zone: what the clock on the wall shows. */
export type WallTime = string;

/** A day in ms, as long as no clock is changed. */
export const DAY_MS = 86_400_000;

/** Whether this is a time zone of the IANA database; an offset such as `+03:00` is none. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant of a wall time in a zone, ms since 1970. A time in a gap is shifted by the gap, of a time that comes twice the
 * first is taken (RFC 5545 3.3.5). @throws DomainError time-invalid for a date or time that does not exist in any zone
 */
export function instantOf(wall: WallTime, zone: string): number {
  return plainOf(wall).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** What the clock shows in a zone, to the second. */
export function wallTimeOf(atMs: number, zone: string): WallTime {
  return wallTime(zoned(atMs, zone).toPlainDateTime());
}

/** The date in a zone; with `dayStart` (`HH:MM`) the day before lasts until then. */
export function dateOf(atMs: number, zone: string, dayStart = '00:00'): WallDate {
  const local = zoned(atMs, zone).toPlainDateTime();
  const begun = Temporal.PlainTime.compare(local.toPlainTime(), dayStart) >= 0;
  return local
    .toPlainDate()
    .subtract({ days: begun ? 0 : 1 })
    .toString();
}

/** So many days later; fewer than zero = earlier. @throws DomainError time-invalid */
export function addDays(date: WallDate, days: number): WallDate {
  return dateFrom(date).add({ days }).toString();
}

/** Days from one date to another; below zero when `to` is earlier. */
export function daysBetween(from: WallDate, to: WallDate): number {
  return dateFrom(from).until(dateFrom(to), { largestUnit: 'day' }).days;
}

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (date: WallDate): number => dateFrom(date).dayOfWeek;

/** Puts a date and `HH:MM` together. */
export const wallTimeAt = (date: WallDate, time: string): WallTime => `${date}T${time}:00`;

/** A zone's distance from UTC at an instant, minutes; fractions do not occur since 1972. */
export const offsetMinutesOf = (atMs: number, zone: string): number =>
  Math.round(zoned(atMs, zone).offsetNanoseconds / 60e9);

const zoned = (atMs: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(zone);

const wallTime = (plain: Temporal.PlainDateTime): WallTime =>
  plain.toString({ smallestUnit: 'second', calendarName: 'never' });

function plainOf(wall: WallTime): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(wall, { overflow: 'reject' });
  } catch {
    throw new DomainError('time-invalid', `«${wall}» is no date and time of the calendar`);
  }
}

function dateFrom(date: WallDate): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' });
  } catch {
    throw new DomainError('time-invalid', `«${date}» is no date of the calendar`);
  }
}
