import type { Client } from '@temporalio/client';
import { kindAttribute, userAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { moveToSignal, moveZoneWorkflowId, type MoveZoneInput } from '../contracts/zones.ts';
import type { moveZone } from '../workflows/index.ts';

/** Moves a person to another zone, and answers once everything that follows it is being planned anew. @throws WorkflowFailedError zone-unknown */
export async function changeZone(client: Client, { userId, zone }: MoveZoneInput): Promise<void> {
  const handle = await client.workflow.signalWithStart<typeof moveZone, [string]>('moveZone', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: moveZoneWorkflowId(userId),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [{ userId }],
    signal: moveToSignal,
    signalArgs: [zone],
    typedSearchAttributes: [
      { key: kindAttribute, value: 'zone' },
      { key: userAttribute, value: userId },
    ],
  });
  await handle.result();
}
