/** Monday = 1 … Sunday = 7. */
export type Weekday = number;

/** Which day of the calendar a phrase names. */
export type DateSpec =
  | { readonly is: 'ahead'; readonly days: number }
  /** `week` 0 = this calendar week, 1 = the next; null = the coming such day, so many weeks later. */
  | { readonly is: 'weekday'; readonly weekday: Weekday; readonly week: number | null; readonly later: number }
  | {
      readonly is: 'date';
      readonly day: number;
      readonly month: number;
      readonly year: number | null;
      readonly nextYear: boolean;
    }
  /** `month` 0 = this one, 1 = the next; null = whichever has that day first. */
  | { readonly is: 'monthDay'; readonly day: number; readonly month: number | null }
  | { readonly is: 'weekend'; readonly week: number | null }
  /** Its last day. */
  | { readonly is: 'periodEnd'; readonly unit: 'week' | 'month' | 'year' };

/** How a date stands in the phrase: that day, from it, until it, or as a deadline that says nothing of when to remind. */
export type Role = 'on' | 'from' | 'until' | 'deadline';

/** Part of the day: morning, daytime, evening, night. */
export type PartOfDay = 'm' | 'd' | 'e' | 'n';

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A moment of the day as it was said; `half` = am or pm where said; `isVague` = a clock of twelve hours without saying which. */
export interface SaidTime {
  readonly hour: number;
  readonly minute: number;
  readonly part: PartOfDay | 'am' | 'pm' | null;
  readonly isVague: boolean;
}

/** Why a phrase cannot be taken as it is; see `Asked`. */
export type QuestionCode = 'when' | 'what' | 'past' | 'no-such-date' | 'no-such-time' | 'too-often' | 'unclear';

/** A part of a phrase that is understood. */
export type Piece =
  | ({ readonly kind: 'time'; readonly role: Role } & SaidTime)
  | { readonly kind: 'part'; readonly part: PartOfDay; readonly hour: number }
  | { readonly kind: 'date'; readonly spec: DateSpec; readonly role: Role; readonly every: boolean }
  | { readonly kind: 'offset'; readonly amount: Amount }
  | { readonly kind: 'repeat'; readonly unit: Unit; readonly interval: number }
  /** `every` false = listed without a word of repetition. */
  | { readonly kind: 'days'; readonly days: readonly Weekday[]; readonly every: boolean; readonly interval: number }
  | { readonly kind: 'except'; readonly days: readonly Weekday[] }
  | { readonly kind: 'monthDays'; readonly days: readonly number[]; readonly every: boolean }
  | Nth
  | { readonly kind: 'window'; readonly from: SaidTime; readonly to: SaidTime }
  | { readonly kind: 'per'; readonly times: number; readonly unit: Unit }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'span'; readonly days: number; readonly months: number }
  /** The time of day that it is now. */
  | { readonly kind: 'sameTime' }
  | { readonly kind: 'command' }
  | { readonly kind: 'question'; readonly question: QuestionCode };

/** «The second Thursday of the month»; `days` more than one = any of them (a working day), all seven = a day of the month. */
export interface Nth {
  readonly kind: 'nth';
  /** From the end below zero. */
  readonly nth: number;
  /** «The first and third»: those after the first. */
  readonly others: readonly number[];
  readonly days: readonly Weekday[];
  /** 1 to 12 = that month. */
  readonly month: number | 'coming' | 'this' | 'next';
  readonly every: boolean;
}

/** A length of time; days and months keep the clock. */
export interface Amount {
  readonly seconds: number;
  readonly days: number;
  readonly months: number;
}

/** Working days. */
export const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];
/** Saturday and Sunday. */
export const WEEKEND: readonly Weekday[] = [6, 7];
/** All seven. */
export const WHOLE_WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
