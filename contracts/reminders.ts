import { defineUpdate } from '@temporalio/workflow';
import type { OccurrenceState, ReminderDefinition, ReminderState } from '../domain/agenda/reminder.ts';

/** Definition of a reminder that is not stored yet. */
export interface NewReminder extends ReminderDefinition {
  readonly userId: string;
}

/** `occurrence` is its key (original wall time in digits); null = the one that was told last, else the next one. */
export type ReminderChange =
  /** Sets what is given. `dropSnoozed` also forgets what is snoozed, which an edit leaves alone otherwise. */
  | {
      readonly kind: 'edit';
      readonly edit: { readonly [F in keyof ReminderDefinition]?: ReminderDefinition[F] | undefined };
      readonly dropSnoozed?: boolean;
    }
  /** One occurrence comes again later; the series stays. Minutes count from now. */
  | { readonly kind: 'snooze'; readonly occurrence: string | null; readonly untilMs: number }
  | { readonly kind: 'snooze'; readonly occurrence: string | null; readonly minutes: number }
  | { readonly kind: 'done' | 'undo-done'; readonly occurrence: string | null }
  /** The next occurrence does not come; null = the next. */
  | { readonly kind: 'skip'; readonly occurrence: string | null }
  | { readonly kind: 'pause' | 'resume' | 'delete' };

/** A change, and whose reminder it has to be. */
export interface ReminderOrder {
  readonly userId: string;
  readonly change: ReminderChange;
}

/** How a reminder stands after a change. */
export interface ReminderOutcome {
  /** False = it stood so before: a button pressed twice. */
  readonly changed: boolean;
  readonly state: ReminderState;
  /** Epoch ms; null = nothing comes. */
  readonly nextAtMs: number | null;
  /** The occurrence that the change was about; null = about none. */
  readonly occurrence: {
    readonly key: string;
    readonly state: OccurrenceState;
    readonly snoozedUntilMs: number | null;
    readonly doneAtMs: number | null;
  } | null;
}

/** @throws ApplicationFailure of type reminder-not-found, occurrence-not-found, snooze-invalid, or what is wrong with an edit */
export const changeReminderUpdate = defineUpdate<ReminderOutcome, [ReminderOrder]>('changeReminder');
