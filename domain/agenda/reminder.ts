import type { WallTime } from './zoned-time.ts';

/**
 * What becomes of an occurrence that could not be told in time: told once, marked as late, up to so many minutes late
 * (null = 12 hours, or half the period of the series if that is shorter), or not at all.
 */
export type MisfireRule = { readonly kind: 'once'; readonly maxLateMinutes: number | null } | { readonly kind: 'skip' };

/** In the user's quiet hours a reminder comes without a sound, waits for their end, or comes as ever. */
export type QuietRule = 'silent' | 'wait' | 'ignore';

/** Told again every so many minutes until it is done, so many times at most. */
export interface NagRule {
  readonly everyMinutes: number;
  readonly times: number;
}

/** What a reminder says and when. */
export interface ReminderDefinition {
  readonly text: string;
  /** The first occurrence, or the only one. */
  readonly start: WallTime;
  /** IANA zone that it keeps; null = wherever the user is. */
  readonly zone: string | null;
  /** RFC 5545 recurrence rule without DTSTART, e.g. `FREQ=WEEKLY;BYDAY=MO`; null = once. */
  readonly rule: string | null;
  /** Wall times that are left out of the series, and that are added to it. */
  readonly exdates: readonly WallTime[];
  readonly rdates: readonly WallTime[];
  /** Told so many minutes before, too; the moment itself always is. */
  readonly leadMinutes: readonly number[];
  readonly misfire: MisfireRule;
  readonly quiet: QuietRule;
  readonly nag: NagRule | null;
}

/** `done` = nothing comes any more. */
export type ReminderState = 'active' | 'paused' | 'done' | 'deleted';

/**
 * `sent` waits for the person; `missed` came too late to be told; `undelivered` had nobody to be told (the bot is blocked).
 */
export type OccurrenceState = 'sent' | 'done' | 'skipped' | 'snoozed' | 'missed' | 'undelivered';

/** Names one occurrence of a reminder: its original wall time in digits, `YYYYMMDDTHHMM`. */
export type OccurrenceKey = string;

/** The key of the occurrence at this wall time. */
export const occurrenceKey = (wall: WallTime): OccurrenceKey => wall.slice(0, 16).replace(/[-:]/g, '');

/** The wall time that a key stands for. */
export const wallTimeOfKey = (key: OccurrenceKey): WallTime =>
  `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 11)}:${key.slice(11, 13)}:00`;

/** Whether this can be the key of an occurrence. */
export const isOccurrenceKey = (key: string): boolean => /^\d{8}T([01]\d|2[0-3])[0-5]\d$/.test(key);

export const USUAL_MISFIRE: MisfireRule = { kind: 'once', maxLateMinutes: null };

/** A reminder with everything that nobody asked for as it usually is. */
export const reminderAt = (
  given: Pick<ReminderDefinition, 'text' | 'start'> & Partial<ReminderDefinition>,
): ReminderDefinition => ({
  ...{ zone: null, rule: null, exdates: [], rdates: [], leadMinutes: [] },
  ...{ misfire: USUAL_MISFIRE, quiet: 'silent', nag: null },
  ...given,
});
