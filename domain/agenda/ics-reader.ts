import { cutCalendar } from './ics-blocks.ts';
import type { IcsEvent } from './ics-event.ts';
import { readEvent, type ReadEvent } from './ics-event-reader.ts';

/** An event that was left out. */
export interface BadEvent {
  /** Empty = it has none. */
  readonly summary: string;
  readonly reason: string;
}

export interface ReadCalendar {
  readonly events: readonly IcsEvent[];
  readonly bad: readonly BadEvent[];
}

/**
 * Reads a calendar file (RFC 5545); `zone` is that of times without one. Good events come in, broken ones are listed
 * with the reason; an occurrence that was moved or cancelled by itself is taken out of its series.
 * @throws DomainError file-too-large, calendar-invalid, calendar-too-long
 */
export function readCalendar(bytes: Uint8Array, zone: string): ReadCalendar {
  const { events: blocks, places } = cutCalendar(bytes);
  const read: ReadEvent[] = [];
  const bad: BadEvent[] = [];
  for (const lines of blocks) {
    try {
      read.push(readEvent(lines, { zone, places }));
    } catch (error) {
      bad.push({ summary: summaryIn(lines), reason: error instanceof Error ? error.message : 'it cannot be read' });
    }
  }
  const whole = read.filter(({ insteadOf, isCancelled }) => insteadOf === null && isCancelled);
  for (const { summary } of whole) bad.push({ summary, reason: 'it is cancelled' });
  const replaced = Map.groupBy(
    read.filter(({ insteadOf }) => insteadOf !== null),
    ({ uid }) => uid,
  );
  const kept = read.filter(({ isCancelled }) => !isCancelled);
  return { events: kept.map((event) => settled(event, replaced.get(event.uid) ?? [])), bad };
}

const summaryIn = (lines: readonly string[]): string =>
  lines.find((line) => /^SUMMARY[;:]/i.test(line))?.replace(/^[^:]*:/, '') ?? '';

/** A series without the occurrences for which other events stand; such another event is one of its own. */
function settled(read: ReadEvent, others: readonly ReadEvent[]): IcsEvent {
  const { uid, summary, description, recurrence, zone, isAllDay, durationMinutes, leadMinutes, insteadOf } = read;
  const event = { uid, summary, description, recurrence, zone, isAllDay, durationMinutes, leadMinutes };
  if (insteadOf !== null) return { ...event, uid: `${uid}/${insteadOf}` };
  const replaced = others.flatMap((other) => other.insteadOf ?? []);
  if (recurrence.rule === null || replaced.length === 0) return event;
  return { ...event, recurrence: { ...recurrence, exdates: [...(recurrence.exdates ?? []), ...replaced] } };
}
