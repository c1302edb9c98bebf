import { DomainError } from '../../shared/errors.ts';
import { nextOccurrences } from '../recurrence.ts';
import { checkRule } from '../rule-check.ts';
import { addDays, instantOf, wallTimeOf, weekdayOf, type WallDate, type WallTime } from '../zoned-time.ts';
import type { AssembledOrQuestion, Setting } from './assemble.ts';
import { dateOfNumbers, dateOfSpec } from './calendar.ts';
import { clockText, DEFAULT_MINUTES } from './clock.ts';
import type { QuestionCode } from './pieces.ts';
import { byDay, type Series } from './series.ts';
import type { Slots } from './slots.ts';

const UNCLEAR = { question: 'unclear' } as const;

/** Finds the first time of a series and writes its rule. */
export function seriesStart(series: Series, slots: Slots, setting: Setting): AssembledOrQuestion {
  const from = fromDate(slots, setting);
  const timed = withTimes(series, setting.times);
  if (slots.deadlines.length + slots.timeLimits.length > 0 || timed === null) return UNCLEAR;
  if (from !== null && 'question' in from) return from;
  try {
    return started(timed, slots, { ...setting, from: from?.date ?? null });
  } catch (err) {
    if (err instanceof DomainError) return { question: QUESTIONS[err.code] ?? 'unclear' };
    throw err;
  }
}

function started(timed: Series, slots: Slots, setting: Setting & { from: WallDate | null }): AssembledOrQuestion {
  const start = firstTime(timed, setting.from, setting);
  if (start === null) return { question: 'no-such-date' };
  const end = endOf(slots, start);
  if (end !== null && end < start.slice(0, 10)) return { question: 'past' };
  const rule = ruleText(nameDay(timed, start), slots.counts[0] ?? null, end);
  checkRule(rule, start, setting.saying.zone);
  const timeIsGuessed = setting.times.length === 0 && timed.by['BYHOUR'] === undefined && !isSubDaily(timed);
  return { start, rule, timeIsGuessed };
}

const QUESTIONS: Readonly<Record<string, QuestionCode>> = {
  'rule-too-frequent': 'too-often',
  'rule-empty': 'no-such-date',
  'rule-too-rare': 'no-such-date',
  'time-invalid': 'no-such-date',
};

const isSubDaily = ({ frequency }: Series): boolean => frequency === 'HOURLY' || frequency === 'MINUTELY';

function fromDate({ from }: Slots, { now }: Setting): ReturnType<typeof dateOfSpec> | null {
  const [spec] = from;
  return spec === undefined ? null : dateOfSpec(spec, { date: now.slice(0, 10), isPassed: false });
}

/** Several times a day go into the rule; if their minutes differ, as those picked from all combinations. */
function withTimes(series: Series, times: readonly number[]): Series | null {
  const isListed = series.by['BYHOUR'] !== undefined;
  if (times.length < 2) return isListed && times.length > 0 ? null : series;
  if (isListed || isSubDaily(series) || series.by['BYSETPOS'] !== undefined) return null;
  const hours = distinct(times.map((time) => Math.floor(time / 60)));
  const minutes = distinct(times.map((time) => time % 60));
  const by = { ...series.by, BYHOUR: hours.join(','), BYMINUTE: minutes.join(',') };
  const all = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
  if (all.length === times.length) return { ...series, by };
  const places = all.flatMap((time, index) => (times.includes(time) ? [index + 1] : []));
  return isOfDays(series) ? { ...series, frequency: 'DAILY', by: { ...by, BYSETPOS: places.join(',') } } : null;
}

/** Whether each of its days can be looked at alone. */
const isOfDays = ({ frequency, interval }: Series): boolean =>
  frequency === 'DAILY' || (interval === 1 && frequency === 'WEEKLY');

const distinct = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

function firstTime(series: Series, from: WallDate | null, setting: Setting): WallTime | null {
  const { now, times, saying } = setting;
  if (isSubDaily(series)) return firstStep(series, from, setting);
  const date = from ?? now.slice(0, 10);
  const minutes = times[0] ?? (series.by['BYHOUR'] === undefined ? DEFAULT_MINUTES : 0);
  const anchor = `${date}T${clockText(minutes)}`;
  const afterMs = from === null ? saying.nowMs : Math.max(saying.nowMs, instantOf(`${from}T00:00:00`, saying.zone) - 1);
  const isBare = Object.keys(series.by).length === 0; // «once a month»: from the next morning on
  const rule = ruleText({ ...series, interval: 1, ...(isBare ? { frequency: 'DAILY' } : {}) }, null, null);
  return nextOccurrences({ start: anchor, rule }, saying.zone, { afterMs, count: 1 })[0]?.wall ?? null;
}

/** Of steps below a day the first is one step from now, or at the time that is said. */
function firstStep(
  { frequency, interval }: Series,
  from: WallDate | null,
  { now, times, saying }: Setting,
): WallTime | null {
  const [minutes] = times;
  if (minutes === undefined && from === null) {
    const stepMs = interval * (frequency === 'HOURLY' ? 3_600_000 : 60_000);
    return `${wallTimeOf(saying.nowMs + stepMs, saying.zone).slice(0, 16)}:00`;
  }
  const start = `${from ?? now.slice(0, 10)}T${clockText(minutes ?? DEFAULT_MINUTES)}`;
  return start > now ? start : `${addDays(start.slice(0, 10), 1)}${start.slice(10)}`;
}

/** A weekly rule names its weekday, a monthly its day, a yearly its date. */
function nameDay(series: Series, start: WallTime): Series {
  if (Object.keys(series.by).some((key) => key !== 'BYHOUR' && key !== 'BYMINUTE')) return series;
  const [month, day] = [String(Number(start.slice(5, 7))), String(Number(start.slice(8, 10)))];
  if (series.frequency === 'WEEKLY')
    return { ...series, by: { BYDAY: byDay([weekdayOf(start.slice(0, 10))]), ...series.by } };
  if (series.frequency === 'MONTHLY') return { ...series, by: { BYMONTHDAY: day, ...series.by } };
  if (series.frequency === 'YEARLY') return { ...series, by: { BYMONTH: month, BYMONTHDAY: day, ...series.by } };
  return series;
}

/** The last day; null = no end is said. */
function endOf({ until, spans }: Slots, start: WallTime): WallDate | null {
  const [spec] = until;
  const [span] = spans;
  const first = start.slice(0, 10);
  if (spec !== undefined) {
    const dated = dateOfSpec(spec, { date: first, isPassed: false });
    return 'date' in dated ? dated.date : addDays(first, -1);
  }
  if (span === undefined) return null;
  const [year, month, day] = [Number(first.slice(0, 4)), Number(first.slice(5, 7)), Number(first.slice(8))];
  return addDays(dateOfNumbers(year, month + span.months, day), span.days - 1);
}

function ruleText({ frequency, interval, by }: Series, count: number | null, until: WallDate | null): string {
  return [
    `FREQ=${frequency}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...Object.entries(by).map(([name, value]) => `${name}=${value}`),
    ...(count === null ? [] : [`COUNT=${count}`]),
    ...(until === null ? [] : [`UNTIL=${until.replaceAll('-', '')}T235959`]),
  ].join(';');
}
