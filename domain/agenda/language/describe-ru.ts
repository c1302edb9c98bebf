import type { RuleParts } from '../rule-parts.ts';
import { parityOf, type RuleWords } from './describe-words.ts';
import { MONTHS_NOMINATIVE_RU, MONTHS_RU, ordinalRu, WEEKDAYS_ACCUSATIVE_RU, WEEKDAYS_PLURAL_RU } from './names.ts';
import { counted, joinAnd, plural, type Forms } from './plural.ts';
import { WEEKEND, WORKDAYS, type Weekday } from './pieces.ts';
import type { NthDay } from './rule-shape.ts';

const DAYS: Forms = ['день', 'дня', 'дней'];
const WEEKS: Forms = ['неделю', 'недели', 'недель'];
const MONTHS: Forms = ['месяц', 'месяца', 'месяцев'];
const YEARS: Forms = ['год', 'года', 'лет'];
const HOURS: Forms = ['час', 'часа', 'часов'];
const MINUTES: Forms = ['минуту', 'минуты', 'минут'];

const and = (items: readonly string[]): string => joinAnd(items, 'ru');
const clock = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
/** «Раз в 3 месяца». */
const once = (interval: number, forms: Forms): string =>
  interval === 1 ? `раз в ${forms[0]}` : `раз в ${counted(interval, forms, 'ru')}`;
/** «Каждый час», «каждые 3 часа», «каждую 21 минуту». */
function every(interval: number, forms: Forms): string {
  const isFeminine = forms === MINUTES || forms === WEEKS;
  if (plural(interval, ['one', 'few', 'many'], 'ru') !== 'one') return `каждые ${counted(interval, forms, 'ru')}`;
  const word = isFeminine ? 'каждую' : 'каждый';
  return interval === 1 ? `${word} ${forms[0]}` : `${word} ${interval} ${forms[0]}`;
}

function weekdays(days: readonly Weekday[], interval: number): string {
  const named = `по ${daysPlural(days)}`;
  return interval === 1 ? named : `${once(interval, WEEKS)} ${named}`;
}

function daysPlural(days: readonly Weekday[]): string {
  if (days.join() === WORKDAYS.join()) return 'будням';
  if (days.join() === WEEKEND.join()) return 'выходным';
  return and(days.map((day) => WEEKDAYS_PLURAL_RU[day - 1] ?? ''));
}

function monthDays(days: readonly number[], interval: number): string {
  const parity = parityOf(days);
  if (parity !== null && interval === 1) return `по ${parity === 'even' ? 'чётным' : 'нечётным'} числам`;
  const list = monthDaysList(days);
  const ofMonth = days.some((day) => day < 0) ? ' месяца' : '';
  if (interval > 1) return `${once(interval, MONTHS)} ${list}${ofMonth}`;
  const isListed = days.length > 1 && days.every((day) => day > 0);
  return isListed ? list : `${list} каждого месяца`;
}

function monthDaysList(days: readonly number[]): string {
  const positive = days.filter((day) => day > 0).map(String);
  const last = days
    .filter((day) => day < 0)
    .map((day) => (day === -1 ? 'в последний день' : `за ${counted(-day - 1, DAYS, 'ru')} до последнего дня`));
  return and([...(positive.length > 0 ? [`${and(positive)} числа`] : []), ...last]);
}

const GENDERS = ['m', 'm', 'f', 'm', 'f', 'f', 'n'] as const;
const genderOf = (weekday: Weekday) => GENDERS[weekday - 1] ?? 'm';
const EVERY = { m: 'каждый', f: 'каждую', n: 'каждое' } as const;

const nthName = ({ nth, weekday }: NthDay): string =>
  `${ordinalRu(nth, genderOf(weekday))} ${WEEKDAYS_ACCUSATIVE_RU[weekday - 1] ?? ''}`;
/** «В первый», «во второй». */
const inNth = (day: NthDay): string => `${day.nth === 2 ? 'во' : 'в'} ${nthName(day)}`;

function nths(days: readonly NthDay[], interval: number): string {
  const [first, ...more] = days;
  if (first !== undefined && more.length === 0 && interval === 1)
    return `${EVERY[genderOf(first.weekday)]} ${nthName(first)} месяца`;
  const list = nthList(days);
  return interval === 1 ? `${list} каждого месяца` : `${once(interval, MONTHS)} ${list} месяца`;
}

/** «В первый и третий понедельник». */
function nthList(days: readonly NthDay[]): string {
  const [first, ...others] = days;
  if (first === undefined || others.some(({ weekday }) => weekday !== first.weekday)) return and(days.map(inNth));
  const ordinals = days.map(({ nth, weekday }) => ordinalRu(nth, genderOf(weekday)));
  return `${first.nth === 2 ? 'во' : 'в'} ${and(ordinals)} ${WEEKDAYS_ACCUSATIVE_RU[first.weekday - 1] ?? ''}`;
}

function workday(nth: number, interval: number): string {
  const name = `${nth === 2 ? 'во' : 'в'} ${ordinalRu(nth, 'm')} рабочий день`;
  return interval === 1 ? `${name} каждого месяца` : `${once(interval, MONTHS)} ${name} месяца`;
}

const yearly = (interval: number, day: string): string =>
  `${interval === 1 ? 'каждый год' : once(interval, YEARS)} ${day}`;
const month = (number: number): string => MONTHS_RU[number - 1] ?? '';

const BASES: Readonly<Record<RuleParts['frequency'], Forms>> = {
  YEARLY: YEARS,
  MONTHLY: MONTHS,
  WEEKLY: WEEKS,
  DAILY: DAYS,
  HOURLY: HOURS,
  MINUTELY: MINUTES,
  SECONDLY: ['секунду', 'секунды', 'секунд'],
};

/** A long rule, part by part. */
function parts(rule: RuleParts): string {
  const limits = [
    ...(rule.months.length > 0
      ? [`месяцы: ${and(rule.months.map((number) => MONTHS_NOMINATIVE_RU[number - 1] ?? ''))}`]
      : []),
    ...(rule.weeks.length > 0 ? [`недели года: ${and(rule.weeks.map(String))}`] : []),
    ...(rule.yearDays.length > 0 ? [`дни года: ${and(rule.yearDays.map(String))}`] : []),
    ...(rule.monthDays.length > 0 ? [monthDaysList(rule.monthDays)] : []),
    ...(rule.days.length > 0
      ? [
          and(
            rule.days.map(({ nth, weekday }) =>
              nth === null ? `по ${daysPlural([weekday])}` : inNth({ nth, weekday }),
            ),
          ),
        ]
      : []),
    ...(rule.positions.length > 0
      ? [`из них по счёту ${and(rule.positions.map((place) => (place < 0 ? `${-place}-е с конца` : `${place}-е`)))}`]
      : []),
  ];
  return [every(rule.interval, BASES[rule.frequency]), ...limits].join(', ');
}

const date = (day: string): string =>
  `${Number(day.slice(8))} ${MONTHS_RU[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)} года`;

/** Rules in Russian. */
export const RULE_WORDS_RU: RuleWords = {
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
        return yearly(
          shape.interval,
          shape.day > 0 ? `${shape.day} ${month(shape.month)}` : `в последний день ${month(shape.month)}`,
        );
      case 'yearNth':
        return yearly(shape.interval, `${inNth(shape.day)} ${month(shape.month)}`);
    }
  },
  step: ({ unit, interval }, startMinutes) =>
    `${every(interval, unit === 'hour' ? HOURS : MINUTES)}, начиная с ${clock(startMinutes)}`,
  times: (times) => {
    if (times.is === 'times') return `в ${and(times.minutes.map(clock))}`;
    const isHours = times.stepMinutes % 60 === 0;
    const step = every(isHours ? times.stepMinutes / 60 : times.stepMinutes, isHours ? HOURS : MINUTES);
    return `${step} с ${clock(times.from)} до ${clock(times.to)}`;
  },
  parts,
  count: (count) => `всего ${counted(count, ['раз', 'раза', 'раз'], 'ru')}`,
  until: (last) => `до ${date(last)}`,
  date: (day) => date(day),
};
