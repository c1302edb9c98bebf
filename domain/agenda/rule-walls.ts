import { calendarDay, dayMatches, dayNumberOf, weekBegin, weekdayOfDay, type DayNumber } from './rule-days.ts';
import type { RuleParts } from './rule-parts.ts';

const DAY_MS = 86_400_000;
/** The longest wait between two dates of a rule that people keep is 40 years: 29 February on a given weekday around 2100. */
const HORIZON_DAYS = 100 * 366;
const LAST_DAY = dayNumberOf(9999, 1, 1);

/**
 * Wall times of a yearly, monthly, weekly or daily rule, each once, in order, as ms as if they were UTC, from about
 * `fromMs` on (a rule with COUNT: from the first on). Ends where 100 years bring nothing.
 */
export function* ruleWalls(rule: RuleParts, startMs: number, fromMs: number): Generator<number> {
  const startDay = Math.floor(startMs / DAY_MS);
  const parts = withDefaults(rule, startDay);
  const times = timesOf(parts, startMs);
  const dates = periods(parts, startDay);
  const from = Math.max(startMs, parts.count === null ? fromMs : startMs);
  let index = dates.indexAt(Math.floor(from / DAY_MS));
  let quietSince = Math.floor(from / DAY_MS);
  for (;;) {
    const { first, last } = dates.at(index);
    if (first - quietSince > HORIZON_DAYS || first > LAST_DAY) return;
    for (const wallMs of picked(parts, wallsOf(parts, { first, last }, times))) {
      if (wallMs < startMs) continue;
      yield wallMs;
      quietSince = first;
    }
    index += 1;
  }
}

/** Where the rule says nothing about the date, the start does. */
function withDefaults(parts: RuleParts, startDay: DayNumber): RuleParts {
  const { frequency, days, monthDays, yearDays, weeks, months } = parts;
  if (days.length > 0 || monthDays.length > 0 || yearDays.length > 0) return parts;
  const { month, day } = calendarDay(startDay);
  if (frequency === 'WEEKLY' || weeks.length > 0)
    return { ...parts, days: [{ weekday: weekdayOfDay(startDay), nth: null }] };
  if (frequency === 'MONTHLY') return { ...parts, monthDays: [day] };
  if (frequency === 'YEARLY') return { ...parts, monthDays: [day], months: months.length > 0 ? months : [month] };
  return parts;
}

/** Times of a day, ms since midnight. */
function timesOf(parts: RuleParts, startMs: number): number[] {
  const start = new Date(startMs);
  const or = (list: readonly number[], own: number): readonly number[] => (list.length > 0 ? list : [own]);
  const seconds = or(parts.seconds, start.getUTCSeconds());
  const minutes = or(parts.minutes, start.getUTCMinutes());
  return or(parts.hours, start.getUTCHours()).flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => ((hour * 60 + minute) * 60 + second) * 1_000)),
  );
}

interface Period {
  readonly first: DayNumber;
  readonly last: DayNumber;
}

interface Periods {
  /** Days of the period of that index; 0 is the start's. */
  at(index: number): Period;
  /** The last period that begins by that day, at least 0. */
  indexAt(day: DayNumber): number;
}

function periods({ frequency, interval, weekStart }: RuleParts, startDay: DayNumber): Periods {
  const { year, month } = calendarDay(startDay);
  const since = (units: number): number => Math.max(0, Math.floor(units / interval));
  if (frequency === 'YEARLY')
    return {
      at: (index) => spanOf(dayNumberOf(year + index * interval, 1, 1), dayNumberOf(year + index * interval + 1, 1, 1)),
      indexAt: (day) => since(calendarDay(day).year - year),
    };
  if (frequency === 'MONTHLY')
    return {
      at: (index) =>
        spanOf(dayNumberOf(year, month + index * interval, 1), dayNumberOf(year, month + index * interval + 1, 1)),
      indexAt: (day) => {
        const at = calendarDay(day);
        return since((at.year - year) * 12 + at.month - month);
      },
    };
  const length = frequency === 'WEEKLY' ? 7 : 1;
  const begin = frequency === 'WEEKLY' ? weekBegin(startDay, weekStart) : startDay;
  return {
    at: (index) => spanOf(begin + index * interval * length, begin + index * interval * length + length),
    indexAt: (day) => since((day - begin) / length),
  };
}

const spanOf = (first: DayNumber, end: DayNumber): Period => ({ first, last: end - 1 });

function wallsOf(parts: RuleParts, { first, last }: Period, times: readonly number[]): number[] {
  const walls: number[] = [];
  for (let day = first; day <= last; day += 1) {
    if (!dayMatches(parts, calendarDay(day))) continue;
    for (const time of times) walls.push(day * DAY_MS + time);
  }
  return walls;
}

/** BYSETPOS: those of a period that stand at the listed places, each once, in order. */
export function picked({ positions }: RuleParts, walls: readonly number[]): readonly number[] {
  if (positions.length === 0) return walls;
  return walls.filter((_, index) => positions.includes(index + 1) || positions.includes(index - walls.length));
}
