import {
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { SendingActivities } from '../activities/stargifts/sending.ts';
import { wakeOutboxSignal, type DrainReport, type SendOutboxInput } from '../contracts/messages.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const OPTIONS: ActivityOptions = {
  startToCloseTimeout: '10m',
  heartbeatTimeout: '10s',
  retry: { maximumInterval: '30s' },
};
const overTelegram = proxyActivities<SendingActivities>({ ...OPTIONS, taskQueue: TASK_QUEUES.telegramBot });
const overMax = proxyActivities<SendingActivities>({ ...OPTIONS, taskQueue: TASK_QUEUES.max });

/**
 * Sends what is in the outbox of a user's own bot, or of one of the program's, and ends when nothing is left. Whoever writes
 * messages signals it or starts it, in one step; a signal that comes while it ends is seen before it has ended, so no message
 * waits for the next one.
 */
export async function sendOutbox(input: SendOutboxInput): Promise<void> {
  const { drainOutbox } = 'sender' in input && input.sender === 'max' ? overMax : overTelegram;
  let woken = true;
  setHandler(wakeOutboxSignal, () => void (woken = true));
  while (woken) {
    woken = false;
    const { nextInMs }: DrainReport = await drainOutbox(input);
    // What is left is in the database: a new run begins with a look at it.
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof sendOutbox>(input);
    if (nextInMs === null) continue;
    await condition(() => woken, Math.max(1, nextInMs));
    woken = true;
  }
}
