import { executeChild, ParentClosePolicy, patched, proxyActivities, sleep, uuid4 } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { SourceActivities } from '../activities/catalog/sources.ts';
import { crawlWorkflowId, type CrawlReport, type ScheduledCrawlInput } from '../contracts/catalog.ts';
import { kindAttribute, sourceAttribute, stateAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { crawlSource } from './crawl-source.ts';

const { isDue } = proxyActivities<SourceActivities>({ taskQueue: TASK_QUEUES.storage, startToCloseTimeout: '1m' });

const AGAIN_AFTER_MS = 15 * 60_000;
/** Six hours in all: the other crawl of the source is a long one, and the schedule comes round again. */
const MAX_LOOKS = 24;

/**
 * What a Schedule starts: a crawl under the source's one crawl id, so that it never runs beside another one. One that
 * runs already is waited for, lest the shorter of two schedules always push the other aside.
 * @returns null when the source is not due, or is being crawled for longer than that
 */
export async function scheduledCrawl(input: ScheduledCrawlInput): Promise<CrawlReport | null> {
  for (let look = 1; await isDue(input); look += 1) {
    try {
      return await crawl(input);
    } catch (err) {
      if (!(err instanceof WorkflowExecutionAlreadyStartedError)) throw err;
      if (!patched('wait-for-other-crawl') || look === MAX_LOOKS) return null;
      await sleep(input.againAfterMs ?? AGAIN_AFTER_MS);
    }
  }
  return null;
}

async function crawl({ sourceId, mode }: ScheduledCrawlInput): Promise<CrawlReport> {
  return await executeChild(crawlSource, {
    workflowId: crawlWorkflowId(sourceId),
    args: [{ sourceId, mode, crawlId: uuid4(), onlyDue: mode === 'deep', windowed: true }],
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    typedSearchAttributes: [
      { key: kindAttribute, value: 'crawl' },
      { key: sourceAttribute, value: sourceId },
      { key: stateAttribute, value: 'running' },
    ],
  });
}
