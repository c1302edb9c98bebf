import type { RuleParts } from '../rule-parts.ts';
import { parityOf, type RuleWords } from './describe-words.ts';
import { MONTHS_EN, ordinalEn, ordinalWordEn, WEEKDAYS_EN } from './names.ts';
import { counted, joinAnd, type Forms } from './plural.ts';
import { WEEKEND, WORKDAYS, type Weekday } from './pieces.ts';
import type { NthDay } from './rule-shape.ts';

const DAYS: Forms = ['day', 'days', 'days'];
const WEEKS: Forms = ['week', 'weeks', 'weeks'];
const MONTHS: Forms = ['month', 'months', 'months'];
const YEARS: Forms = ['year', 'years', 'years'];
const HOURS: Forms = ['hour', 'hours', 'hours'];
const MINUTES: Forms = ['minute', 'minutes', 'minutes'];

const and = (items: readonly string[]): string => joinAnd(items, 'en');
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const every = (interval: number, forms: Forms): string =>
  interval === 1 ? `every ${forms[0]}` : `every ${counted(interval, forms, 'en')}`;
const weekdayNames = (days: readonly Weekday[]): string => and(days.map((day) => WEEKDAYS_EN[day - 1] ?? ''));

function weekdays(days: readonly Weekday[], interval: number): string {
  const areWorkdays = days.join() === WORKDAYS.join();
  const areWeekend = days.join() === WEEKEND.join();
  if (interval > 1) return `${every(interval, WEEKS)} on ${areWorkdays ? 'weekdays' : weekdayNames(days)}`;
  if (areWorkdays) return 'every weekday';
  return areWeekend ? 'every weekend' : `every ${weekdayNames(days)}`;
}

const monthDay = (day: number): string => {
  if (day > 0) return `the ${ordinalEn(day)}`;
  return day === -1 ? 'the last day' : `the ${ordinalWordEn(day)} day`;
};

function monthDays(days: readonly number[], interval: number): string {
  const parity = parityOf(days);
  if (parity !== null && interval === 1) return `on ${parity} days`;
  const inOrder = [...days.filter((day) => day > 0), ...days.filter((day) => day < 0)];
  const list = `on ${and(inOrder.map((day, index) => (index > 0 && day > 0 ? ordinalEn(day) : monthDay(day))))}`;
  return interval === 1 ? `${list} of every month` : `${every(interval, MONTHS)} ${list}`;
}

const nthName = ({ nth, weekday }: NthDay): string => `${ordinalWordEn(nth)} ${WEEKDAYS_EN[weekday - 1] ?? ''}`;

function nths(days: readonly NthDay[], interval: number): string {
  const [first, ...more] = days;
  if (first !== undefined && more.length === 0 && interval === 1) return `every ${nthName(first)} of the month`;
  const isOneWeekday = days.every(({ weekday }) => weekday === first?.weekday);
  const ordinals = and(days.map(({ nth }) => ordinalWordEn(nth)));
  const list = `on the ${isOneWeekday ? `${ordinals} ${weekdayNames(days.slice(0, 1).map(({ weekday }) => weekday))}` : and(days.map(nthName))}`;
  return interval === 1 ? `${list} of every month` : `${every(interval, MONTHS)} ${list}`;
}

function workday(nth: number, interval: number): string {
  const name = `on the ${ordinalWordEn(nth)} working day`;
  return interval === 1 ? `${name} of every month` : `${every(interval, MONTHS)} ${name}`;
}

const monthName = (number: number): string => MONTHS_EN[number - 1] ?? '';

const BASES: Readonly<Record<RuleParts['frequency'], Forms>> = {
  YEARLY: YEARS,
  MONTHLY: MONTHS,
  WEEKLY: WEEKS,
  DAILY: DAYS,
  HOURLY: HOURS,
  MINUTELY: MINUTES,
  SECONDLY: ['second', 'seconds', 'seconds'],
};

/** A long rule, part by part. */
function parts(rule: RuleParts): string {
  const limits = [
    ...(rule.months.length > 0 ? [`in ${and(rule.months.map(monthName))}`] : []),
    ...(rule.weeks.length > 0 ? [`in weeks ${and(rule.weeks.map(String))}`] : []),
    ...(rule.yearDays.length > 0 ? [`on days ${and(rule.yearDays.map(String))} of the year`] : []),
    ...(rule.monthDays.length > 0 ? [`on ${and(rule.monthDays.map(monthDay))}`] : []),
    ...(rule.days.length > 0
      ? [
          `on ${and(rule.days.map(({ nth, weekday }) => (nth === null ? weekdayNames([weekday]) : `the ${nthName({ nth, weekday })}`)))}`,
        ]
      : []),
    ...(rule.positions.length > 0 ? [`of these the ${and(rule.positions.map(ordinalWordEn))}`] : []),
  ];
  return [every(rule.interval, BASES[rule.frequency]), ...limits].join(', ');
}

const date = (day: string): string =>
  `${Number(day.slice(8))} ${monthName(Number(day.slice(5, 7)))} ${day.slice(0, 4)}`;

/** Rules in English. */
export const RULE_WORDS_EN: RuleWords = {
  days: (shape) => {
    switch (shape.is) {
      case 'days':
        return every(shape.interval, DAYS);
      case 'weekdays':
        return weekdays(shape.days, shape.interval);
      case 'monthDays':
        return monthDays(shape.days, shape.interval);
      case 'nths':
        return nths(shape.days, shape.interval);
      case 'workday':
        return workday(shape.nth, shape.interval);
      case 'yearDate':
        return `${every(shape.interval, YEARS)} on ${shape.day > 0 ? `${shape.day} ${monthName(shape.month)}` : `the last day of ${monthName(shape.month)}`}`;
      case 'yearNth':
        return `${every(shape.interval, YEARS)} on the ${nthName(shape.day)} of ${monthName(shape.month)}`;
    }
  },
  step: ({ unit, interval }, startMinutes) =>
    `${every(interval, unit === 'hour' ? HOURS : MINUTES)}, starting at ${clock(startMinutes)}`,
  times: (times) => {
    if (times.is === 'times') return `at ${and(times.minutes.map(clock))}`;
    const isHours = times.stepMinutes % 60 === 0;
    const step = every(isHours ? times.stepMinutes / 60 : times.stepMinutes, isHours ? HOURS : MINUTES);
    return `${step} from ${clock(times.from)} to ${clock(times.to)}`;
  },
  parts,
  count: (count) => counted(count, ['time', 'times', 'times'], 'en'),
  until: (last) => `until ${date(last)}`,
  date,
};
