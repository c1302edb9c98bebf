import type { GroupEventDefinition } from './groups/group.ts';
import type { IcsEvent } from './ics-event.ts';
import { readCalendar, type BadEvent } from './ics-reader.ts';
import { nextOccurrences } from './recurrence.ts';
import { reminderAt, type ReminderDefinition } from './reminder.ts';
import { DomainError } from '../shared/errors.ts';
import { wallTimeAt } from './zoned-time.ts';

/** More would keep the person waiting. */
const MAX_IMPORTED = 500;
/** Of a day without a time one hears in the morning. */
const ALL_DAY_AT = '09:00';
const MAX_LEADS = 10;
const MAX_LEAD_MINUTES = 40_320;

/** What a calendar file brings in, and what it does not. */
export interface Imported {
  readonly events: readonly IcsEvent[];
  readonly bad: readonly BadEvent[];
}

/**
 * Reads what is still to come of a calendar file. @throws DomainError file-too-large, calendar-invalid, calendar-too-long
 */
export function readImport(
  bytes: Uint8Array,
  { zone, nowMs }: { readonly zone: string; readonly nowMs: number },
): Imported {
  const { events, bad } = readCalendar(bytes, zone);
  const dated = events.map(inTheMorning);
  const isComing = ({ recurrence, zone: own }: IcsEvent): boolean =>
    nextOccurrences(recurrence, own, { afterMs: nowMs, count: 1 }).length > 0;
  const coming = dated.filter(isComing);
  if (coming.length > MAX_IMPORTED)
    throw new DomainError(
      'calendar-too-long',
      `${coming.length} events are still to come, at most ${MAX_IMPORTED} at once`,
    );
  const over = dated
    .filter((event) => !coming.includes(event))
    .map(({ summary }) => ({ summary, reason: 'it is over' }));
  return { events: coming, bad: [...bad, ...over] };
}

function inTheMorning(event: IcsEvent): IcsEvent {
  if (!event.isAllDay) return event;
  const moved = (wall: string): string => wallTimeAt(wall.slice(0, 10), ALL_DAY_AT);
  const { start, rule, exdates = [], rdates = [] } = event.recurrence;
  return {
    ...event,
    recurrence: { start: moved(start), rule, exdates: exdates.map(moved), rdates: rdates.map(moved) },
  };
}

const leadsOf = ({ leadMinutes }: IcsEvent): number[] =>
  leadMinutes.filter((minutes) => minutes <= MAX_LEAD_MINUTES).slice(0, MAX_LEADS);
const titleOf = ({ summary }: IcsEvent): string => (summary.trim() === '' ? '—' : summary.trim().slice(0, 200));

/** An event of a file as an event of a group; extra times (RDATE) are not kept. */
export function importedEvent(event: IcsEvent): GroupEventDefinition {
  const { recurrence, zone, durationMinutes, description } = event;
  const { start, rule, exdates = [] } = recurrence;
  return {
    ...{ title: titleOf(event), description: description?.slice(0, 4_000) ?? null, start, zone, rule, exdates },
    durationMinutes:
      durationMinutes !== null && durationMinutes > 0 && durationMinutes <= 44_640 ? durationMinutes : null,
    ...{ leadMinutes: leadsOf(event), tagIds: [] },
  };
}

/** An event of a file as a reminder of one's own. */
export function importedReminder(event: IcsEvent): ReminderDefinition {
  const { recurrence, zone } = event;
  const { start, rule, exdates = [], rdates = [] } = recurrence;
  return reminderAt({ text: titleOf(event), start, zone, rule, exdates, rdates, leadMinutes: leadsOf(event) });
}
