import { nextOccurrences, type Occurrence } from '../recurrence.ts';
import { dueMoments, nextMoment } from '../reminder-moments.ts';
import type { DueTelling, ReminderPast, ReminderRules } from '../reminder-rules.ts';
import { wallOfKey } from '../occurrence-key.ts';
import { instantOf } from '../zoned-time.ts';
import type { GroupEventDefinition } from './group.ts';

type Timed = Pick<GroupEventDefinition, 'start' | 'zone' | 'rule' | 'exdates' | 'leadMinutes'>;

/** An event is told like a reminder that nobody has to tick; quiet hours are each member's own. */
const rulesOf = ({ start, rule, exdates, zone, leadMinutes }: Timed): ReminderRules => ({
  ...{ recurrence: { start, rule, exdates }, zone, leadMinutes: leadMinutes.filter((minutes) => minutes > 0) },
  ...{ misfire: { kind: 'once', maxLateMinutes: null }, quietMode: 'send', quietHours: null, nag: null },
});

const pastOf = (handledToMs: number): ReminderPast => ({ handledToMs, records: [] });

/** When members are told next, ms; null = never again. */
export const nextEventMoment = (event: Timed, handledToMs: number, nowMs: number): number | null =>
  nextMoment(rulesOf(event), pastOf(handledToMs), nowMs);

/** What members are told now; after an outage at most one late message. */
export const dueEventMoments = (event: Timed, handledToMs: number, nowMs: number): readonly DueTelling[] =>
  dueMoments(rulesOf(event), pastOf(handledToMs), nowMs).tell;

/** The occurrence that a key names; null = the event has none then. @throws DomainError occurrence-invalid */
export function occurrenceOf(event: Timed, key: string): Occurrence | null {
  const aroundMs = instantOf(wallOfKey(key), event.zone);
  const found = nextOccurrences(rulesOf(event).recurrence, event.zone, { afterMs: aroundMs - 1, count: 2 });
  return found.find((occurrence) => occurrence.key === key) ?? null;
}

/** The next occurrences of an event. */
export const eventOccurrences = (event: Timed, afterMs: number, count: number): Occurrence[] =>
  nextOccurrences(rulesOf(event).recurrence, event.zone, { afterMs, count });
