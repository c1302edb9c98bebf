import type { Recurrence } from './recurrence.ts';

/** An event as a calendar file holds it, as far as we keep it. */
export interface IcsEvent {
  readonly uid: string;
  readonly summary: string;
  readonly description: string | null;
  /** Of an all-day event its `start` is midnight. */
  readonly recurrence: Recurrence;
  /** IANA, or `UTC`; of an all-day event the reader's. */
  readonly zone: string;
  readonly isAllDay: boolean;
  readonly durationMinutes: number | null;
  /** Minutes before, from its alarms, without 0. */
  readonly leadMinutes: readonly number[];
}
