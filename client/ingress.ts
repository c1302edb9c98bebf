import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { ingressWorkflowId, talkWorkflowId, wakeTalkSignal, type TalkInput } from '../contracts/dialog.ts';
import { kindAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { MessengerName } from '../domain/shared/messenger-name.ts';
import type { pollMessenger, talk } from '../workflows/index.ts';

/** Has what lies in these chats' inboxes handled; call it after the commit. */
export async function wakeTalks(client: Client, chats: readonly TalkInput[]): Promise<void> {
  await Promise.all(
    chats.map(async ({ messenger, chatId }) => {
      const input = { messenger, chatId };
      await client.workflow.signalWithStart<typeof talk>('talk', {
        taskQueue: TASK_QUEUES.workflows,
        workflowId: talkWorkflowId(input),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        args: [input],
        signal: wakeTalkSignal,
        typedSearchAttributes: [{ key: kindAttribute, value: 'chat' }],
      });
    }),
  );
}

/** Has a messenger asked for updates from now on; nothing happens when somebody does already. */
export async function startPolling(client: Client, messenger: MessengerName): Promise<void> {
  await client.workflow.start<typeof pollMessenger>('pollMessenger', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: ingressWorkflowId(messenger),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [{ messenger }],
    typedSearchAttributes: [{ key: kindAttribute, value: 'ingress' }],
  });
}

/** Nobody asks the messenger any more: it tells by itself, or there is no bot. */
export async function stopPolling(client: Client, messenger: MessengerName): Promise<void> {
  const handle = client.workflow.getHandle(ingressWorkflowId(messenger));
  try {
    await handle.cancel();
    await handle.result();
  } catch (err) {
    if (!isOver(err)) throw err;
  }
}

const isOver = (err: unknown): boolean =>
  err instanceof WorkflowNotFoundError || (err instanceof Error && err.name === 'WorkflowFailedError');
