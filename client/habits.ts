import type { Client } from '@temporalio/client';
import { changeHabitUpdate, type HabitChange, type HabitOutcome, type NewHabit } from '../contracts/habits.ts';
import type { HabitPatch, HabitPause } from '../domain/agenda/habits/habit.ts';
import type { DayMark } from '../domain/agenda/habits/habit-history.ts';
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

/** A day and what is said of it; with `expected` only while the amount is still that one. */
export interface DayTick {
  /** `YYYY-MM-DD`, the habit's own day. */
  readonly day: string;
  readonly expected?: number | null;
}

/** Says that a day is done, or how much was done on it. */
export const tickHabit = async (client: Client, call: HabitCall, tick: DayTick & { readonly mark: DayMark }) =>
  await changeHabit(client, call, { kind: 'mark', ...tick });

/** Skips a day: strength and streak stay as they are. */
export const skipHabitDay = async (client: Client, call: HabitCall, day: string): Promise<HabitOutcome> =>
  await changeHabit(client, call, { kind: 'mark', day, mark: 'skip' });

/** Takes back what was said of a day. */
export const undoHabitDay = async (client: Client, call: HabitCall, day: string): Promise<HabitOutcome> =>
  await changeHabit(client, call, { kind: 'mark', day, mark: null });

/** Sets what is given of a habit; a new goal counts from today. */
export const defineHabit = async (client: Client, call: HabitCall, patch: HabitPatch): Promise<HabitOutcome> =>
  await changeHabit(client, call, { kind: 'define', patch });

/** A vacation: nothing is asked, strength and streak stay. */
export const pauseHabit = async (client: Client, call: HabitCall, pause: HabitPause): Promise<HabitOutcome> =>
  await changeHabit(client, call, { kind: 'pause', ...pause });

/** Takes a paused habit up again, from today. */
export const resumeHabit = async (client: Client, call: HabitCall): Promise<HabitOutcome> =>
  await changeHabit(client, call, { kind: 'resume' });

/** Agrees to the next step of a micro-goal, or puts it off. */
export const answerRaise = async (
  client: Client,
  call: HabitCall,
  answer: { readonly aim: number; readonly agreed: boolean },
): Promise<HabitOutcome> => await changeHabit(client, call, { kind: 'raise', ...answer });

/** Puts a habit away with all that is known of it, takes it out again, or forgets it for good. */
export const archiveHabit = async (client: Client, call: HabitCall): Promise<HabitOutcome> =>
  await changeHabit(client, call, { kind: 'archive' });
export const restoreHabit = async (client: Client, call: HabitCall): Promise<HabitOutcome> =>
  await changeHabit(client, call, { kind: 'restore' });
export const deleteHabit = async (client: Client, call: HabitCall): Promise<HabitOutcome> =>
  await changeHabit(client, call, { kind: 'delete' });
