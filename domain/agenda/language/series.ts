import type { DateSpec, QuestionCode, SaidTime, Unit, Weekday } from './pieces.ts';
import { WHOLE_WEEK } from './pieces.ts';
import type { Slots } from './slots.ts';

/** An RRULE in the making; `by` holds its BY parts in order. */
export interface Series {
  readonly frequency: 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly by: Readonly<Record<string, string>>;
}

/** A series, or why there is none. */
export type SeriesOrQuestion = Series | { readonly question: QuestionCode };

const UNCLEAR = { question: 'unclear' } as const;
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const FREQUENCIES: Readonly<Record<Unit, Series['frequency']>> = {
  minute: 'MINUTELY',
  hour: 'HOURLY',
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
};

/** BYDAY of weekdays. */
export const byDay = (days: readonly Weekday[]): string => days.map((day) => CODES[day - 1] ?? '').join(',');

/** What repeats how often, without its times of the day. */
export function seriesOf(slots: Slots): SeriesOrQuestion {
  const said = baseOf(slots);
  if (said === null || isOvercrowded(slots)) return UNCLEAR;
  const base = { unit: null, interval: slots.days[0]?.interval ?? 1, ...said, weekdays: weekdaysOf(slots) };
  const { unit } = base;
  return unit === 'minute' || unit === 'hour' ? subDaily(slots, { ...base, unit }) : dailyOrRarer(slots, base);
}

interface Base {
  readonly unit: Unit | null;
  readonly interval: number;
  readonly weekdays: readonly Weekday[];
}

/** The step; undefined = it follows from the days that are named, null = two that differ. */
function baseOf({ repeats, pers, days }: Slots): { unit: Unit; interval: number } | undefined | null {
  const said = [...repeats, ...pers.map(({ unit }) => ({ unit, interval: 1 }))];
  const isFine = said.some(({ unit }) => unit === 'hour' || unit === 'minute');
  // «Daily from 9 to 18, every hour»: the hours say it.
  const steps = said.filter(({ unit, interval }) => !(isFine && unit === 'day' && interval === 1));
  const [first] = steps;
  if (steps.some(({ unit, interval }) => unit !== first?.unit || interval !== first.interval)) return null;
  if (first !== undefined && days.some(({ interval }) => interval !== 1 && interval !== first.interval)) return null;
  return first;
}

const isOvercrowded = ({ days, monthDays, nths, windows, counts, spans, from, until, offsets }: Slots): boolean =>
  [days, nths, windows, counts, from, until].some((list) => list.length > 1) ||
  monthDays.length > 1 ||
  counts.length + until.length + spans.length > 1 ||
  offsets.length > 0;

/** Weekdays that are named, less those excepted; empty = none are. */
function weekdaysOf({ days, dates, except }: Slots): readonly Weekday[] {
  const named = [
    ...days.flatMap((list) => list.days),
    ...dates.flatMap(({ spec }) =>
      spec.is === 'weekday' && spec.week === null && spec.later === 0 ? [spec.weekday] : [],
    ),
  ];
  if (except.length === 0) return [...new Set(named)].sort((a, b) => a - b);
  return (named.length > 0 ? named : WHOLE_WEEK).filter((day) => !except.includes(day));
}

/** Dates other than weekdays, of which a series takes at most one. */
const otherDates = ({ dates }: Slots): DateSpec[] => dates.map(({ spec }) => spec).filter(({ is }) => is !== 'weekday');

function dailyOrRarer(slots: Slots, base: Base): SeriesOrQuestion {
  const [date, ...more] = otherDates(slots);
  const named = [base.weekdays[0], slots.nths[0], slots.monthDays[0], date].filter((day) => day !== undefined);
  if (named.length > 1 || more.length > 0 || !perFits(slots, base.weekdays)) return UNCLEAR;
  return ofNamed(slots, base, date) ?? { frequency: FREQUENCIES[base.unit ?? 'day'], interval: base.interval, by: {} };
}

/** The series of the days that are named; null = none are. */
function ofNamed(
  { nths: [nth], monthDays: [monthDays] }: Slots,
  base: Base,
  date: DateSpec | undefined,
): SeriesOrQuestion | null {
  if (base.weekdays.length > 0) return weekly(base);
  if (nth !== undefined) return ofNth(nth, base);
  if (date !== undefined) return ofDate(date, base);
  if (monthDays === undefined) return null;
  return base.unit === null || base.unit === 'month' ? monthly(monthDays.days, base.interval) : UNCLEAR;
}

/** «Three times a week» needs three days, «twice a day» two times. */
function perFits({ pers, times, parts }: Slots, weekdays: readonly Weekday[]): boolean {
  return pers.every(({ times: wanted, unit }) => {
    if (unit === 'day') return Math.max(times.length, parts.length) === wanted;
    return unit === 'week' && weekdays.length === wanted;
  });
}

function weekly({ unit, interval, weekdays }: Base): SeriesOrQuestion {
  const fits = unit === null || unit === 'week' || (unit === 'day' && interval === 1);
  return fits ? { frequency: 'WEEKLY', interval, by: { BYDAY: byDay(weekdays) } } : UNCLEAR;
}

const monthly = (days: readonly number[], interval: number): Series => ({
  frequency: 'MONTHLY',
  interval,
  by: { BYMONTHDAY: days.join(',') },
});

function ofNth({ nth, others, days, month }: Slots['nths'][number], { unit, interval }: Base): SeriesOrQuestion {
  const isYearly = typeof month === 'number';
  if (unit !== null && unit !== (isYearly ? 'year' : 'month')) return UNCLEAR;
  const frequency = isYearly ? 'YEARLY' : 'MONTHLY';
  const of = isYearly ? { BYMONTH: String(month) } : {};
  const all = [nth, ...others];
  if (days.length === 7) return { frequency, interval, by: { ...of, BYMONTHDAY: all.join(',') } };
  if (days.length === 1)
    return { frequency, interval, by: { ...of, BYDAY: all.map((one) => `${one}${byDay(days)}`).join(',') } };
  if (others.length > 0) return UNCLEAR;
  return { frequency, interval, by: { ...of, BYDAY: byDay(days), BYSETPOS: String(nth) } };
}

function ofDate(date: DateSpec, { unit, interval }: Base): SeriesOrQuestion {
  if (date.is === 'monthDay' && date.month === null && (unit === null || unit === 'month'))
    return monthly([date.day], interval);
  const isYearly = date.is === 'date' && date.year === null && (unit === null || unit === 'year');
  if (!isYearly) return UNCLEAR;
  return { frequency: 'YEARLY', interval, by: { BYMONTH: String(date.month), BYMONTHDAY: String(date.day) } };
}

/** Every so many minutes or hours: between two hours a list of times of the day, else on and on. */
function subDaily(slots: Slots, { unit, interval, weekdays }: Base & { unit: Unit }): SeriesOrQuestion {
  const [window] = slots.windows;
  if (slots.nths.length + slots.monthDays.length + otherDates(slots).length > 0) return UNCLEAR;
  if (window === undefined) return weekdays.length === 0 ? { frequency: FREQUENCIES[unit], interval, by: {} } : UNCLEAR;
  const clock = windowTimes(window, unit === 'hour' ? interval * 60 : interval);
  if (clock === null) return UNCLEAR;
  const by = { BYHOUR: clock.hours.join(','), BYMINUTE: clock.minutes.join(',') };
  return weekdays.length === 0
    ? { frequency: 'DAILY', interval: 1, by }
    : { frequency: 'WEEKLY', interval: 1, by: { BYDAY: byDay(weekdays), ...by } };
}

/** Hours and minutes between two times; the end itself is in if the steps of whole hours meet it. null = no rule says it. */
function windowTimes(
  { from, to }: { from: SaidTime; to: SaidTime },
  stepMinutes: number,
): { hours: number[]; minutes: number[] } | null {
  const begin = windowMinutes(from);
  let end = windowMinutes(to);
  if (end <= begin && to.part === null && end + 720 < 1440) end += 720; // from 9 to 6
  if (end <= begin) return null;
  if (stepMinutes % 60 === 0) {
    const count = Math.floor((end - begin) / stepMinutes) + 1;
    return {
      hours: Array.from({ length: count }, (_, index) => ((begin + index * stepMinutes) / 60) | 0),
      minutes: [begin % 60],
    };
  }
  if (60 % stepMinutes !== 0 || begin % 60 !== 0 || end % 60 !== 0) return null;
  return {
    hours: Array.from({ length: (end - begin) / 60 }, (_, index) => begin / 60 + index),
    minutes: Array.from({ length: 60 / stepMinutes }, (_, index) => index * stepMinutes),
  };
}

function windowMinutes({ hour, minute, part }: SaidTime): number {
  const isLater = (part === 'pm' || part === 'd' || part === 'e') && hour < 12 && !(part === 'd' && hour > 9);
  return ((isLater ? hour + 12 : hour) * 60 + minute) % 1440;
}
