import { proxyActivities } from '@temporalio/workflow';
import type { SourceActivities } from '../activities/catalog/sources.ts';
import type { SourceInput } from '../contracts/catalog.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { storeSource, syncSchedules } = proxyActivities<SourceActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
});

/** A source and its schedules change together: a crash between the two is made good. */
export async function saveSource(source: SourceInput): Promise<void> {
  await storeSource(source);
  await syncSchedules(source);
}
