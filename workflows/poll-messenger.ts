import { continueAsNew, proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow';
import type { PollingActivities } from '../activities/agenda/polling.ts';
import type { PollInput } from '../contracts/dialog.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const OPTIONS: ActivityOptions = {
  startToCloseTimeout: '30m',
  heartbeatTimeout: '10s',
  // One reader at a time: who is told to stop has stopped before it is over.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { maximumInterval: '30s' },
};
const overTelegram = proxyActivities<PollingActivities>({ ...OPTIONS, taskQueue: TASK_QUEUES.telegramBot });
const overMax = proxyActivities<PollingActivities>({ ...OPTIONS, taskQueue: TASK_QUEUES.max });

/** Asks a messenger what people did, turn after turn; it is cancelled where a webhook tells it. */
export async function pollMessenger(input: PollInput): Promise<void> {
  const { pollUpdates } = input.messenger === 'max' ? overMax : overTelegram;
  for (;;) {
    const { stuck } = await pollUpdates(input);
    if (stuck !== null) return;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof pollMessenger>(input);
  }
}
