import type { Client } from '@temporalio/client';
import { changeGoalUpdate, type GoalChange, type GoalOutcome, type NewGoal } from '../contracts/goals.ts';
import { changePromise, openPromise, type PromiseRef } from './agenda.ts';

const refOf = (userId: string, id: string): PromiseRef => ({
  ...{ kind: 'goal', workflowType: 'checkGoal', id, userId },
});

/** Keeps a goal under an id of the caller's; the same id again keeps nothing more. */
export async function createGoal(client: Client, id: string, goal: NewGoal): Promise<void> {
  await openPromise(client, refOf(goal.userId, id), goal);
}

export interface GoalCall {
  readonly userId: string;
  readonly goalId: string;
  readonly change: GoalChange;
  /** The same change under the same id is made once. */
  readonly requestId: string;
}

/** Changes a goal. @throws DomainError goal-not-found, milestone-not-found, check-in-not-found, goal-invalid */
export async function changeGoal(client: Client, call: GoalCall): Promise<GoalOutcome> {
  const { userId, goalId, change, requestId } = call;
  const order = { userId, change };
  return await changePromise(client, refOf(userId, goalId), { update: changeGoalUpdate, change: order, requestId });
}
