import type { Client } from '@temporalio/client';
import type { Planned } from '../contracts/agenda.ts';
import {
  changeReminderUpdate,
  type NewReminder,
  type ReminderChange,
  type ReminderOutcome,
} from '../contracts/reminders.ts';
import { changePromise, openPromise, type PromiseRef } from './agenda.ts';

/** Names one reminder of one person. */
export interface ReminderRef {
  readonly reminderId: string;
  readonly userId: string;
}

const promiseOf = ({ reminderId, userId }: ReminderRef): PromiseRef => ({
  ...{ kind: 'reminder', workflowType: 'remind', id: reminderId, userId },
});

/**
 * Keeps a reminder from now on; answers once it is stored and planned. Safe to repeat under the same id.
 * @throws DomainError reminder-invalid, rule-invalid, too-many-reminders, reminder-past and the like
 */
export async function createReminder(client: Client, ref: ReminderRef, reminder: NewReminder): Promise<Planned> {
  return await openPromise(client, promiseOf(ref), reminder);
}

/**
 * Changes a reminder, once for each `requestId`, and answers how it stands then; one whose last occurrence was told can still
 * be snoozed. @throws DomainError reminder-not-found, occurrence-not-found, snooze-invalid, or what is wrong with an edit
 */
export async function changeReminder(
  client: Client,
  ref: ReminderRef,
  { change, requestId }: { readonly change: ReminderChange; readonly requestId: string },
): Promise<ReminderOutcome> {
  const order = { userId: ref.userId, change };
  return await changePromise(client, promiseOf(ref), { update: changeReminderUpdate, change: order, requestId });
}
