import type { Client } from '@temporalio/client';
import { outboxWorkflowId, wakeOutboxSignal, type SendOutboxInput } from '../contracts/messages.ts';
import { kindAttribute, userAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { MessengerName } from '../domain/shared/messenger-name.ts';
import type { sendOutbox } from '../workflows/index.ts';
import { coalesced } from './coalesced.ts';

const wake = async (client: Client, input: SendOutboxInput): Promise<void> => {
  await client.workflow.signalWithStart<typeof sendOutbox>('sendOutbox', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: outboxWorkflowId('userId' in input ? input.userId : input.sender),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [input],
    signal: wakeOutboxSignal,
    typedSearchAttributes: [
      { key: kindAttribute, value: 'outbox' },
      ...('userId' in input ? [{ key: userAttribute, value: input.userId }] : []),
    ],
  });
};

/** Has the outbox of a user's own bot sent: starts its sender, or tells the one that runs to look again. Call it after the commit. */
export async function wakeOutbox(client: Client, userId: string): Promise<void> {
  await wake(client, { userId });
}

/** Has the outboxes of the program's own bots sent. Call it after the commit; it resolves when a signal has left after the call. */
export type WakeSenders = (messengers: readonly MessengerName[]) => Promise<void>;

/** Between two signals to one sender. */
const GAP_MS = 500;

/**
 * However many call, each sender gets about two signals a second at most: who comes meanwhile shares the next one. Each signal is
 * a step of the sender's workflow: ten a second took a tenth of what can be told at a full hour.
 */
export function createSenderWaker(client: Client): WakeSenders {
  const wakers = {
    telegram: coalesced(async () => await wake(client, { sender: 'telegram' }), GAP_MS),
    max: coalesced(async () => await wake(client, { sender: 'max' }), GAP_MS),
  };
  return async (messengers) => {
    await Promise.all([...new Set(messengers)].map(async (messenger) => await wakers[messenger]()));
  };
}
