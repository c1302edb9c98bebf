import {
  ActivityCancellationType,
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { WatchingActivities } from '../activities/stargifts/watching.ts';
import { stateAttribute } from '../contracts/search-attributes.ts';
import {
  pauseWatchUpdate,
  pollNowUpdate,
  resumeWatchUpdate,
  stopWatchSignal,
  watchAgainSignal,
  watchHealthSignal,
  watchOnSignal,
  watchStateQuery,
  type PollResult,
  type WatchHealth,
  type WatchInput,
  type WatchState,
} from '../contracts/stargifts.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { openWatch, chooseHost } = proxyActivities<WatchingActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '10s' },
});

const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 15_000;
const WELL: WatchHealth = { degradedSince: null, error: null };
/** A watcher that was started for one look waits so long for it. */
const ONCE_MS = 60_000;

interface Run {
  readonly userId: string;
  on: boolean;
  opened: boolean;
  paused: boolean;
  /** Something may have changed: look for a host at once. */
  again: boolean;
  looked: boolean;
  queue: string | null;
  health: WatchHealth;
  scope: CancellationScope | null;
}

/** Watches a user's gifts as long as the switch is on; the polling itself is one activity on a host of the user's accounts. */
export async function watchGifts(input: WatchInput): Promise<void> {
  const run = begin(input);
  if (!run.on) await condition(() => run.on || run.looked, ONCE_MS);
  let pauseMs = FIRST_PAUSE_MS;
  while (run.on) {
    if (!run.opened) await open(run);
    if (run.paused) {
      mark(run);
      await condition(() => !run.paused || !run.on);
      continue;
    }
    const begunAt = Date.now();
    const isPolled = await poll(run);
    // One that went well for a while is no reason to wait longer than the first time.
    const isFresh = isPolled || Date.now() - begunAt > pauseMs;
    pauseMs = isFresh ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LAST_PAUSE_MS);
    if (workflowInfo().continueAsNewSuggested) await renew(run);
    if (isPolled || !run.on) continue;
    run.again = false;
    await condition(() => run.again || run.paused || !run.on, pauseMs);
  }
  await condition(allHandlersFinished);
}

function begin({ userId, mode, paused = false, opened = false, health = WELL }: WatchInput): Run {
  const on = mode !== 'once';
  const run: Run = { userId, on, opened, paused, again: false, looked: false, queue: null, health, scope: null };
  setHandler(watchOnSignal, () => void (run.on = true));
  setHandler(stopWatchSignal, () => {
    [run.on, run.opened] = [false, false];
    run.scope?.cancel();
  });
  setHandler(pauseWatchUpdate, async () => await pause(run));
  setHandler(resumeWatchUpdate, () => {
    run.paused = false;
    return told(run);
  });
  setHandler(watchAgainSignal, () => void (run.again = true));
  setHandler(watchHealthSignal, (health) => {
    run.health = health;
    mark(run);
  });
  setHandler(watchStateQuery, () => told(run));
  setHandler(pollNowUpdate, async () => await pollNow(run));
  return run;
}

/** A host that does not answer does not poll for long: its activity times out. */
async function pause(run: Run): Promise<WatchState> {
  run.paused = true;
  run.scope?.cancel();
  await condition(() => run.scope === null || !run.paused);
  return told(run);
}

async function open(run: Run): Promise<void> {
  await openWatch({ userId: run.userId });
  run.opened = true;
}

/** Polls until the turn is over; false when there is nobody to poll with. */
async function poll(run: Run): Promise<boolean> {
  run.queue = await chooseHost({ userId: run.userId });
  if (run.queue === null) {
    run.health = { degradedSince: run.health.degradedSince ?? Date.now(), error: 'no-account' };
    mark(run);
    return false;
  }
  if (run.health.error === 'no-account') run.health = WELL;
  mark(run);
  if (run.paused || !run.on) return true;
  run.scope = new CancellationScope();
  try {
    return await run.scope.run(async () => await pollFrom(run));
  } catch (err) {
    if (isCancellation(err) && !CancellationScope.current().consideredCancelled) return true;
    throw err;
  } finally {
    run.scope = null;
  }
}

async function pollFrom({ userId, queue }: Run): Promise<boolean> {
  const { pollGifts } = proxyActivities<WatchingActivities>({
    ...(queue !== null && { taskQueue: queue }),
    startToCloseTimeout: '30m',
    scheduleToStartTimeout: '5s', // a host that died leaves its queue behind
    heartbeatTimeout: '10s',
    retry: { maximumAttempts: 1 }, // the next one goes to whoever holds the accounts then
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED, // paused means that nobody polls
  });
  try {
    await pollGifts({ userId });
    return true;
  } catch (err) {
    if (!(err instanceof ActivityFailure) || isCancellation(err)) throw err;
    return false;
  }
}

async function pollNow(run: Run): Promise<PollResult> {
  try {
    const queue = await chooseHost({ userId: run.userId });
    if (queue === null) throw ApplicationFailure.nonRetryable('no host holds an account of yours now', 'no-account');
    const { pollOnce } = proxyActivities<WatchingActivities>({
      taskQueue: queue,
      startToCloseTimeout: '1m',
      scheduleToStartTimeout: '5s',
      heartbeatTimeout: '10s',
      retry: { maximumAttempts: 2 }, // somebody waits for the answer
    });
    return await pollOnce({ userId: run.userId });
  } finally {
    run.looked = true;
  }
}

function stateOf({ paused, queue, health, scope }: Run): WatchState['state'] {
  if (paused && scope === null) return 'paused';
  if (health.degradedSince !== null) return 'degraded';
  return queue === null ? 'starting' : 'watching';
}

const told = (run: Run): WatchState => ({ state: stateOf(run), queue: run.queue, ...run.health });

function mark(run: Run): void {
  upsertSearchAttributes([{ key: stateAttribute, value: stateOf(run) }]);
}

async function renew({ userId, paused, opened, health }: Run): Promise<void> {
  await condition(allHandlersFinished);
  await continueAsNew<typeof watchGifts>({ userId, paused, opened, health });
}
