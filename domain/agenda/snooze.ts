import { DomainError } from '../shared/errors.ts';
import { wallOfKey } from './occurrence-key.ts';
import { addDays, DAY_MS, dateOf, instantOf, wallTimeAt } from './zoned-time.ts';

/** How long a button puts an occurrence off: so many minutes, or to the same time of day on another day. */
export const SNOOZES = ['10', '60', '180', 'tomorrow', 'week'] as const;
export type Snooze = (typeof SNOOZES)[number];

const DAYS = { tomorrow: 1, week: 7 } as const;
const MINUTE_MS = 60_000;
const LONGEST_DAYS = 366;

/** Whether a text names one of `SNOOZES`. */
export const isSnooze = (text: string): text is Snooze => SNOOZES.some((snooze) => snooze === text);

export interface Snoozed {
  /** Key of the occurrence. */
  readonly key: string;
  readonly zone: string;
  readonly nowMs: number;
}

/** When an occurrence comes again, ms; on another day at the time of day that it has by its rule. */
export function snoozedUntil(snooze: Snooze, { key, zone, nowMs }: Snoozed): number {
  if (snooze !== 'tomorrow' && snooze !== 'week') return nowMs + Number(snooze) * MINUTE_MS;
  const day = addDays(dateOf(nowMs, zone), DAYS[snooze]);
  return instantOf(wallTimeAt(day, wallOfKey(key).slice(11, 16)), zone);
}

/** Refuses a moment that nobody can mean. @throws DomainError snooze-invalid in the past, or over a year ahead */
export function checkSnooze(untilMs: number, nowMs: number): void {
  if (untilMs <= nowMs) throw new DomainError('snooze-invalid', 'the new time is in the past: choose a later one');
  if (untilMs > nowMs + LONGEST_DAYS * DAY_MS)
    throw new DomainError('snooze-invalid', 'it can be put off for a year at most');
}
