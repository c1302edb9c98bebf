import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { OccasionActivities } from '../activities/agenda/occasions.ts';
import type { PromiseInput } from '../contracts/agenda.ts';
import { changeOccasionUpdate, type NewOccasion } from '../contracts/occasions.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { keepPromise } from './agenda/keep-promise.ts';

const { planOccasion, fireOccasion, changeOccasion } = proxyActivities<OccasionActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '30s' },
});

/** Tells of somebody's day in time, every year. */
export async function rememberOccasion(input: PromiseInput<NewOccasion>): Promise<void> {
  await keepPromise(input, {
    plan: planOccasion,
    fire: fireOccasion,
    change: changeOccasion,
    update: changeOccasionUpdate,
    check: () => undefined,
    again: async (next) => await continueAsNew<typeof rememberOccasion>(next),
  });
}
