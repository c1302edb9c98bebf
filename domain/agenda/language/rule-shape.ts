import type { RuleParts } from '../rule-parts.ts';
import { weekdayOf, type WallTime } from '../zoned-time.ts';
import { WORKDAYS, type Weekday } from './pieces.ts';

/** A weekday that is counted within a month. */
export interface NthDay {
  readonly nth: number;
  readonly weekday: Weekday;
}

/** On which days a rule happens, in the terms in which people speak of it. */
export type RuleShape =
  | { readonly is: 'step'; readonly unit: 'hour' | 'minute'; readonly interval: number }
  | { readonly is: 'days'; readonly interval: number }
  | { readonly is: 'weekdays'; readonly days: readonly Weekday[]; readonly interval: number }
  | { readonly is: 'monthDays'; readonly days: readonly number[]; readonly interval: number }
  | { readonly is: 'nths'; readonly days: readonly NthDay[]; readonly interval: number }
  | { readonly is: 'workday'; readonly nth: number; readonly interval: number }
  | { readonly is: 'yearDate'; readonly month: number; readonly day: number; readonly interval: number }
  | { readonly is: 'yearNth'; readonly month: number; readonly day: NthDay; readonly interval: number }
  | { readonly is: 'other' };

const OTHER: RuleShape = { is: 'other' };

/** Sorts a rule; `other` = it takes more than a phrase. */
export function shapeOf(parts: RuleParts, start: WallTime): RuleShape {
  if (parts.weeks.length + parts.yearDays.length + parts.seconds.length > 0) return OTHER;
  switch (parts.frequency) {
    case 'DAILY':
      return dailyShape(parts);
    case 'WEEKLY':
      return weeklyShape(parts, start);
    case 'MONTHLY':
      return monthlyShape(parts, start);
    case 'YEARLY':
      return yearlyShape(parts, start);
    case 'HOURLY':
    case 'MINUTELY':
      return stepShape(parts);
    case 'SECONDLY':
      return OTHER;
  }
}

const sizes = ({ days, monthDays, months }: RuleParts): number => days.length + monthDays.length + months.length;

function stepShape(parts: RuleParts): RuleShape {
  const isPlain = sizes(parts) + parts.hours.length + parts.minutes.length + parts.positions.length === 0;
  return isPlain
    ? { is: 'step', unit: parts.frequency === 'HOURLY' ? 'hour' : 'minute', interval: parts.interval }
    : OTHER;
}

const plainDays = ({ days }: RuleParts): Weekday[] =>
  days
    .filter(({ nth }) => nth === null)
    .map(({ weekday }) => weekday)
    .sort((a, b) => a - b);

/** BYSETPOS of a daily rule picks times, not days. */
function dailyShape(parts: RuleParts): RuleShape {
  const { days, monthDays, months, interval } = parts;
  if (monthDays.length + months.length > 0) return OTHER;
  if (days.length === 0) return { is: 'days', interval };
  return interval === 1 ? { is: 'weekdays', days: plainDays(parts), interval } : OTHER;
}

function weeklyShape(parts: RuleParts, start: WallTime): RuleShape {
  if (parts.monthDays.length + parts.months.length + parts.positions.length > 0) return OTHER;
  const days = parts.days.length > 0 ? plainDays(parts) : [weekdayOf(start.slice(0, 10))];
  return { is: 'weekdays', days, interval: parts.interval };
}

function monthlyShape(parts: RuleParts, start: WallTime): RuleShape {
  const { days, monthDays, months, positions, interval } = parts;
  if (months.length > 0 || (days.length > 0 && monthDays.length > 0)) return OTHER;
  if (positions.length > 0) return pickedShape(parts);
  if (days.length === 0)
    return { is: 'monthDays', days: monthDays.length > 0 ? monthDays : [Number(start.slice(8, 10))], interval };
  const nths = days.flatMap(({ nth, weekday }) => (nth === null ? [] : [{ nth, weekday }]));
  return nths.length === days.length ? { is: 'nths', days: nths, interval } : OTHER;
}

/** «The last working day», or BYDAY=MO;BYSETPOS=1 for the first Monday. */
function pickedShape(parts: RuleParts): RuleShape {
  const { positions, interval, hours, minutes } = parts;
  const [nth, ...more] = positions;
  const days = plainDays(parts);
  if (nth === undefined || more.length > 0 || hours.length > 1 || minutes.length > 1) return OTHER;
  if (days.join() === WORKDAYS.join()) return { is: 'workday', nth, interval };
  const [weekday, ...others] = days;
  return weekday !== undefined && others.length === 0 ? { is: 'nths', days: [{ nth, weekday }], interval } : OTHER;
}

function yearlyShape(parts: RuleParts, start: WallTime): RuleShape {
  const { days, monthDays, months, positions, interval } = parts;
  const [day, ...moreDays] = days;
  const [month = Number(start.slice(5, 7)), ...moreMonths] = months;
  const [monthDay, ...moreMonthDays] = monthDays;
  if (moreDays.length + moreMonths.length + moreMonthDays.length + positions.length > 0) return OTHER;
  if (day === undefined) return { is: 'yearDate', month, day: monthDay ?? Number(start.slice(8, 10)), interval };
  if (day.nth === null || months.length === 0 || monthDay !== undefined) return OTHER;
  return { is: 'yearNth', month, day: { nth: day.nth, weekday: day.weekday }, interval };
}

/** When on those days. */
export type RuleTimes =
  | { readonly is: 'times'; readonly minutes: readonly number[] }
  | { readonly is: 'window'; readonly stepMinutes: number; readonly from: number; readonly to: number };

/** Times of the day, minutes since midnight; four or more in even steps make a window. */
export function timesOf(parts: RuleParts, start: WallTime): RuleTimes {
  const hours = parts.hours.length > 0 ? parts.hours : [Number(start.slice(11, 13))];
  const minutes = parts.minutes.length > 0 ? parts.minutes : [Number(start.slice(14, 16))];
  const all = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
  const arePicked = parts.frequency === 'DAILY' && parts.positions.length > 0;
  const times = arePicked ? all.filter((_, index) => isPicked(parts.positions, index, all.length)) : all;
  return windowOf(times, minutes.length > 1) ?? { is: 'times', minutes: times };
}

const isPicked = (positions: readonly number[], index: number, of: number): boolean =>
  positions.includes(index + 1) || positions.includes(index - of);

/** Steps within the hour end with the hour after the last: «каждые 30 минут с 10 до 13». */
function windowOf(times: readonly number[], isWithinHour: boolean): RuleTimes | null {
  const [first = 0, second = 0] = times;
  const step = second - first;
  const isEven = times.length >= 3 && times.every((time, index) => time === first + index * step);
  const isFull = isWithinHour ? first % 60 === 0 && 60 % step === 0 : step % 60 === 0;
  if (!isEven || !isFull) return null;
  const last = times.at(-1) ?? first;
  return { is: 'window', stepMinutes: step, from: first, to: isWithinHour ? last + step : last };
}
