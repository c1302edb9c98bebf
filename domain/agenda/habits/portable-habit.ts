import type { DayNumber } from './day-number.ts';
import type { DatedGoal, DayMark } from './habit-history.ts';
import type { HabitDefinition, HabitPause } from './habit.ts';

/** A day as it goes from one program to another. */
export interface PortableEntry {
  readonly day: DayNumber;
  readonly mark: DayMark;
  readonly note: string | null;
}

/** A habit with all that is known of it, as it goes from one program to another. */
export interface PortableHabit {
  readonly definition: HabitDefinition;
  /** Oldest first; the last is the definition's. */
  readonly goals: readonly DatedGoal[];
  readonly pauses: readonly HabitPause[];
  readonly archived: boolean;
  /** Oldest first, one a day. */
  readonly entries: readonly PortableEntry[];
}

/** A row that could not be taken in. */
export interface ImportProblem {
  readonly file: string;
  /** 1 = the names of the columns; null = the file as a whole. */
  readonly line: number | null;
  readonly message: string;
}
