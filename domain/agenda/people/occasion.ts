import { DomainError } from '../../shared/errors.ts';
import { addDays, dateOf, daysBetween, instantOf, wallTimeAt, type WallDate } from '../zoned-time.ts';

export const OCCASION_KINDS = ['birthday', 'anniversary', 'holiday', 'other'] as const;
export type OccasionKind = (typeof OCCASION_KINDS)[number];

/** Days before an occasion on which it is told of, unless somebody says otherwise. */
export const USUAL_LEAD_DAYS: readonly number[] = [14, 7, 3];
export const LONGEST_LEAD_DAYS = 180;

/** A day of the year on which somebody is to be thought of. */
export interface OccasionDate {
  /** 1–12. */
  readonly month: number;
  /** 1–31; 29 February comes on 28 February in other years. */
  readonly day: number;
  /** Of the first time, e.g. of birth; null = unknown. */
  readonly year: number | null;
}

/** When an occasion is told of; `at` is `HH:MM` of the zone. */
export interface OccasionRule extends OccasionDate {
  /** Besides the day itself. */
  readonly leadDays: readonly number[];
  readonly at: string;
  readonly zone: string;
  /** Of this year's day nothing more is told before it: the present is there; null = of none. */
  readonly doneYear: number | null;
  /** It is told of once more on this day; null = it is not. */
  readonly snoozedTo: WallDate | null;
}

/** One notice: of the day itself when `leadDays` is 0. */
export interface OccasionNotice {
  readonly date: WallDate;
  readonly leadDays: number;
  /** How many years it is then; null = unknown. */
  readonly years: number | null;
}

export interface OccasionMoments {
  /** To be told now: at most one, for what was missed before it says less. */
  readonly due: OccasionNotice | null;
  /** Days up to here are behind. */
  readonly toldTo: WallDate;
  /** ms since 1970. */
  readonly nextMs: number;
}

const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** @throws DomainError occasion-invalid for a day that no year has, or lead times outside 1–180 days */
export function checkOccasion(date: OccasionDate, leadDays: readonly number[]): void {
  const wrong = wrongDay(date) ?? wrongYear(date);
  if (wrong !== null) throw new DomainError('occasion-invalid', wrong);
  if (leadDays.some((days) => !Number.isInteger(days) || days < 1 || days > LONGEST_LEAD_DAYS))
    throw new DomainError('occasion-invalid', `lead times must be whole days from 1 to ${LONGEST_LEAD_DAYS}`);
}

function wrongDay({ month, day }: OccasionDate): string | null {
  const last = LAST_DAYS[month - 1];
  const isDay = last !== undefined && Number.isInteger(day) && day >= 1 && day <= last;
  return isDay ? null : `there is no day ${day} in month ${month}`;
}

function wrongYear({ month, day, year }: OccasionDate): string | null {
  if (year === null) return null;
  if (!Number.isInteger(year) || year < 1800 || year > 2200) return 'the year must be from 1800 to 2200';
  return month === 2 && day === 29 && !isLeap(year) ? `${year} had no 29 February` : null;
}

/** The date on which it is in a year. */
export function occasionIn({ month, day }: Pick<OccasionDate, 'month' | 'day'>, year: number): WallDate {
  const shown = month === 2 && day === 29 && !isLeap(year) ? 28 : day;
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(shown).padStart(2, '0')].join('-');
}

/** The next date on or after `today`. */
export function nextOccasion(date: OccasionDate, today: WallDate): WallDate {
  const year = Number(today.slice(0, 4));
  const thisYear = occasionIn(date, year);
  return thisYear >= today ? thisYear : occasionIn(date, year + 1);
}

/** Of a date that it is on: how many years then; null = the year is unknown, or it is the first time. */
export function yearsOn({ year }: OccasionDate, date: WallDate): number | null {
  const years = year === null ? 0 : Number(date.slice(0, 4)) - year;
  return years > 0 ? years : null;
}

/** How an occasion that begins to be kept stands: what today's time is past for does not come any more. */
export function occasionFrom(rule: OccasionRule, nowMs: number): WallDate {
  const today = dateOf(nowMs, rule.zone);
  return instantOf(wallTimeAt(today, rule.at), rule.zone) <= nowMs ? today : addDays(today, -1);
}

/** What is to be told now, and when something is next. An occasion that is over is not told of. */
export function occasionMoments(rule: OccasionRule, toldTo: WallDate, nowMs: number): OccasionMoments {
  const today = dateOf(nowMs, rule.zone);
  const reached = occasionFrom(rule, nowMs);
  const due = noticesAround(rule, today)
    .filter(({ on, notice }) => on > toldTo && on <= reached && notice.date >= today)
    .at(-1);
  const after = reached > toldTo ? reached : toldTo;
  const next = noticesAround(rule, today).find(({ on }) => on > after);
  if (next === undefined) throw new Error('an occasion comes every year');
  return {
    due: due?.notice ?? null,
    toldTo: after,
    nextMs: instantOf(wallTimeAt(next.on, rule.at), rule.zone),
  };
}

interface Placed {
  /** The day on which it is told. */
  readonly on: WallDate;
  readonly notice: OccasionNotice;
}

/** Notices of the years around, by the day on which they are told. */
function noticesAround(rule: OccasionRule, today: WallDate): Placed[] {
  const year = Number(today.slice(0, 4));
  const leads = [...new Set([0, ...rule.leadDays])];
  const snoozed = rule.snoozedTo === null ? [] : [snoozedNotice(rule, rule.snoozedTo)];
  return [...snoozed, ...yearly()].toSorted(
    (left, right) => daysBetween(right.on, left.on) || right.notice.leadDays - left.notice.leadDays,
  );

  function yearly(): Placed[] {
    return [year, year + 1, year + 2].flatMap((each) => {
      const date = occasionIn(rule, each);
      return leads
        .filter((leadDays) => leadDays === 0 || rule.doneYear !== each)
        .map((leadDays) => ({ on: addDays(date, -leadDays), notice: noticeOf(rule, date, leadDays) }));
    });
  }
}

const noticeOf = (rule: OccasionRule, date: WallDate, leadDays: number): OccasionNotice => ({
  ...{ date, leadDays, years: yearsOn(rule, date) },
});

function snoozedNotice(rule: OccasionRule, on: WallDate): Placed {
  const date = nextOccasion(rule, on);
  return { on, notice: noticeOf(rule, date, daysBetween(on, date)) };
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
