import { DomainError } from '../shared/errors.ts';
import { nextOccurrences, type Recurrence } from './recurrence.ts';
import { elapsedStep } from './rule-elapsed.ts';
import { parseRule, type RuleParts } from './rule-parts.ts';
import { instantOf, isZone, type WallTime } from './zoned-time.ts';

/** More of one thing in a day is noise. */
export const MAX_PER_DAY = 24;
const MAX_COUNT = 10_000;
const MAX_DATES = 1_000;
const DAY_MS = 86_400_000;
/** So many occurrences tell how dense a rule below a day is; of others the times of a day have been counted. */
const SAMPLE = 100;

/**
 * Whether a rule can be kept. @throws DomainError zone-unknown, time-invalid (30 February), rule-invalid (no RRULE),
 * rule-unclear (programs differ in what it means), rule-empty (it never happens), rule-too-frequent (over 24 a day),
 * rule-too-rare
 */
export function checkRule(rule: string, start: WallTime, zone: string): void {
  checkStart(start, zone);
  const parts = parseRule(rule);
  checkDates(parts);
  checkMeaning(parts);
  checkSize(parts);
  const count = elapsedStep(parts) === null ? 1 : SAMPLE;
  const first = nextOccurrences({ start, rule }, zone, { afterMs: instantOf(start, zone) - DAY_MS, count });
  if (first.length === 0)
    throw new DomainError('rule-empty', 'by this rule nothing ever happens; check its dates, INTERVAL and UNTIL');
  const crowded = first.some(({ atMs, wall }, index) => {
    const later = first[index + MAX_PER_DAY];
    return later !== undefined && Math.max(later.atMs - atMs, wallMs(later.wall) - wallMs(wall)) < DAY_MS;
  });
  if (crowded) throw tooFrequent();
}

const wallMs = (wall: WallTime): number => Date.parse(`${wall}Z`);

/** `checkRule` of a recurrence with or without a rule, and of its extra and left out times. @throws DomainError as there */
export function checkRecurrence({ start, rule, exdates = [], rdates = [] }: Recurrence, zone: string): void {
  checkStart(start, zone);
  if (exdates.length > MAX_DATES || rdates.length > MAX_DATES)
    throw new DomainError('rule-invalid', `at most ${MAX_DATES} times can be left out or added`);
  for (const wall of [...exdates, ...rdates]) instantOf(wall, zone);
  if (rule !== null) checkRule(rule, start, zone);
}

function checkStart(start: WallTime, zone: string): void {
  if (!isZone(zone))
    throw new DomainError('zone-unknown', `«${zone}» is no time zone; it is written as Europe/Moscow or Asia/Tokyo`);
  instantOf(start, zone);
  const year = Number(start.slice(0, 4));
  if (!(year >= 1970 && year < 2200)) throw new DomainError('time-invalid', 'a year is from 1970 to 2199');
}

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function checkDates({ months, monthDays }: RuleParts): void {
  const possible = months.some((month) => monthDays.some((day) => Math.abs(day) <= (LONGEST[month - 1] ?? 0)));
  if (months.length > 0 && monthDays.length > 0 && !possible)
    throw new DomainError('time-invalid', `no month ${months.join(', ')} has a day ${monthDays.join(', ')}`);
}

/** What calendars read differently (RFC 5545 is silent, libical and others disagree) is not promised to anybody. */
function checkMeaning(parts: RuleParts): void {
  const found = [...unclearWeeks(parts), ...unclearDays(parts)].find(([isUnclear]) => isUnclear);
  if (found !== undefined) throw new DomainError('rule-unclear', `calendars disagree about this rule: ${found[1]}`);
}

type Doubt = readonly [boolean, string];

function unclearWeeks({ frequency, interval, days, weeks }: RuleParts): Doubt[] {
  if (weeks.length === 0) return [];
  return [
    [frequency !== 'YEARLY', 'BYWEEKNO goes with FREQ=YEARLY alone'],
    [days.length === 0, 'BYWEEKNO needs BYDAY: say which day of the week'],
    [interval > 1, 'BYWEEKNO with INTERVAL: the first week may belong to the year before'],
    [hasNumberedDay(days), 'a numbered BYDAY (2MO) does not go with BYWEEKNO'],
  ];
}

function unclearDays({ frequency, days, monthDays, months, positions }: RuleParts): Doubt[] {
  const isLong = frequency === 'YEARLY' || frequency === 'MONTHLY';
  return [
    [frequency === 'YEARLY' && monthDays.length > 0 && months.length === 0, 'a yearly BYMONTHDAY needs BYMONTH'],
    [frequency === 'WEEKLY' && positions.length > 0, 'BYSETPOS in a weekly rule: name the days by BYDAY'],
    [frequency === 'WEEKLY' && monthDays.length > 0, 'BYMONTHDAY does not go with FREQ=WEEKLY'],
    [!isLong && hasNumberedDay(days), 'a numbered BYDAY (2MO) is of a month or a year'],
  ];
}

const hasNumberedDay = (days: RuleParts['days']): boolean => days.some(({ nth }) => nth !== null);

function checkSize({ frequency, count, hours, minutes, seconds }: RuleParts): void {
  if (count !== null && count > MAX_COUNT) throw new DomainError('rule-invalid', `COUNT is at most ${MAX_COUNT}`);
  if (frequency === 'SECONDLY' || seconds.length > 1 || Math.max(1, hours.length) * minutes.length > MAX_PER_DAY)
    throw tooFrequent();
}

const tooFrequent = (): DomainError =>
  new DomainError('rule-too-frequent', `at most ${MAX_PER_DAY} times a day; this rule comes more often`);
