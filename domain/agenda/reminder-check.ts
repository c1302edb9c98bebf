import { DomainError } from '../shared/errors.ts';
import { nextOccurrences } from './recurrence.ts';
import { checkRecurrence } from './rule-check.ts';
import type { ReminderDefinition } from './reminder.ts';
import { isZone } from './zoned-time.ts';

export const REMINDER_LIMITS = {
  /** Reminders of a user that are not over. */
  active: 1_000,
  textLength: 1_000,
  leads: 5,
  /** 4 weeks. */
  leadMinutes: 40_320,
  /** A week. */
  lateMinutes: 10_080,
  nagMinutes: { least: 5, most: 1_440 },
  nagTimes: 20,
} as const;

/** In whose zone, and when, a reminder is judged. */
export interface Judged {
  /** IANA zone of the user. */
  readonly userZone: string;
  readonly nowMs: number;
}

/**
 * Refuses a reminder that cannot be kept. @throws DomainError reminder-invalid, reminder-past, zone-unknown, time-invalid,
 * rule-invalid, rule-unclear, rule-empty, rule-too-frequent
 */
export function checkReminder(definition: ReminderDefinition, { userZone, nowMs }: Judged): void {
  const { text, zone, leadMinutes, misfire, nag } = definition;
  refuse(text.trim() === '', 'say what to remind of');
  refuse(text.length > REMINDER_LIMITS.textLength, `a text has ${REMINDER_LIMITS.textLength} characters at most`);
  refuse(leadMinutes.length > REMINDER_LIMITS.leads, `${REMINDER_LIMITS.leads} lead times at most`);
  refuse(!leadMinutes.every(within(1, REMINDER_LIMITS.leadMinutes)), 'a lead time is from 1 minute to 4 weeks');
  if (misfire.kind === 'once' && misfire.maxLateMinutes !== null)
    refuse(!within(1, REMINDER_LIMITS.lateMinutes)(misfire.maxLateMinutes), 'late by from 1 minute to a week');
  if (nag !== null) {
    const { least, most } = REMINDER_LIMITS.nagMinutes;
    refuse(!within(least, most)(nag.everyMinutes), `again every ${least} minutes to a day`);
    refuse(!within(1, REMINDER_LIMITS.nagTimes)(nag.times), `again from 1 to ${REMINDER_LIMITS.nagTimes} times`);
  }
  if (zone !== null && !isZone(zone))
    throw new DomainError('zone-unknown', `«${zone}» is no time zone; it is written as Europe/Moscow or Asia/Tokyo`);
  const kept = zone ?? userZone;
  checkRecurrence(definition, kept);
  if (nextOccurrences(definition, kept, { afterMs: nowMs, count: 1 }).length === 0)
    throw new DomainError('reminder-past', 'this time has passed already: choose a later one');
}

const within = (least: number, most: number) => (value: number) =>
  Number.isInteger(value) && value >= least && value <= most;

function refuse(isWrong: boolean, message: string): void {
  if (isWrong) throw new DomainError('reminder-invalid', message);
}
