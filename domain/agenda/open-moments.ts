import { wallOfKey } from './occurrence-key.ts';
import { afterQuiet } from './quiet-hours.ts';
import { nextOccurrences, type Occurrence } from './recurrence.ts';
import type { OccurrenceRecord, ReminderPast, ReminderRules, Telling } from './reminder-rules.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What passed before that is not even recorded as missed. */
const BACKLOG_MS = 40 * DAY_MS;

/**
 * Messages that a reminder's occurrences still owe, whose moment has not been handled: nags and snoozes of its records,
 * then lead times and occurrences in the order of the occurrences. Without end: the reader stops at `untilMs` of his own.
 */
export function* openMoments(rules: ReminderRules, past: ReminderPast, nowMs: number): Generator<Telling> {
  yield* followUps(rules, past);
  const floorMs = Math.max(past.handledToMs, nowMs - BACKLOG_MS);
  const records = new Map(past.records.map((record) => [record.key, record]));
  // What quiet hours hold back belongs to an occurrence of up to a day before.
  for (const occurrence of occurrencesAfter(rules, floorMs - (rules.quietMode === 'hold' ? DAY_MS : 0))) {
    yield* scheduled(rules, occurrence, records.get(occurrence.key)).filter(({ momentMs }) => momentMs > floorMs);
  }
}

/** No message of an occurrence at `atMs` or later comes before, ms. */
export const earliestMs = ({ leadMinutes }: ReminderRules, atMs: number): number =>
  atMs - Math.max(0, ...leadMinutes) * MINUTE_MS;

function* occurrencesAfter({ recurrence, zone }: ReminderRules, fromMs: number): Generator<Occurrence> {
  let afterMs = fromMs;
  for (let count = 4; ; count = Math.min(128, count * 2)) {
    const found = nextOccurrences(recurrence, zone, { afterMs, count });
    yield* found;
    if (found.length < count) return;
    afterMs = found.at(-1)?.atMs ?? afterMs;
  }
}

function momentOf({ quietMode, quietHours, zone }: ReminderRules, atMs: number): number {
  return quietMode === 'hold' && quietHours !== null ? afterQuiet(quietHours, zone, atMs) : atMs;
}

function scheduled(rules: ReminderRules, { key, wall, atMs }: Occurrence, record?: OccurrenceRecord): Telling[] {
  if (record?.closed === true || typeof record?.snoozedUntilMs === 'number') return [];
  const dueMs = momentOf(rules, atMs);
  return [...new Set([...rules.leadMinutes, 0])]
    .filter((minutes) => record?.handledMinutes.includes(minutes) !== true)
    .map((leadMinutes) => ({
      ...{ key, wall, atMs, leadMinutes, nagNumber: 0 },
      kind: leadMinutes === 0 ? ('due' as const) : ('lead' as const),
      momentMs: momentOf(rules, atMs - leadMinutes * MINUTE_MS),
    }))
    .filter(({ kind, momentMs }) => kind === 'due' || momentMs < dueMs);
}

function followUps(rules: ReminderRules, { records }: ReminderPast): Telling[] {
  return records.flatMap((record): Telling[] => {
    if (record.closed) return [];
    const { key, atMs } = record;
    const telling = { key, wall: wallOfKey(key), atMs, leadMinutes: 0 };
    // Who snoozes says when: quiet hours only take the sound away.
    if (record.snoozedUntilMs !== null)
      return [{ ...telling, kind: 'snoozed', nagNumber: 0, momentMs: record.snoozedUntilMs }];
    const momentMs = nagMoment(rules, record);
    return momentMs === null ? [] : [{ ...telling, kind: 'nag', nagNumber: record.nags + 1, momentMs }];
  });
}

/** The next occurrence ends the nagging about the one before. */
function nagMoment(rules: ReminderRules, { atMs, nags, lastToldMs }: OccurrenceRecord): number | null {
  const { nag, recurrence, zone } = rules;
  if (nag === null || lastToldMs === null || nags >= nag.times) return null;
  const momentMs = momentOf(rules, lastToldMs + nag.everyMinutes * MINUTE_MS);
  const [next] = nextOccurrences(recurrence, zone, { afterMs: atMs, count: 1 });
  return next !== undefined && next.atMs <= momentMs ? null : momentMs;
}
