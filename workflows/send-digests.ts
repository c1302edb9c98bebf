import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { DigestActivities } from '../activities/agenda/digests.ts';
import type { PromiseInput } from '../contracts/agenda.ts';
import { planDigestsUpdate } from '../contracts/digests.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { keepPromise } from './agenda/keep-promise.ts';

const { planDigests, fireDigests, changeDigests } = proxyActivities<DigestActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '1m',
  retry: { maximumInterval: '30s' },
});

/** Sends a person the plan of the day, its review and the week, at the times that the person has chosen. */
export async function sendDigests(input: PromiseInput): Promise<void> {
  await keepPromise(input, {
    plan: planDigests,
    fire: fireDigests,
    change: changeDigests,
    update: planDigestsUpdate,
    check: () => undefined,
    again: async (next) => await continueAsNew<typeof sendDigests>(next),
  });
}
