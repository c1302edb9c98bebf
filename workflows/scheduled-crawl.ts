import { executeChild, ParentClosePolicy, proxyActivities, uuid4 } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { SourceActivities } from '../activities/catalog/sources.ts';
import { crawlWorkflowId, type CrawlReport, type ScheduledCrawlInput } from '../contracts/catalog.ts';
import { kindAttribute, sourceAttribute, stateAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { crawlSource } from './crawl-source.ts';

const { isDue } = proxyActivities<SourceActivities>({ taskQueue: TASK_QUEUES.storage, startToCloseTimeout: '1m' });

/**
 * What a Schedule starts: a crawl under the source's one crawl id, so that it never runs beside another one.
 * @returns null when the source is not due, or is being crawled already
 */
export async function scheduledCrawl(input: ScheduledCrawlInput): Promise<CrawlReport | null> {
  if (!(await isDue(input))) return null;
  try {
    return await executeChild(crawlSource, {
      workflowId: crawlWorkflowId(input.sourceId),
      args: [{ ...input, crawlId: uuid4() }],
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      typedSearchAttributes: [
        { key: kindAttribute, value: 'crawl' },
        { key: sourceAttribute, value: input.sourceId },
        { key: stateAttribute, value: 'running' },
      ],
    });
  } catch (err) {
    if (err instanceof WorkflowExecutionAlreadyStartedError) return null;
    throw err;
  }
}
