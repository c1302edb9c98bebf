import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  startChild,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { TimeoutFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { CrawlActivities } from '../activities/catalog/crawls.ts';
import type { RenderActivities } from '../activities/catalog/rendering.ts';
import type { BatchResult } from '../activities/catalog/run-batch.ts';
import type { IndexActivities } from '../activities/recommend/indexing.ts';
import {
  crawlProgressQuery,
  pauseSignal,
  resumeSignal,
  reviewHubsWorkflowId,
  type CrawlInput,
  type CrawlProgress,
  type CrawlReport,
  type CrawlStart,
  type CrawlState,
} from '../contracts/catalog.ts';
import { kindAttribute, sourceAttribute, stateAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { reviewHubs } from './review-hubs.ts';

const { openCrawl } = proxyActivities<CrawlActivities>({
  taskQueue: TASK_QUEUES.scrape,
  startToCloseTimeout: '2m',
  retry: { maximumAttempts: 6, maximumInterval: '1m' }, // a host that stays unreachable fails the crawl, not the worker
});
const { crawlBatch } = proxyActivities<CrawlActivities>({
  taskQueue: TASK_QUEUES.scrape,
  startToCloseTimeout: '5m',
  heartbeatTimeout: '5s', // so long is a killed worker not noticed
  retry: { maximumInterval: '5s' }, // the batch itself is patient with shops; what fails it is ours, and comes back
  // A batch puts its unfinished pages back when it is told to stop; wait for that.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});
// How long a browser may be busy with other sources before a crawl gives up waiting for one.
const { renderBatch } = proxyActivities<RenderActivities>({
  taskQueue: TASK_QUEUES.render,
  scheduleToStartTimeout: '30m',
  startToCloseTimeout: '5m',
  heartbeatTimeout: '5s',
  retry: { maximumInterval: '5s' },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});
const { tryRendering } = proxyActivities<RenderActivities>({
  taskQueue: TASK_QUEUES.render,
  scheduleToStartTimeout: '1m', // no worker may have a browser; then the crawl is what it is
  startToCloseTimeout: '10m',
  heartbeatTimeout: '10s',
  retry: { maximumAttempts: 2 },
});
const { addUnseenProducts, markCrawl, closeCrawl } = proxyActivities<CrawlActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '1m',
});
const { requestIndexing } = proxyActivities<IndexActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
});

interface Run {
  readonly input: CrawlInput;
  rendered: boolean;
  state: CrawlState;
  progress: CrawlProgress;
  /** Of the batch in flight; a pause cancels it. */
  scope: CancellationScope | null;
}

/** One crawl of one source, page by page out of Postgres; goes on after any crash where it was. */
export async function crawlSource(input: CrawlInput): Promise<CrawlReport> {
  const run = begin(input);
  try {
    if (input.opened !== true) run.rendered = hasDecided(await openCrawl(input)).rendered;
    while (!(await batch(run))) {
      if (run.state === 'paused') await hold(run);
      if (workflowInfo().continueAsNewSuggested) {
        await continueAsNew<typeof crawlSource>(continued(run));
      }
    }
    return await end(input, 'completed', null);
  } catch (err) {
    if (isCancellation(err)) return await CancellationScope.nonCancellable(() => end(input, 'cancelled', null));
    if (!(err instanceof ActivityFailure || err instanceof ApplicationFailure)) throw err;
    return await end(input, 'failed', (err.cause ?? err).message);
  }
}

function begin(input: CrawlInput): Run {
  const { crawlId } = input;
  const nothing = { pending: 0, fetched: 0, unchanged: 0, failed: 0, products: 0, created: 0, changed: 0 };
  const state = input.paused === true ? 'paused' : 'running';
  const rendered = input.rendered === true;
  const run: Run = { input, rendered, state, progress: { crawlId, state, ...nothing }, scope: null };
  setHandler(crawlProgressQuery, () => ({ ...run.progress, state: run.state }));
  setHandler(pauseSignal, () => {
    run.state = 'paused';
    run.scope?.cancel();
  });
  setHandler(resumeSignal, () => void (run.state = 'running'));
  return run;
}

/** Runs one batch; true when nothing is left. A pause ends it early, a cancel of the workflow ends it for good. */
async function batch(run: Run): Promise<boolean> {
  if (run.state === 'paused') return false;
  try {
    run.scope = new CancellationScope();
    const { progress, waitMs, blocked, finished, lacking } = await run.scope.run(() => nextBatch(run));
    run.progress = progress;
    if (blocked !== null) throw ApplicationFailure.nonRetryable(blocked, 'host-blocked');
    if (waitMs > 0) await condition(() => run.state === 'paused', waitMs);
    return finished && (await addUnseenProducts(run.input)) === 0 && !(lacking === true && (await takesBrowser(run)));
  } catch (err) {
    if (!isCancellation(err) || CancellationScope.current().consideredCancelled) throw err;
    return false;
  } finally {
    run.scope = null;
  }
}

const nextBatch = async ({ input, rendered }: Run): Promise<BatchResult> =>
  rendered ? await renderBatch(input).catch(sayWhoRenders) : await crawlBatch(input);

/** Whether the crawl goes on in a browser; its pages are put back then. */
async function takesBrowser(run: Run): Promise<boolean> {
  try {
    run.rendered = await tryRendering(run.input);
  } catch (err) {
    if (isCancellation(err)) throw err; // otherwise the crawl is what it is without one
  }
  return run.rendered;
}

function sayWhoRenders(err: unknown): never {
  const isUnserved = err instanceof ActivityFailure && err.cause instanceof TimeoutFailure;
  if (!isUnserved || err.cause.timeoutType !== 'SCHEDULE_TO_START') throw err;
  throw ApplicationFailure.nonRetryable(
    'the source takes a browser, and no worker had one in time: npm run worker -- --queues render',
    'no-browser',
  );
}

/** Crawls that were opened before there were browsers recorded no decision. */
const hasDecided = (start: CrawlStart | undefined | null): CrawlStart => start ?? { rendered: false };

const continued = ({ input, state, rendered }: Run): CrawlInput => ({
  ...input,
  opened: true,
  paused: state === 'paused',
  rendered,
});

async function hold(run: Run): Promise<void> {
  await mark(run.input, 'paused');
  await condition(() => run.state !== 'paused');
  await mark(run.input, 'running');
}

async function mark({ crawlId }: CrawlInput, state: CrawlState): Promise<void> {
  upsertSearchAttributes([{ key: stateAttribute, value: state }]);
  await markCrawl({ crawlId, state });
}

async function end({ crawlId, sourceId }: CrawlInput, state: CrawlState, error: string | null): Promise<CrawlReport> {
  upsertSearchAttributes([{ key: stateAttribute, value: state }]);
  const report = await closeCrawl({ crawlId, sourceId, state, error });
  await requestIndexing(); // what was found is kept, however the crawl ended
  if ((report.hubs ?? 0) > 0) await startReview(sourceId);
  return report;
}

async function startReview(sourceId: string): Promise<void> {
  try {
    await startChild(reviewHubs, {
      workflowId: reviewHubsWorkflowId(sourceId),
      args: [{ sourceId }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: [
        { key: kindAttribute, value: 'review-hubs' },
        { key: sourceAttribute, value: sourceId },
      ],
    });
  } catch (err) {
    if (!(err instanceof WorkflowExecutionAlreadyStartedError)) throw err; // what is left waits for the next crawl
  }
}
