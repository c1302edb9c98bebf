import { proxyActivities } from '@temporalio/workflow';
import type { SourceActivities } from '../activities/catalog/sources.ts';
import type { TryPageInput, TryPageResult } from '../contracts/catalog.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { readPage } = proxyActivities<SourceActivities>({
  taskQueue: TASK_QUEUES.scrape,
  startToCloseTimeout: '70s', // the fetch itself gives up after 60 s
  retry: { maximumAttempts: 1 }, // somebody waits for the answer: tell them what happened
});

/** One page under one configuration, read and not stored. */
export async function tryPage(input: TryPageInput): Promise<TryPageResult> {
  return await readPage(input);
}
