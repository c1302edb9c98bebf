import { nextOccurrences } from './recurrence.ts';
import type { ReminderRules } from './reminder-rules.ts';

const MINUTE_MS = 60_000;
/** A message later than that says so. */
export const LATE_MS = 5 * MINUTE_MS;
const DEFAULT_MAX_LATE_MS = 12 * 60 * MINUTE_MS;

/** How late a message about the occurrence at `atMs` may still be told, ms: by default 12 h or half of what lies to the next. */
export function maxLateMs({ misfire, recurrence, zone }: ReminderRules, atMs: number): number {
  if (misfire.kind === 'skip') return LATE_MS;
  if (misfire.maxLateMinutes !== null) return Math.max(LATE_MS, misfire.maxLateMinutes * MINUTE_MS);
  const [next] = nextOccurrences(recurrence, zone, { afterMs: atMs, count: 1 });
  return next === undefined
    ? DEFAULT_MAX_LATE_MS
    : Math.max(LATE_MS, Math.min(DEFAULT_MAX_LATE_MS, (next.atMs - atMs) / 2));
}
