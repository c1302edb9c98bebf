import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { outboxWorkflowId, wakeOutboxSignal, type SendOutboxInput } from '../contracts/messages.ts';
import { kindAttribute, userAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { MessengerName } from '../domain/shared/messenger-name.ts';
import type { sendOutbox } from '../workflows/index.ts';

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

/** Signals to one sender come at least so far apart. */
const GAP_MS = 100;

/** However many call, each sender gets about ten signals a second at most: who comes meanwhile shares the next one. */
export function createSenderWaker(client: Client): WakeSenders {
  const wakers = {
    telegram: shared(async () => await wake(client, { sender: 'telegram' })),
    max: shared(async () => await wake(client, { sender: 'max' })),
  };
  return async (messengers) => {
    await Promise.all([...new Set(messengers)].map(async (messenger) => await wakers[messenger]()));
  };
}

/** Calls that come before a signal has left share it; one that comes later gets the next, after the gap. */
function shared(send: () => Promise<void>): () => Promise<void> {
  let flying: Promise<unknown> = Promise.resolve();
  let startedAt = -Infinity;
  let next: Promise<void> | null = null;
  const go = async (): Promise<void> => {
    await flying;
    const waitMs = startedAt + GAP_MS - performance.now();
    if (waitMs > 0) await delay(waitMs);
    next = null;
    startedAt = performance.now();
    const signal = send();
    flying = signal.catch(() => undefined);
    await signal;
  };
  return async () => await (next ??= go());
}
