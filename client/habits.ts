import type { Client } from '@temporalio/client';
import { changeHabitUpdate, type HabitChange, type HabitOutcome, type NewHabit } from '../contracts/habits.ts';
import { changePromise, openPromise, type PromiseRef } from './agenda.ts';

const refOf = (userId: string, id: string): PromiseRef => ({
  ...{ kind: 'habit', workflowType: 'keepHabit', id, userId },
});

/** Begins a habit under an id of the caller's; the same id again begins nothing. @throws DomainError habit-invalid, too-many-habits */
export async function createHabit(client: Client, id: string, habit: NewHabit): Promise<void> {
  await openPromise(client, refOf(habit.userId, id), habit);
}

/** Keeps a habit whose row is there already, e.g. one that was imported. */
export async function keepStoredHabit(client: Client, userId: string, id: string): Promise<void> {
  await openPromise(client, refOf(userId, id));
}

/** Which habit is changed; the same change under the same `requestId` is made once. */
export interface HabitCall {
  readonly userId: string;
  readonly habitId: string;
  readonly requestId: string;
}

/** Makes one change. @throws DomainError habit-not-found, habit-invalid, day-invalid, pause-invalid, amount-invalid */
export async function changeHabit(client: Client, call: HabitCall, change: HabitChange): Promise<HabitOutcome> {
  const { userId, habitId, requestId } = call;
  const order = { userId, change };
  return await changePromise(client, refOf(userId, habitId), { update: changeHabitUpdate, change: order, requestId });
}
