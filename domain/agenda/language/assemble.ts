import { addDays, instantOf, wallTimeOf, weekdayOf, type WallTime } from '../zoned-time.ts';
import { dateOfNth, dateOfSpec, daysInMonth, isPast, type Dated } from './calendar.ts';
import { clockText, DEFAULT_MINUTES, minutesOf } from './clock.ts';
import type { Amount, DateSpec, QuestionCode } from './pieces.ts';
import { isRange, isSeries, type Slots } from './slots.ts';
import { seriesOf } from './series.ts';
import { seriesStart } from './series-start.ts';

/** When and where a phrase is said. */
export interface Saying {
  readonly nowMs: number;
  readonly zone: string;
}

/** What slots come to; `timeIsGuessed` = a day without a time was taken at the fixed hour. */
export interface Assembled {
  readonly start: WallTime;
  readonly rule: string | null;
  readonly timeIsGuessed: boolean;
}

export type AssembledOrQuestion = Assembled | { readonly question: QuestionCode };

const UNCLEAR = { question: 'unclear' } as const;

/** Times of the day that are said, minutes since midnight in order; null = nobody can know which. */
function timesOf(slots: Slots, setting: Parameters<typeof minutesOf>[2]): number[] | null {
  const { times, parts } = slots;
  const ranges = isRange(slots) ? slots.windows.map(({ from }) => from) : [];
  if (times.length > 0 && parts.length > 1) return null;
  const said = [...times, ...ranges].map((time) => minutesOf(time, parts[0] ?? null, setting));
  const known = said.filter((minutes) => minutes !== null);
  if (known.length < said.length) return null;
  const all = known.length > 0 ? known : parts.map(({ hour }) => hour * 60);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** Makes a start and a rule of what was said. */
export function assemble(slots: Slots, saying: Saying): AssembledOrQuestion {
  const now = wallTimeOf(saying.nowMs, saying.zone);
  const nowMinutes = Number(now.slice(11, 13)) * 60 + Number(now.slice(14, 16));
  const isToday = slots.dates.every(({ spec }) => spec.is === 'ahead' && spec.days === 0) && slots.nths.length === 0;
  const series = isSeries(slots);
  const isOpen = isToday && !series && slots.offsets.length + slots.from.length === 0;
  const said = timesOf(slots, { nowMinutes, isOpen });
  if (said === null) return UNCLEAR;
  const times = said.length === 0 && slots.sameTimes.length > 0 ? [nowMinutes] : said;
  if (!series) return once(slots, { now, times, saying });
  const made = seriesOf(slots);
  return 'question' in made ? made : seriesStart(made, slots, { now, times, saying });
}

/** A phrase's moment and the times of the day that it names. */
export interface Setting {
  readonly now: WallTime;
  readonly times: readonly number[];
  readonly saying: Saying;
}

function once(slots: Slots, setting: Setting): AssembledOrQuestion {
  const { offsets, deadlines, timeLimits, until, spans, counts } = slots;
  const limits = deadlines.length + timeLimits.length + until.length;
  const named = slots.dates.length + slots.from.length + offsets.length + slots.nths.length;
  if (limits > 0) return named + setting.times.length > 0 ? UNCLEAR : { question: 'when' };
  if (setting.times.length > 1 || slots.days.length + spans.length + counts.length > 0) return UNCLEAR;
  const [offset] = offsets;
  if (offset === undefined) return onDay(slots, setting);
  if (named === 1) return afterAmount(offset, setting);
  return named === 2 && isToday(slots.dates.map(({ spec }) => spec)) ? laterToday(offset, setting) : UNCLEAR;
}

function afterAmount({ seconds, days, months }: Amount, { now, times, saying }: Setting): AssembledOrQuestion {
  if (days > 80_000 || months > 1_200 || seconds > 86_400 * 3_650) return { question: 'no-such-date' };
  const date = addDays(addMonths(now.slice(0, 10), months), days);
  if (seconds === 0) {
    const [minutes] = times;
    const clock = minutes === undefined ? `${now.slice(11, 16)}:00` : clockText(minutes);
    return settled(`${date}T${clock}`, now, false);
  }
  if (times.length > 0) return UNCLEAR;
  const fromMs = days + months === 0 ? saying.nowMs : instantOf(`${date}T${now.slice(11)}`, saying.zone);
  return settled(wallTimeOf(fromMs + seconds * 1_000, saying.zone), now, false);
}

/** «Today in two hours»: if that is today. */
function laterToday(offset: Amount, setting: Setting): AssembledOrQuestion {
  const made = afterAmount(offset, setting);
  return 'start' in made && made.start.slice(0, 10) === setting.now.slice(0, 10) ? made : UNCLEAR;
}

/** The same day so many months later, or the last of that month. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  const index = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  return `${y}-${String(m).padStart(2, '0')}-${String(Math.min(day, daysInMonth(y, m))).padStart(2, '0')}`;
}

const settled = (start: WallTime, now: WallTime, timeIsGuessed: boolean): AssembledOrQuestion =>
  isPast(start, now) ? { question: 'past' } : { start, rule: null, timeIsGuessed };

function onDay(slots: Slots, setting: Setting): AssembledOrQuestion {
  const specs = [...slots.dates.map(({ spec }) => spec), ...slots.from];
  if (slots.windows.length > 1 || specs.length + slots.nths.length > 2) return UNCLEAR;
  const said = setting.times[0];
  if (said === undefined && isVagueDay(specs) && slots.nths.length === 0) return { question: 'when' };
  return atMinutes(slots, specs, { now: setting.now, said });
}

interface Minute {
  readonly now: WallTime;
  /** undefined = no time is said. */
  readonly said: number | undefined;
}

function atMinutes(slots: Slots, specs: readonly DateSpec[], { now, said }: Minute): AssembledOrQuestion {
  const minutes = said ?? DEFAULT_MINUTES;
  const isPassed = `${now.slice(0, 11)}${clockText(minutes)}` <= now;
  const dated = oneDay(slots, specs, { date: now.slice(0, 10), isPassed });
  if ('question' in dated) return dated;
  if (isMidnight(slots, minutes) && specs.length > 0) return midnightOf(specs, dated.date, now);
  const isLate = isPassed && isToday(specs) && isAtNight(slots) && minutes < 300; // «сегодня в 2 ночи»
  return settled(`${isLate ? addDays(dated.date, 1) : dated.date}T${clockText(minutes)}`, now, said === undefined);
}

const isAtNight = ({ parts, times }: Slots): boolean => [...parts, ...times].some(({ part }) => part === 'n');

const isToday = ([spec]: readonly DateSpec[]): boolean => spec?.is === 'ahead' && spec.days === 0;
/** Of today nine o'clock may have passed; and no day at all. */
const isVagueDay = (specs: readonly DateSpec[]): boolean => specs.length === 0 || isToday(specs);

const isMidnight = ({ times }: Slots, minutes: number): boolean => minutes === 0 && times[0]?.part === 'n';

/** Midnight of today is the one to come; of another day it may be the one before or after. */
const midnightOf = (specs: readonly DateSpec[], date: string, now: WallTime): AssembledOrQuestion =>
  isToday(specs) ? settled(`${addDays(date, 1)}T00:00:00`, now, false) : UNCLEAR;

function oneDay(slots: Slots, specs: readonly DateSpec[], today: Parameters<typeof dateOfSpec>[1]): Dated {
  const [nth, ...otherNths] = slots.nths;
  const [first, second, ...others] = specs;
  if (slots.monthDays.length + others.length + otherNths.length > 0) return UNCLEAR;
  if (nth !== undefined) return first === undefined && nth.others.length === 0 ? dateOfNth(nth, today) : UNCLEAR;
  if (first === undefined) return { date: today.isPassed ? addDays(today.date, 1) : today.date };
  if (second === undefined) return dateOfSpec(first, today);
  return agreeing(first, second, today);
}

/** «Friday, 4 December»: the weekday has to be that date's. */
function agreeing(one: DateSpec, other: DateSpec, today: Parameters<typeof dateOfSpec>[1]): Dated {
  const weekday = one.is === 'weekday' ? one : other;
  const dated = one.is === 'weekday' ? other : one;
  if (weekday.is !== 'weekday' || weekday.later > 0 || dated.is === 'weekday' || dated.is === 'weekend') return UNCLEAR;
  const found = dateOfSpec(dated, today);
  return 'question' in found || weekdayOf(found.date) === weekday.weekday ? found : UNCLEAR;
}
