import { createHash } from 'node:crypto';
import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { dropAttribute, kindAttribute, stateAttribute, userAttribute } from '../contracts/search-attributes.ts';
import {
  buyDropWorkflowId,
  pauseWatchUpdate,
  pollNowUpdate,
  resumeWatchUpdate,
  stopDropSignal,
  stopWatchSignal,
  watchAgainSignal,
  watchGiftsWorkflowId,
  watchHealthSignal,
  watchOnSignal,
  watchStateQuery,
  type DropInput,
  type ManualOrder,
  type PollResult,
  type WatchHealth,
  type WatchState,
} from '../contracts/stargifts.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { buyDrop, watchGifts } from '../workflows/index.ts';

const watchOptions = (userId: string) => ({
  taskQueue: TASK_QUEUES.workflows,
  workflowId: watchGiftsWorkflowId(userId),
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  typedSearchAttributes: [
    { key: kindAttribute, value: 'gift-watch' },
    { key: userAttribute, value: userId },
    { key: stateAttribute, value: 'starting' },
  ],
});

/** Starts or ends a user's watcher as the switch says; safe to repeat. */
export async function setWatch(client: Client, userId: string, on: boolean): Promise<void> {
  if (!on) {
    await signalWatch(client, userId, stopWatchSignal);
    return;
  }
  await client.workflow.signalWithStart<typeof watchGifts>('watchGifts', {
    ...watchOptions(userId),
    args: [{ userId }],
    signal: watchOnSignal,
  });
}

/** Holds the watcher, and answers once nobody polls; running drops go on. null = it does not run. */
export async function pauseWatch(client: Client, userId: string): Promise<WatchState | null> {
  return await holdWatch(client, userId, pauseWatchUpdate);
}

/** Lets a paused watcher go on; answers how it stands then. null = it does not run. */
export async function resumeWatch(client: Client, userId: string): Promise<WatchState | null> {
  return await holdWatch(client, userId, resumeWatchUpdate);
}

async function holdWatch(client: Client, userId: string, update: typeof pauseWatchUpdate): Promise<WatchState | null> {
  try {
    return await client.workflow.getHandle(watchGiftsWorkflowId(userId)).executeUpdate(update);
  } catch (err) {
    if (err instanceof WorkflowNotFoundError) return null;
    throw err;
  }
}

/** The user's accounts changed: a watcher that found none looks again at once. */
export async function wakeWatch(client: Client, userId: string): Promise<void> {
  await signalWatch(client, userId, watchAgainSignal);
}

/** Tells the watcher whether its polls are answered. */
export async function reportWatchHealth(client: Client, userId: string, health: WatchHealth): Promise<void> {
  try {
    await client.workflow.getHandle(watchGiftsWorkflowId(userId)).signal(watchHealthSignal, health);
  } catch (err) {
    if (!(err instanceof WorkflowNotFoundError)) throw err;
  }
}

/** A watcher that does not run has nothing to be told. */
async function signalWatch(client: Client, userId: string, signal: SignalDefinition): Promise<void> {
  try {
    await client.workflow.getHandle(watchGiftsWorkflowId(userId)).signal(signal);
  } catch (err) {
    if (!(err instanceof WorkflowNotFoundError)) throw err;
  }
}

/** How the watcher stands; null = it does not run. */
export async function watchState(client: Client, userId: string): Promise<WatchState | null> {
  try {
    return await client.workflow.getHandle<typeof watchGifts>(watchGiftsWorkflowId(userId)).query(watchStateQuery);
  } catch (err) {
    if (err instanceof WorkflowNotFoundError) return null;
    throw err;
  }
}

/** A look at the whole list that the watcher has taken on. */
export interface TakenPoll {
  /** @throws WorkflowUpdateFailedError whose cause is an ApplicationFailure of type `no-account` or of Telegram's code */
  result(): Promise<PollResult>;
}

/** Asks for the whole list now, through the watcher, so that no new gift is swallowed; also with the switch off. */
export async function askPoll(client: Client, userId: string): Promise<TakenPoll> {
  const startWorkflowOperation = new WithStartWorkflowOperation('watchGifts', {
    ...watchOptions(userId),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [{ userId, mode: 'once' }],
  });
  return await client.workflow.startUpdateWithStart(pollNowUpdate, {
    waitForStage: 'ACCEPTED',
    startWorkflowOperation,
  });
}

/** Asks for the whole list now and waits for what it brings; see `askPoll`. */
export async function pollNow(client: Client, userId: string): Promise<PollResult> {
  return await (await askPoll(client, userId)).result();
}

/** Starts a drop's workflow, once for each drop; safe to repeat at any time. */
export async function startDrop(client: Client, input: DropInput): Promise<void> {
  try {
    await client.workflow.start<typeof buyDrop>('buyDrop', {
      ...dropOptions(input),
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [input],
    });
  } catch (err) {
    if (!(err instanceof WorkflowExecutionAlreadyStartedError)) throw err;
  }
}

const dropOptions = ({ userId, dropId }: Pick<DropInput, 'userId' | 'dropId'>) => ({
  taskQueue: TASK_QUEUES.workflows,
  workflowId: buyDropWorkflowId(userId, dropId),
  workflowIdReusePolicy: 'REJECT_DUPLICATE' as const, // one that has ended stays ended
  typedSearchAttributes: [
    { key: kindAttribute, value: 'drop' },
    { key: userAttribute, value: userId },
    { key: dropAttribute, value: dropId },
    { key: stateAttribute, value: 'running' },
  ],
});

/** Names one purchase by hand. */
export interface ManualKey {
  readonly userId: string;
  readonly idempotencyKey: string;
}

/** Id of the drop that a purchase by hand is. */
export const manualDropId = ({ userId, idempotencyKey }: ManualKey): string => idFrom(`${userId} ${idempotencyKey}`);

/**
 * Buys one gift for one receiver, once for each key of the user, however often it is asked. Check the order first
 * (`checkOrder`): what cannot succeed ends the workflow without a drop.
 * @returns the id of the drop
 */
export async function buyNow(client: Client, key: ManualKey, order: ManualOrder): Promise<string> {
  const { userId } = key;
  const dropId = manualDropId(key);
  await startDrop(client, { userId, dropId, order });
  return dropId;
}

/** Nothing more is bought in the drop; a drop that has ended stays as it is. */
export async function stopDrop(client: Client, userId: string, dropId: string): Promise<void> {
  try {
    // With a start: a stop in the moment before the watcher starts the drop must not be lost.
    await client.workflow.signalWithStart<typeof buyDrop>('buyDrop', {
      ...dropOptions({ userId, dropId }),
      args: [{ userId, dropId }],
      signal: stopDropSignal,
    });
  } catch (err) {
    if (!(err instanceof WorkflowExecutionAlreadyStartedError)) throw err;
  }
}

/** The same text gives the same UUID (version 8). */
function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
