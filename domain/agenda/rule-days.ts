import type { RuleDay, RuleParts } from './rule-parts.ts';

/** A day in nobody's zone, days since 1 January 1970. */
export type DayNumber = number;

const DAY_MS = 86_400_000;

/** A day's place in its month and year. */
export interface CalendarDay {
  readonly number: DayNumber;
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** Number of a day; `month` from 1, may pass the year's ends. */
export const dayNumberOf = (year: number, month: number, day: number): DayNumber =>
  Date.UTC(year, month - 1, day) / DAY_MS;

/** The calendar's view of a day. */
export function calendarDay(number: DayNumber): CalendarDay {
  const date = new Date(number * DAY_MS);
  return { number, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 1 = Monday … 7 = Sunday. */
export const weekdayOfDay = (number: DayNumber): number => mod(number + 3, 7) + 1;

/** First day of the week in which a day lies; `weekStart` 1 = Monday … 7 = Sunday. */
export const weekBegin = (number: DayNumber, weekStart: number): DayNumber =>
  number - mod(weekdayOfDay(number) - weekStart, 7);

const mod = (value: number, by: number): number => ((value % by) + by) % by;

/** Whether a number or its count from the end (-1 = last) is listed; an empty list = any. */
const isListed = (list: readonly number[], number: number, of: number): boolean =>
  list.length === 0 || list.includes(number) || list.includes(number - of - 1);

/** Whether the rule's BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY and BYDAY let a day through (RFC 5545 3.3.10). */
export function dayMatches(parts: RuleParts, day: CalendarDay): boolean {
  const { year, month, number } = day;
  if (parts.months.length > 0 && !parts.months.includes(month)) return false;
  if (!isListed(parts.monthDays, day.day, monthLength(day))) return false;
  if (parts.yearDays.length > 0 && !isListed(parts.yearDays, number - yearBegin(year) + 1, yearLength(year)))
    return false;
  if (parts.weeks.length > 0 && !weekMatches(parts, number)) return false;
  return parts.days.length === 0 || parts.days.some((rule) => weekdayMatches(parts, rule, day));
}

const yearBegin = (year: number): DayNumber => dayNumberOf(year, 1, 1);
const yearLength = (year: number): number => yearBegin(year + 1) - yearBegin(year);
const monthLength = ({ year, month }: CalendarDay): number =>
  dayNumberOf(year, month + 1, 1) - dayNumberOf(year, month, 1);

/** Week 1 of a year is the first with four days or more in it. */
function firstWeek(year: number, weekStart: number): DayNumber {
  return weekBegin(yearBegin(year) + 3, weekStart);
}

function weekMatches({ weeks, weekStart }: RuleParts, number: DayNumber): boolean {
  const begin = weekBegin(number, weekStart);
  const { year } = calendarDay(begin + 3);
  const first = firstWeek(year, weekStart);
  return isListed(weeks, (begin - first) / 7 + 1, (firstWeek(year + 1, weekStart) - first) / 7);
}

/** A number counts within the month, in a yearly rule without BYMONTH within the year; elsewhere there is nothing to count in. */
function weekdayMatches(parts: RuleParts, { weekday, nth }: RuleDay, day: CalendarDay): boolean {
  if (weekdayOfDay(day.number) !== weekday) return false;
  const { frequency, months } = parts;
  if (nth === null || (frequency !== 'YEARLY' && frequency !== 'MONTHLY')) return true;
  const inYear = frequency === 'YEARLY' && months.length === 0;
  const begin = inYear ? yearBegin(day.year) : dayNumberOf(day.year, day.month, 1);
  const length = inYear ? yearLength(day.year) : monthLength(day);
  const passed = day.number - begin;
  return nth > 0 ? Math.floor(passed / 7) + 1 === nth : Math.floor((length - 1 - passed) / 7) + 1 === -nth;
}
