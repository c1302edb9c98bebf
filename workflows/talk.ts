import {
  ActivityFailure,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { wakeTalkSignal, type DialogActivities, type TalkInput } from '../contracts/dialog.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { handleUpdates } = proxyActivities<DialogActivities>({
  taskQueue: TASK_QUEUES.dialog,
  startToCloseTimeout: '2m',
  retry: { initialInterval: '500ms', maximumInterval: '20s' },
});

/** What no repetition mends is looked at again after so long: a fix may have been deployed. */
const LATER = '1m';

/**
 * Has what a person did in one chat handled, in order, and ends when nothing is left. Whoever puts something into the inbox
 * signals it or starts it, in one step; a signal that comes while it ends is seen before it has ended.
 */
export async function talk(input: TalkInput): Promise<void> {
  let woken = true;
  setHandler(wakeTalkSignal, () => void (woken = true));
  while (woken) {
    woken = false;
    try {
      await handleUpdates(input);
    } catch (err) {
      if (isCancellation(err) || !(err instanceof ActivityFailure)) throw err;
      await sleep(LATER);
      woken = true;
    }
    // What is left is in the database: a new run begins with a look at it.
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof talk>(input);
  }
}
