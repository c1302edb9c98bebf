import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { GoalActivities } from '../activities/agenda/goals.ts';
import type { PromiseInput } from '../contracts/agenda.ts';
import { changeGoalUpdate, type NewGoal } from '../contracts/goals.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { keepPromise } from './agenda/keep-promise.ts';

const { planGoal, fireGoal, changeGoal } = proxyActivities<GoalActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '30s' },
});

/** Asks once a week how a goal goes, until it is reached or dropped. */
export async function checkGoal(input: PromiseInput<NewGoal>): Promise<void> {
  await keepPromise(input, {
    plan: planGoal,
    fire: fireGoal,
    change: changeGoal,
    update: changeGoalUpdate,
    check: () => undefined,
    again: async (next) => await continueAsNew<typeof checkGoal>(next),
  });
}
