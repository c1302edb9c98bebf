import { DomainError } from '../shared/errors.ts';

export type Frequency = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY' | 'MINUTELY' | 'SECONDLY';

/** A weekday of BYDAY; `nth` counts within the month or year, below zero from its end; null = each. */
export interface RuleDay {
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  readonly nth: number | null;
}

/** End of a rule: an instant in UTC, or a wall time (a date lasts to its end). */
export interface RuleUntil {
  /** ms; of a wall time as if it were UTC. */
  readonly ms: number;
  readonly isWall: boolean;
}

/** An RRULE taken apart; an empty list = the part is absent. */
export interface RuleParts {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  readonly until: RuleUntil | null;
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly RuleDay[];
  readonly monthDays: readonly number[];
  readonly yearDays: readonly number[];
  readonly weeks: readonly number[];
  readonly months: readonly number[];
  readonly positions: readonly number[];
  /** First day of a week, 1 = Monday … 7 = Sunday. */
  readonly weekStart: number;
}

const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const KNOWN = new Set(
  'FREQ INTERVAL COUNT UNTIL BYSECOND BYMINUTE BYHOUR BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST'.split(
    ' ',
  ),
);
/** More than that is no rule that a person wrote. */
const MAX_LENGTH = 1_000;

const wrong = (message: string): DomainError => new DomainError('rule-invalid', message);

/** Takes an RRULE (without `RRULE:`) apart. @throws DomainError rule-invalid, which says what is wrong */
export function parseRule(rule: string): RuleParts {
  const values = valuesOf(rule);
  const list = (name: string, least: number, most: number): number[] => numbers(values, name, { least, most });
  const signed = (name: string, most: number): number[] =>
    list(name, -most, most).map((number) => {
      if (number === 0) throw wrong(`${name} has no 0`);
      return number;
    });
  const count = values.has('COUNT') ? single(values, 'COUNT', 1_000_000) : null;
  const until = values.get('UNTIL');
  if (count !== null && until !== undefined) throw wrong('a rule ends by COUNT or by UNTIL, not by both');
  return {
    frequency: frequencyOf(values.get('FREQ')),
    interval: values.has('INTERVAL') ? single(values, 'INTERVAL', 100_000) : 1,
    count,
    until: until === undefined ? null : untilOf(until),
    seconds: list('BYSECOND', 0, 59),
    minutes: list('BYMINUTE', 0, 59),
    hours: list('BYHOUR', 0, 23),
    days: (values.get('BYDAY')?.split(',') ?? []).map(dayOf),
    monthDays: signed('BYMONTHDAY', 31),
    yearDays: signed('BYYEARDAY', 366),
    weeks: signed('BYWEEKNO', 53),
    months: list('BYMONTH', 1, 12),
    positions: signed('BYSETPOS', 366),
    weekStart: weekdayOf(values.get('WKST') ?? 'MO', 'WKST'),
  };
}

function valuesOf(rule: string): Map<string, string> {
  if (rule.length > MAX_LENGTH) throw wrong(`a rule has at most ${MAX_LENGTH} characters`);
  const values = new Map<string, string>();
  for (const part of rule.toUpperCase().split(';')) {
    const [name = '', value = '', ...rest] = part.split('=');
    if (!KNOWN.has(name)) throw wrong(`«${name}» is no part of a rule; there are ${[...KNOWN].join(', ')}`);
    if (value === '' || rest.length > 0) throw wrong(`${name} is written as ${name}=value`);
    if (values.has(name)) throw wrong(`${name} stands twice`);
    values.set(name, value);
  }
  return values;
}

function frequencyOf(value: string | undefined): Frequency {
  const frequency = FREQUENCIES.find((known) => known === value);
  if (frequency === undefined) throw wrong(`FREQ has to be one of ${FREQUENCIES.join(', ')}`);
  return frequency;
}

function single(values: ReadonlyMap<string, string>, name: string, most: number): number {
  const [number, ...rest] = numbers(values, name, { least: 1, most });
  if (number === undefined || rest.length > 0) throw wrong(`${name} is one number`);
  return number;
}

function numbers(
  values: ReadonlyMap<string, string>,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number[] {
  const given = values.get(name)?.split(',') ?? [];
  const read = given.map((text) => {
    const number = /^[+-]?\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) throw wrong(`${name}: «${text}» is not from ${least} to ${most}`);
    return number;
  });
  return [...new Set(read)].sort((a, b) => a - b);
}

function dayOf(text: string): RuleDay {
  const { nth = '', name = '' } = /^(?<nth>[+-]?\d{0,2})(?<name>[A-Z]{2})$/.exec(text)?.groups ?? {};
  const weekday = weekdayOf(name, `BYDAY: «${text}»`);
  if (nth === '') return { weekday, nth: null };
  const number = Number(nth);
  if (!(number !== 0 && Math.abs(number) <= 53)) throw wrong(`BYDAY: «${text}» counts from 1 to 53 or from -53 to -1`);
  return { weekday, nth: number };
}

function weekdayOf(name: string, where: string): number {
  const index = WEEKDAYS.indexOf(name);
  if (index === -1) throw wrong(`${where}: a weekday is one of ${WEEKDAYS.join(', ')}`);
  return index + 1;
}

function untilOf(text: string): RuleUntil {
  const { y, m, d, time, z } = /^(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)(?:T(?<time>\d{6})(?<z>Z)?)?$/.exec(text)?.groups ?? {};
  const date = `${y}-${m}-${d}`;
  const clock = (time ?? '235959').replace(/(..)(..)(..)/, '$1:$2:$3');
  const ms = Date.parse(`${date}T${clock}Z`);
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(date))
    throw wrong(`UNTIL: «${text}» is no date (20261231) or UTC time (20261231T235959Z) of the calendar`);
  return { ms, isWall: z === undefined };
}
