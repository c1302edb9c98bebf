import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { FocusActivities } from '../activities/agenda/focus.ts';
import type { PromiseInput } from '../contracts/agenda.ts';
import { changeFocusUpdate, type NewFocusSession } from '../contracts/focus.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { keepPromise } from './agenda/keep-promise.ts';

const { planFocus, fireFocus, changeFocus } = proxyActivities<FocusActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '10s' },
});

/** Runs one Pomodoro session: tells when a phase ends, and takes pauses, skips and the end meanwhile. */
export async function runPomodoro(input: PromiseInput<NewFocusSession>): Promise<void> {
  await keepPromise(input, {
    plan: planFocus,
    fire: fireFocus,
    change: changeFocus,
    update: changeFocusUpdate,
    check: () => undefined,
    again: async (next) => await continueAsNew<typeof runPomodoro>(next),
  });
}
