import { continueAsNew, proxyActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { IndexActivities, IndexProgress } from '../activities/recommend/indexing.ts';
import { indexAgainSignal, type IndexCatalogInput, type IndexReport } from '../contracts/recommend.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { indexProducts } = proxyActivities<IndexActivities>({
  taskQueue: TASK_QUEUES.embed,
  startToCloseTimeout: '5m',
  heartbeatTimeout: '10s',
  retry: { maximumInterval: '5m' }, // an embedding API that is down: products wait until it is back
});
const { openSpace, serveSpace, dropSpaces } = proxyActivities<IndexActivities>({
  taskQueue: TASK_QUEUES.embed,
  startToCloseTimeout: '2h', // counts a catalogue's words, builds an index
  heartbeatTimeout: '10s',
});

/** Longer than a search that has just looked up the space it uses. */
const SEARCH_MS = 5_000;

/**
 * Gives every product an up-to-date vector of one kind. Whoever changes products signals it or starts it, in one step;
 * a signal that comes while it ends is seen before it has ended, so nothing stays unindexed.
 */
export async function indexCatalog({ kind }: IndexCatalogInput): Promise<IndexReport> {
  let again = true;
  let report: IndexReport = { indexed: 0, space: null };
  setHandler(indexAgainSignal, () => void (again = true));
  while (again) {
    again = false;
    const space = await openSpace({ kind });
    if (space === null) continue;
    report = { indexed: report.indexed + (await fill({ kind }, space)), space };
    const replaced = await serveSpace({ space });
    if (replaced.length === 0) continue;
    await sleep(SEARCH_MS);
    await dropSpaces({ spaces: replaced });
  }
  return report;
}

async function fill(input: IndexCatalogInput, space: string): Promise<number> {
  let indexed = 0;
  let after: string | null = null;
  do {
    const progress: IndexProgress = await indexProducts({ space, after });
    indexed += progress.indexed;
    after = progress.after;
    // A new run begins from the first product and passes those that have their vector: there is no state to carry.
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof indexCatalog>(input);
  } while (after !== null);
  return indexed;
}
