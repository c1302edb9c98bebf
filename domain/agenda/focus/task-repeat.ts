import { nextOccurrences } from '../recurrence.ts';
import { instantOf, wallTimeAt, type WallDate } from '../zoned-time.ts';

/** When a task is due, and how it repeats; times are `HH:MM` of the user's zone. */
export interface TaskDue {
  readonly dueDate: WallDate | null;
  readonly dueTime: string | null;
  /** RRULE; null = once. */
  readonly rule: string | null;
  /** Counts from the day on which it was done, not from the day on which it was due. */
  readonly fromCompletion: boolean;
}

/** Rules go by dates alone; where clocks are never changed, dates stay what they are. */
const NO_ZONE = 'UTC';

/**
 * When a repeating task is due after it was done on `doneOn`: never on that day or before it, nor before the day that was
 * just done; null = never again.
 */
export function nextDue({ dueDate, dueTime, rule, fromCompletion }: TaskDue, doneOn: WallDate): WallDate | null {
  if (rule === null) return null;
  const time = dueTime ?? '00:00';
  const start = wallTimeAt(fromCompletion ? doneOn : (dueDate ?? doneOn), time);
  const afterMs = Math.max(instantOf(start, NO_ZONE), instantOf(wallTimeAt(doneOn, time), NO_ZONE));
  const [next] = nextOccurrences({ start, rule }, NO_ZONE, { afterMs, count: 1 });
  return next === undefined ? null : next.wall.slice(0, 10);
}

/** Names what is done at once: pressing «done» twice, or under an old list, does it once. */
export const dueKeyOf = ({ dueDate }: Pick<TaskDue, 'dueDate'>): string => dueDate?.replaceAll('-', '') ?? 'once';
