import { defineUpdate } from '@temporalio/workflow';
import type { HabitDefinition, HabitPatch } from '../domain/agenda/habits/habit.ts';
import type { DayMark } from '../domain/agenda/habits/habit-history.ts';

/** Definition of a habit that is not stored yet. */
export interface NewHabit extends HabitDefinition {
  readonly userId: string;
}

/** Days are `YYYY-MM-DD`, the habit's own. */
export type HabitChange =
  /**
   * Says how a day was; null = nothing is known. With `expected` (null = no amount) only while the amount is still that one:
   * what an old keyboard adds is added once.
   */
  | {
      readonly kind: 'mark';
      readonly day: string;
      readonly mark: DayMark | null;
      readonly expected?: number | null;
      readonly note?: string;
    }
  | { readonly kind: 'define'; readonly patch: HabitPatch }
  /** Both days included; `to` null = until it is taken up again. */
  | { readonly kind: 'pause'; readonly from: string; readonly to: string | null }
  /** Ends the pauses of today and forgets those to come. */
  | { readonly kind: 'resume' }
  /** Answers the proposal to go on to `aim`. */
  | { readonly kind: 'raise'; readonly aim: number; readonly agreed: boolean }
  | { readonly kind: 'archive' | 'restore' | 'delete' };

/** A change, and whose habit it has to be. */
export interface HabitOrder {
  readonly userId: string;
  readonly change: HabitChange;
}

export interface HabitOutcome {
  /** False = it stood so before, or the button was an old one. */
  readonly changed: boolean;
}

/** @throws ApplicationFailure of type habit-not-found, habit-invalid, day-invalid, pause-invalid, amount-invalid */
export const changeHabitUpdate = defineUpdate<HabitOutcome, [HabitOrder]>('changeHabit');
