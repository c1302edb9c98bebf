import { defineUpdate } from '@temporalio/workflow';
import type { Pomodoro, PomodoroAction, PomodoroPlan } from '../domain/agenda/focus/pomodoro.ts';

/** A session that is not stored yet. */
export interface NewFocusSession {
  readonly userId: string;
  readonly taskId: string | null;
  readonly plan: PomodoroPlan;
}

/** `step` = how many phases had ended when the button was shown: an old button changes nothing; null = whatever runs now. */
export type FocusChange =
  | { readonly kind: PomodoroAction; readonly step: number | null }
  | { readonly kind: 'attach'; readonly taskId: string | null };

/** A change, and whose session it has to be. */
export interface FocusOrder {
  readonly userId: string;
  readonly change: FocusChange;
}

/** How a session stands after a change. */
export interface FocusOutcome {
  /** False = it stood so before, or the button was an old one. */
  readonly changed: boolean;
  readonly pomodoro: Pomodoro;
  /** Phases that have ended. */
  readonly steps: number;
  readonly taskId: string | null;
}

/** @throws ApplicationFailure of type focus-not-found, focus-over, task-not-found */
export const changeFocusUpdate = defineUpdate<FocusOutcome, [FocusOrder]>('changeFocus');
