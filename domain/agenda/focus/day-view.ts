import type { OccurrenceState } from '../reminder.ts';
import type { WallDate } from '../zoned-time.ts';
import type { DayPlan, DayTask } from './day-plan.ts';

/** Something that happens today: a reminder, an event of a group, somebody's day. */
export interface DayItem {
  readonly kind: 'reminder' | 'event' | 'occasion';
  readonly id: string;
  /** `HH:MM`; null = all day. */
  readonly time: string | null;
  /** What it takes of the day. */
  readonly minutes: number;
  readonly title: string;
  /** Of a reminder whose time has come; null = it is still to come. */
  readonly state: OccurrenceState | null;
}

/** A habit on this day. */
export interface DayHabit {
  readonly id: string;
  readonly name: string;
  readonly standing: 'done' | 'open' | 'skipped' | 'resting';
}

/** All of one day of a person. */
export interface DayView<T extends DayTask = DayTask> {
  readonly date: WallDate;
  readonly plan: DayPlan<T>;
  /** By time; those of all day first. */
  readonly items: readonly DayItem[];
  readonly habits: readonly DayHabit[];
  /** Titles of the tasks that were done on this day. */
  readonly done: readonly string[];
  /** Whole focus rounds of this day, and focused ms. */
  readonly focus: { readonly rounds: number; readonly focusedMs: number };
}

/** A week that is over, for the weekly digest. */
export interface WeekView {
  readonly from: WallDate;
  readonly to: WallDate;
  readonly tasksDone: number;
  readonly focus: { readonly rounds: number; readonly focusedMs: number };
  /** Days on which each habit was done. */
  readonly habits: readonly { readonly name: string; readonly days: number }[];
  readonly remindersDone: number;
}
