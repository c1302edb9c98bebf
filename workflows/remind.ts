import {
  ApplicationFailure,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { ReminderActivities } from '../activities/agenda/reminders.ts';
import type { PromiseInput } from '../contracts/agenda.ts';
import {
  changeReminderUpdate,
  type NewReminder,
  type ReminderChange,
  type ReminderOrder,
  type ReminderOutcome,
} from '../contracts/reminders.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { keepPromise } from './agenda/keep-promise.ts';

const { planReminder, fireReminder, changeReminder } = proxyActivities<ReminderActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '30s' },
});

/** For a local activity one workflow task does instead of two and an activity's: at the full hour thousands are due. */
const here = proxyLocalActivities<ReminderActivities>({ startToCloseTimeout: '5s', retry: { maximumAttempts: 1 } });

/** Keeps one reminder: tells it when it is due, takes changes, and ends when nothing comes any more. */
export async function remind(input: PromiseInput<NewReminder>): Promise<void> {
  const askedMs = workflowInfo().startTime.getTime();
  // What fails here is repeated elsewhere, where operators see it and no workflow task waits for it.
  const step =
    <I, O>(near: (moment: I) => Promise<O>, far: (moment: I) => Promise<O>) =>
    async (moment: I): Promise<O> =>
      input.local === true ? await near(moment).catch(async () => await far(moment)) : await far(moment);
  const plan = step(here.planReminder, planReminder);
  await keepPromise<NewReminder, ReminderOrder, ReminderOutcome>(input, {
    plan: async (moment) => await plan({ ...moment, askedMs }),
    fire: step(here.fireReminder, fireReminder),
    change: changeReminder,
    update: changeReminderUpdate,
    check: ({ change }, nowMs) => {
      if (change.kind === 'snooze') checkSnooze(change, nowMs);
    },
    again: async (next) => await continueAsNew<typeof remind>({ ...next, local: true }),
  });
}

function checkSnooze(change: Extract<ReminderChange, { kind: 'snooze' }>, nowMs: number): void {
  const untilMs = 'untilMs' in change ? change.untilMs : nowMs + change.minutes * 60_000;
  if (untilMs > nowMs) return;
  throw ApplicationFailure.nonRetryable('the new time is in the past: choose a later one', 'snooze-invalid');
}
