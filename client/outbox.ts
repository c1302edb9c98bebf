import type { Client } from '@temporalio/client';
import { outboxWorkflowId, wakeOutboxSignal } from '../contracts/messages.ts';
import { kindAttribute, userAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { sendOutbox } from '../workflows/index.ts';

/** Has a user's outbox sent: starts its sender, or tells the one that runs to look again. Call it after the commit. */
export async function wakeOutbox(client: Client, userId: string): Promise<void> {
  await client.workflow.signalWithStart<typeof sendOutbox>('sendOutbox', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: outboxWorkflowId(userId),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [{ userId }],
    signal: wakeOutboxSignal,
    typedSearchAttributes: [
      { key: kindAttribute, value: 'outbox' },
      { key: userAttribute, value: userId },
    ],
  });
}
