import type { Recurrence } from './recurrence.ts';

/** What becomes of a moment that passed while nothing ran. `maxLateMinutes` null = 12 h or half the period, whichever is less. */
export type Misfire = { readonly kind: 'once'; readonly maxLateMinutes: number | null } | { readonly kind: 'skip' };

/** What becomes of a moment in quiet hours: told as ever, told without a sound, or told when they end. */
export type QuietMode = 'send' | 'silent' | 'hold';

/** Hours of quiet, `HH:MM` in the reminder's zone; `from` later than `to` = over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** Told again every so many minutes until done, at most `times` times. */
export interface Nag {
  readonly everyMinutes: number;
  readonly times: number;
}

/** All that decides when a reminder is told. */
export interface ReminderRules {
  readonly recurrence: Recurrence;
  /** IANA. */
  readonly zone: string;
  /** Minutes before the occurrence at which it is told as well; the occurrence itself (0) is always told. */
  readonly leadMinutes: readonly number[];
  readonly misfire: Misfire;
  readonly quietMode: QuietMode;
  /** null = no hour is quiet. */
  readonly quietHours: QuietHours | null;
  readonly nag: Nag | null;
}

/** What is known of one occurrence that something happened to; those without a record are as the rule says. */
export interface OccurrenceRecord {
  /** Occurrence key: `YYYYMMDDTHHMM`. */
  readonly key: string;
  /** Its original instant, ms; a snooze does not move it. */
  readonly atMs: number;
  /** Lead times told or missed, minutes; 0 = the occurrence itself. */
  readonly handledMinutes: readonly number[];
  /** Done or skipped: nothing of it is told any more. */
  readonly closed: boolean;
  readonly snoozedUntilMs: number | null;
  /** Nags told or missed since the occurrence or its last snooze was told. */
  readonly nags: number;
  /** When it was last told (not counting lead times); null = not yet. The next nag counts from here. */
  readonly lastToldMs: number | null;
}

/** What is done with already. */
export interface ReminderPast {
  /** Moments up to here are done with; of a new or edited reminder the instant of that. */
  readonly handledToMs: number;
  /** Records of occurrences that are not over: closed ones still to come, snoozed ones, those told but not done (with a nag). */
  readonly records: readonly OccurrenceRecord[];
}

export type TellingKind = 'due' | 'lead' | 'nag' | 'snoozed';

/** One message about an occurrence, told or missed. */
export interface Telling {
  readonly key: string;
  /** What the clock shows at the occurrence. */
  readonly wall: string;
  readonly atMs: number;
  readonly kind: TellingKind;
  /** Of a lead: minutes before; else 0. */
  readonly leadMinutes: number;
  /** Of a nag: the first is 1; else 0. */
  readonly nagNumber: number;
  /** When it should have been told, after quiet hours, ms. */
  readonly momentMs: number;
}

/** A message to be sent now. */
export interface DueTelling extends Telling {
  /** Over 5 minutes after its moment: to be marked so. */
  readonly late: boolean;
  /** To be sent without a sound. */
  readonly silent: boolean;
}

/** What is due now, and all that is to be kept of it. */
export interface DueMoments {
  /** In order of their moments. */
  readonly tell: readonly DueTelling[];
  /** Passed unsaid within the last 40 days. */
  readonly missed: readonly Telling[];
  /** The past as it is when all this is stored; records to be written over those of the same key. */
  readonly past: ReminderPast;
  /** When to come again, ms; null = nothing is to come. */
  readonly nextAtMs: number | null;
}
