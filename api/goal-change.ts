import type { GoalChange } from '../contracts/goals.ts';
import { readGoal, type GoalRow } from '../db/repositories/goals.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { goalOut } from './schemas/goals.ts';
import type { UserContext } from './user-route.ts';

/** Changes a goal of the user's through its workflow; the goal as it is then. @throws Problem not-found */
export async function changedGoal(
  { em, temporal }: ApiDeps,
  { user, newId }: UserContext,
  { id, change }: { readonly id: string; readonly change: GoalChange },
) {
  knownGoal(await readGoal(em(), user.id, id));
  await temporal.changeGoal({ userId: user.id, goalId: id, change, requestId: newId });
  return goalOut(knownGoal(await readGoal(em(), user.id, id)), Date.now());
}

/** @throws Problem not-found */
export function knownGoal(row: GoalRow | null): GoalRow {
  if (row === null) throw new Problem('not-found', 'there is no goal with this id');
  return row;
}
