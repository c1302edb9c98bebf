import type { Client } from '@temporalio/client';
import { indexAgainSignal, indexCatalogWorkflowId } from '../contracts/recommend.ts';
import { kindAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { VectorKind } from '../domain/recommend/vector-space.ts';
import type { indexCatalog } from '../workflows/index.ts';

/** Starts the indexing of one kind of vectors, or tells the one that runs to go over the catalogue again. */
export async function requestIndexing(client: Client, kind: VectorKind): Promise<void> {
  await client.workflow.signalWithStart<typeof indexCatalog>('indexCatalog', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: indexCatalogWorkflowId(kind),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [{ kind }],
    signal: indexAgainSignal,
    typedSearchAttributes: [{ key: kindAttribute, value: 'index-catalog' }],
  });
}
