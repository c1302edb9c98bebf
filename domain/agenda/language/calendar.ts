import { addDays, weekdayOf, type WallDate, type WallTime } from '../zoned-time.ts';
import type { DateSpec, Nth, QuestionCode } from './pieces.ts';

/** A date, or why there is none. */
export type Dated = { readonly date: WallDate } | { readonly question: QuestionCode };

/** What a named day is counted from. */
export interface Today {
  readonly date: WallDate;
  /** Whether the time that is meant has passed today. */
  readonly isPassed: boolean;
}

const noSuchDate: Dated = { question: 'no-such-date' };
const past: Dated = { question: 'past' };

/** Days of a month, 28 to 31; `month` from 1, may pass the year's end. */
export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A date of numbers; `month` may pass the year's end. */
export const dateOfNumbers = (year: number, month: number, day: number): WallDate =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** The date and time in the past that a wall clock shows: comparing as text is comparing as time. */
export const isPast = (wall: WallTime, now: WallTime): boolean => wall <= now;

/** The day that a phrase names: the next such one, unless it says another. */
export function dateOfSpec(spec: DateSpec, today: Today): Dated {
  switch (spec.is) {
    case 'ahead':
      return { date: addDays(today.date, spec.days) };
    case 'weekday':
      return weekday(spec, today);
    case 'date':
      return calendarDate(spec, today);
    case 'monthDay':
      return monthDay(spec, today);
    case 'weekend':
      return weekend(spec.week, today);
    case 'periodEnd':
      return { date: endOfPeriod(spec.unit, today.date) };
  }
}

const mondayOf = (date: WallDate): WallDate => addDays(date, 1 - weekdayOf(date));

function weekday({ weekday, week, later }: Extract<DateSpec, { is: 'weekday' }>, { date, isPassed }: Today): Dated {
  if (week !== null) {
    const named = addDays(mondayOf(date), week * 7 + weekday - 1);
    return named < date ? past : { date: named };
  }
  const ahead = (weekday - weekdayOf(date) + 7) % 7;
  if (later > 0) return { date: addDays(date, ahead + later * 7) };
  return { date: addDays(date, ahead === 0 && isPassed ? 7 : ahead) };
}

function calendarDate(spec: Extract<DateSpec, { is: 'date' }>, today: Today): Dated {
  const { day, month, year, nextYear } = spec;
  const thisYear = Number(today.date.slice(0, 4));
  if (year !== null || nextYear) return exactly({ year: year ?? thisYear + 1, month, day }, today);
  for (let of = thisYear; of <= thisYear + 8; of += 1) {
    const found = dateOfNumbers(of, month, day);
    if (day <= daysInMonth(of, month) && isAhead(found, today)) return { date: found };
  }
  return noSuchDate;
}

const isAhead = (found: WallDate, { date, isPassed }: Today): boolean => found > date || (found === date && !isPassed);

/** A date that is said in full, or that of a named month. */
function exactly({ year, month, day }: { year: number; month: number; day: number }, { date }: Today): Dated {
  if (day > daysInMonth(year, month)) return noSuchDate;
  const found = dateOfNumbers(year, month, day);
  return found < date ? past : { date: found };
}

function monthDay({ day, month }: Extract<DateSpec, { is: 'monthDay' }>, today: Today): Dated {
  const [year, thisMonth] = [Number(today.date.slice(0, 4)), Number(today.date.slice(5, 7))];
  if (month !== null) return exactly({ year, month: thisMonth + month, day }, today);
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const found = dateOfNumbers(year, thisMonth + ahead, day);
    if (day <= daysInMonth(year, thisMonth + ahead) && isAhead(found, today)) return { date: found };
  }
  return noSuchDate;
}

function endOfPeriod(unit: 'week' | 'month' | 'year', date: WallDate): WallDate {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  if (unit === 'week') return addDays(mondayOf(date), 6);
  return unit === 'year' ? dateOfNumbers(year, 12, 31) : dateOfNumbers(year, month + 1, 0);
}

function weekend(week: number | null, { date, isPassed }: Today): Dated {
  const saturday = addDays(mondayOf(date), 5 + (week ?? 0) * 7);
  const found = [saturday, addDays(saturday, 1)].find((day) => isAhead(day, { date, isPassed }));
  if (found !== undefined) return { date: found };
  return week === null ? { date: addDays(saturday, 7) } : past;
}

/** The one day that «the first Monday of the month» names. */
export function dateOfNth(nth: Nth, today: Today): Dated {
  const [year, thisMonth] = [Number(today.date.slice(0, 4)), Number(today.date.slice(5, 7))];
  for (const month of monthsToTry(nth.month, thisMonth)) {
    const found = nthOfMonth(nth, year, month);
    if (found !== undefined && isAhead(found, today)) return { date: found };
  }
  return nth.month === 'this' ? past : noSuchDate;
}

/** Months counted from this year's first. */
function monthsToTry(month: Nth['month'], thisMonth: number): number[] {
  if (month === 'this') return [thisMonth];
  if (month === 'next') return [thisMonth + 1];
  return month === 'coming' ? [0, 1, 2].map((ahead) => thisMonth + ahead) : [month, month + 12];
}

function nthOfMonth({ nth, days }: Nth, year: number, month: number): WallDate | undefined {
  const all = Array.from({ length: daysInMonth(year, month) }, (_, index) => dateOfNumbers(year, month, index + 1));
  return all.filter((date) => days.includes(weekdayOf(date))).at(nth > 0 ? nth - 1 : nth);
}
