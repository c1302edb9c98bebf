import {
  ActivityFailure,
  CancellationScope,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ReplayActivities } from '../activities/catalog/replays.ts';
import type { IndexActivities } from '../activities/recommend/indexing.ts';
import { replayProgressQuery, type ReplayInput, type ReplayProgress, type ReplayState } from '../contracts/replays.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { replayPages } = proxyActivities<ReplayActivities>({
  taskQueue: TASK_QUEUES.scrape, // reading pages is that queue's other half of work
  startToCloseTimeout: '5m',
  heartbeatTimeout: '10s',
  retry: { maximumInterval: '1m' },
});
const { openReplay, closeReplay } = proxyActivities<ReplayActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '1m',
});
const { requestIndexing } = proxyActivities<IndexActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
});

/** Reads all kept pages of a source under its rules of now, without asking the shop; goes on after any crash where it was. */
export async function replaySource(input: ReplayInput): Promise<ReplayProgress> {
  const { replayId } = input;
  const nothing = { pages: 0, products: 0, created: 0, changed: 0, held: 0 };
  let progress: ReplayProgress = { replayId, state: 'running', ...nothing, error: null };
  setHandler(replayProgressQuery, () => progress);
  try {
    await openReplay(input);
    for (let finished = false; !finished;) {
      ({ progress, finished } = await replayPages(input));
      // The cursor is in Postgres: there is no state to carry.
      if (workflowInfo().continueAsNewSuggested && !finished) await continueAsNew<typeof replaySource>(input);
    }
    return (progress = await end(progress, 'completed', null));
  } catch (err) {
    if (isCancellation(err)) return await CancellationScope.nonCancellable(() => end(progress, 'cancelled', null));
    if (!(err instanceof ActivityFailure)) throw err;
    return (progress = await end(progress, 'failed', (err.cause ?? err).message));
  }
}

async function end(progress: ReplayProgress, state: ReplayState, error: string | null): Promise<ReplayProgress> {
  const closed = await closeReplay({ replayId: progress.replayId, state, error });
  await requestIndexing(); // what was read is kept, however the replay ended
  return closed ?? { ...progress, state, error };
}
