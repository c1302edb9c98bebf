import type { GoalChange } from '../contracts/goals.ts';
import { readGoal, type GoalRow } from '../db/repositories/goals.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { goalOut } from './schemas/goals.ts';
import type { UserContext } from './user-route.ts';

interface GoalStep {
  readonly id: string;
  readonly change: GoalChange;
  /** What of the goal the change is about; it throws where that is not there. */
  readonly check?: (goal: GoalRow) => void;
}

/** Changes a goal of the user's through its workflow; the goal as it is then. @throws Problem not-found */
export async function changedGoal(
  { em, temporal }: ApiDeps,
  { user, newId }: UserContext,
  { id, change, check }: GoalStep,
) {
  const goal = knownGoal(await readGoal(em(), user.id, id));
  check?.(goal);
  await temporal.changeGoal({ userId: user.id, goalId: id, change, requestId: newId });
  return goalOut(knownGoal(await readGoal(em(), user.id, id)), Date.now());
}

/** @throws Problem not-found */
export function knownGoal(row: GoalRow | null): GoalRow {
  if (row === null) throw new Problem('not-found', 'there is no goal with this id');
  return row;
}
