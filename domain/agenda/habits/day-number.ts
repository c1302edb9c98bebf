import { DomainError } from '../../shared/errors.ts';
import { DAY_MS, type WallDate } from '../zoned-time.ts';

/** A day of the calendar as days since 1970-01-01, whole: years of history are walked by counting, not by parsing dates. */
export type DayNumber = number;

/** The number of a date. @throws DomainError time-invalid for a date that the calendar does not have */
export function dayNumber(date: WallDate): DayNumber {
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  if (!Number.isInteger(day) || dateOfDay(day) !== date)
    throw new DomainError('time-invalid', `«${date}» is no date of the calendar: write YYYY-MM-DD`);
  return day;
}

/** The date of a number, `YYYY-MM-DD`. */
export const dateOfDay = (day: DayNumber): WallDate => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** 1 = Monday … 7 = Sunday. */
export const weekdayOfDay = (day: DayNumber): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Days in the month of a day, 28..31. */
export function monthLength(day: DayNumber): number {
  const date = new Date(day * DAY_MS);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
