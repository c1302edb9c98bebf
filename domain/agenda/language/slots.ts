import type { Amount, DateSpec, Nth, PartOfDay, Piece, QuestionCode, SaidTime, Unit, Weekday } from './pieces.ts';

/** A part of the day with its fixed hour. */
export interface SaidPart {
  readonly part: PartOfDay;
  readonly hour: number;
}

/** What a phrase says, sorted by what it is said of. */
export interface Slots {
  readonly times: readonly SaidTime[];
  readonly parts: readonly SaidPart[];
  readonly dates: readonly { readonly spec: DateSpec; readonly every: boolean }[];
  readonly from: readonly DateSpec[];
  readonly until: readonly DateSpec[];
  /** Dates and times before which something is to be done. */
  readonly deadlines: readonly DateSpec[];
  readonly timeLimits: readonly SaidTime[];
  readonly offsets: readonly Amount[];
  readonly repeats: readonly { readonly unit: Unit; readonly interval: number }[];
  readonly days: readonly { readonly days: readonly Weekday[]; readonly every: boolean; readonly interval: number }[];
  readonly except: readonly Weekday[];
  readonly monthDays: readonly { readonly days: readonly number[]; readonly every: boolean }[];
  readonly nths: readonly Nth[];
  readonly windows: readonly { readonly from: SaidTime; readonly to: SaidTime }[];
  readonly pers: readonly { readonly times: number; readonly unit: Unit }[];
  readonly counts: readonly number[];
  readonly sameTimes: readonly unknown[];
  readonly spans: readonly { readonly days: number; readonly months: number }[];
}

const GRAVEST = ['too-often', 'no-such-date', 'no-such-time', 'past', 'unclear', 'when', 'what'] as const;

/** The gravest of what must be asked; null = nothing. */
export function gravest(codes: readonly QuestionCode[]): QuestionCode | null {
  return GRAVEST.find((code) => codes.includes(code)) ?? null;
}

/** Sorts pieces. */
export function slotsOf(pieces: readonly Piece[]): Slots {
  const of = <K extends Piece['kind']>(kind: K): Extract<Piece, { kind: K }>[] =>
    pieces.filter((piece): piece is Extract<Piece, { kind: K }> => piece.kind === kind);
  const dates = of('date');
  const specs = (role: string): DateSpec[] => dates.filter((date) => date.role === role).map(({ spec }) => spec);
  const times = of('time');
  const isMoment = ({ role }: { role: string }): boolean => role === 'on' || role === 'from';
  return {
    times: times.filter(isMoment),
    parts: of('part'),
    dates: dates.filter(({ role }) => role === 'on'),
    from: specs('from'),
    until: specs('until'),
    deadlines: specs('deadline'),
    timeLimits: times.filter((time) => !isMoment(time)),
    offsets: of('offset').map(({ amount }) => amount),
    repeats: of('repeat'),
    days: of('days'),
    except: of('except').flatMap(({ days }) => days),
    monthDays: of('monthDays'),
    nths: of('nth'),
    windows: of('window'),
    pers: of('per'),
    counts: of('count').map(({ count }) => count),
    sameTimes: of('sameTime'),
    spans: of('span'),
  };
}

/** Whether hours from and to are those of a meeting, and not the bounds of «every two hours». */
export const isRange = ({ windows, repeats }: Slots): boolean =>
  windows.length > 0 && !repeats.some(({ unit }) => unit === 'hour' || unit === 'minute');

/** Whether the phrase names a series. */
export const isSeries = ({ repeats, days, monthDays, nths, dates, pers }: Slots): boolean =>
  repeats.length + pers.length > 0 || [...days, ...monthDays, ...nths, ...dates].some(({ every }) => every);
