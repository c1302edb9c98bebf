import { getExternalWorkflowHandle, proxyActivities } from '@temporalio/workflow';
import type { SourceActivities } from '../activities/catalog/sources.ts';
import { crawlWorkflowId } from '../contracts/catalog.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { removeSchedules, eraseSource } = proxyActivities<SourceActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '1m',
});

/** Ends what runs for the source, then deletes it; a crawl that is still ending finds no source and ends too. */
export async function removeSource({ sourceId }: { readonly sourceId: string }): Promise<void> {
  await removeSchedules({ sourceId });
  await getExternalWorkflowHandle(crawlWorkflowId(sourceId))
    .cancel()
    .catch(() => undefined); // there is no crawl to end
  await eraseSource({ sourceId });
}
