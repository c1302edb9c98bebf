import type { Client } from '@temporalio/client';
import {
  removeSourceWorkflowId,
  saveSourceWorkflowId,
  tryPageWorkflowId,
  type SourceInput,
  type TryPageInput,
  type TryPageResult,
} from '../contracts/catalog.ts';
import { kindAttribute, sourceAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { removeSource, saveSource, tryPage } from '../workflows/index.ts';

const attributes = (kind: string, sourceId: string) => [
  { key: kindAttribute, value: kind },
  { key: sourceAttribute, value: sourceId },
];

/** Stores the source (new or changed) and brings its schedules in line; returns when both are done. */
export async function executeSaveSource(client: Client, input: SourceInput): Promise<void> {
  await client.workflow.execute<typeof saveSource>('saveSource', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: saveSourceWorkflowId(input.sourceId),
    args: [input],
    typedSearchAttributes: attributes('save-source', input.sourceId),
  });
}

/** Ends the source's crawl and schedules, then deletes it with its products. */
export async function executeRemoveSource(client: Client, sourceId: string): Promise<void> {
  await client.workflow.execute<typeof removeSource>('removeSource', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: removeSourceWorkflowId(sourceId),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [{ sourceId }],
    typedSearchAttributes: attributes('remove-source', sourceId),
  });
}

/** Fetches and reads one page under a configuration; stores nothing. */
export async function executeTryPage(client: Client, requestId: string, input: TryPageInput): Promise<TryPageResult> {
  return await client.workflow.execute<typeof tryPage>('tryPage', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: tryPageWorkflowId(requestId),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowExecutionTimeout: '2m',
    args: [input],
    typedSearchAttributes: [{ key: kindAttribute, value: 'try-page' }],
  });
}
