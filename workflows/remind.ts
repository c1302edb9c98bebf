import { ApplicationFailure, continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
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

/** Keeps one reminder: tells it when it is due, takes changes, and ends when nothing comes any more. */
export async function remind(input: PromiseInput<NewReminder>): Promise<void> {
  const askedMs = workflowInfo().startTime.getTime();
  await keepPromise<NewReminder, ReminderOrder, ReminderOutcome>(input, {
    plan: async (moment) => await planReminder({ ...moment, askedMs }),
    fire: fireReminder,
    change: changeReminder,
    update: changeReminderUpdate,
    check: ({ change }, nowMs) => {
      if (change.kind === 'snooze') checkSnooze(change, nowMs);
    },
    again: async (next) => await continueAsNew<typeof remind>(next),
  });
}

function checkSnooze(change: Extract<ReminderChange, { kind: 'snooze' }>, nowMs: number): void {
  const untilMs = 'untilMs' in change ? change.untilMs : nowMs + change.minutes * 60_000;
  if (untilMs > nowMs) return;
  throw ApplicationFailure.nonRetryable('the new time is in the past: choose a later one', 'snooze-invalid');
}
