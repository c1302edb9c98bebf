import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { replayProgressQuery, replayWorkflowId, type ReplayInput, type ReplayProgress } from '../contracts/replays.ts';
import { kindAttribute, sourceAttribute, stateAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { DomainError } from '../domain/shared/errors.ts';
import type { replaySource } from '../workflows/index.ts';

/**
 * Starts reading the kept pages of a source again, under a replay id chosen by the caller.
 * @throws DomainError replay-running when one is running already
 */
export async function startReplay(client: Client, input: ReplayInput): Promise<void> {
  try {
    await client.workflow.start<typeof replaySource>('replaySource', {
      taskQueue: TASK_QUEUES.workflows,
      workflowId: replayWorkflowId(input.sourceId),
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [input],
      typedSearchAttributes: [
        { key: kindAttribute, value: 'replay' },
        { key: sourceAttribute, value: input.sourceId },
        { key: stateAttribute, value: 'running' },
      ],
    });
  } catch (err) {
    if (err instanceof WorkflowExecutionAlreadyStartedError)
      throw new DomainError('replay-running', 'the kept pages of this source are being read again already', {
        cause: err,
      });
    throw err;
  }
}

/** Progress from the workflow itself. */
export async function replayProgress(client: Client, sourceId: string): Promise<ReplayProgress> {
  return await client.workflow.getHandle(replayWorkflowId(sourceId)).query(replayProgressQuery);
}
