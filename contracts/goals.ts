import { defineUpdate } from '@temporalio/workflow';
import type { GoalDefinition, GoalState } from '../domain/agenda/goals/goal.ts';

/** A goal that is not stored yet. */
export interface NewGoal extends GoalDefinition {
  readonly userId: string;
  /** Titles, in order. */
  readonly milestones: readonly string[];
}

export type GoalChange =
  | { readonly kind: 'edit'; readonly edit: { readonly [F in keyof GoalDefinition]?: GoalDefinition[F] | undefined } }
  /** Where it stands, in units of the target. At the target the goal is reached. */
  | { readonly kind: 'progress'; readonly progress: number }
  | { readonly kind: 'add-milestone'; readonly id: string; readonly title: string }
  | { readonly kind: 'milestone'; readonly id: string; readonly done: boolean }
  | { readonly kind: 'remove-milestone'; readonly id: string }
  /** The answer of the question that was asked on that day; null = the last one. */
  | { readonly kind: 'answer'; readonly date: string | null; readonly answer: string }
  | { readonly kind: 'drop' | 'take-up' }
  | { readonly kind: 'delete' };

/** A change, and whose goal it has to be. */
export interface GoalOrder {
  readonly userId: string;
  readonly change: GoalChange;
}

export interface GoalOutcome {
  /** False = it stood so before. */
  readonly changed: boolean;
  readonly state: GoalState;
  readonly progress: number;
}

/** @throws ApplicationFailure of type goal-not-found, milestone-not-found, check-in-not-found, goal-invalid */
export const changeGoalUpdate = defineUpdate<GoalOutcome, [GoalOrder]>('changeGoal');
