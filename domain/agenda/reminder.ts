import type { Misfire, Nag, QuietMode } from './reminder-rules.ts';
import type { WallTime } from './zoned-time.ts';

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
  /** Of an occurrence that could not be told in time. */
  readonly misfire: Misfire;
  /** In the user's quiet hours. */
  readonly quiet: QuietMode;
  readonly nag: Nag | null;
}

/** `done` = nothing comes any more. */
export type ReminderState = 'active' | 'paused' | 'done' | 'deleted';

/**
 * `sent` waits for the person; `missed` came too late to be told; `undelivered` had nobody to be told (the bot is blocked).
 */
export type OccurrenceState = 'sent' | 'done' | 'skipped' | 'snoozed' | 'missed' | 'undelivered';

const USUAL_MISFIRE: Misfire = { kind: 'once', maxLateMinutes: null };

/** A reminder with everything that nobody asked for as it usually is. */
export const reminderAt = (
  given: Pick<ReminderDefinition, 'text' | 'start'> & Partial<ReminderDefinition>,
): ReminderDefinition => ({
  ...{ zone: null, rule: null, exdates: [], rdates: [], leadMinutes: [] },
  ...{ misfire: USUAL_MISFIRE, quiet: 'silent', nag: null },
  ...given,
});
