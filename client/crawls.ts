import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import {
  crawlProgressQuery,
  crawlWorkflowId,
  pauseSignal,
  resumeSignal,
  type CrawlMode,
  type CrawlProgress,
} from '../contracts/catalog.ts';
import { kindAttribute, sourceAttribute, stateAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { DomainError } from '../domain/shared/errors.ts';
import type { crawlSource } from '../workflows/index.ts';

/**
 * Starts a crawl of the source under a crawl id chosen by the caller.
 * @throws DomainError crawl-running when one is running already
 */
export async function startCrawl(
  client: Client,
  input: { readonly sourceId: string; readonly crawlId: string; readonly mode: CrawlMode },
): Promise<string> {
  try {
    const handle = await client.workflow.start<typeof crawlSource>('crawlSource', {
      taskQueue: TASK_QUEUES.workflows,
      workflowId: crawlWorkflowId(input.sourceId),
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [input],
      typedSearchAttributes: [
        { key: kindAttribute, value: 'crawl' },
        { key: sourceAttribute, value: input.sourceId },
        { key: stateAttribute, value: 'running' },
      ],
    });
    return handle.workflowId;
  } catch (err) {
    if (err instanceof WorkflowExecutionAlreadyStartedError)
      throw new DomainError('crawl-running', 'a crawl of this source is running; wait for it or cancel it', {
        cause: err,
      });
    throw err;
  }
}

/** Holds the crawl before its next page; what is in flight is put back. */
export async function pauseCrawl(client: Client, sourceId: string): Promise<void> {
  await client.workflow.getHandle(crawlWorkflowId(sourceId)).signal(pauseSignal);
}

/** Lets a paused crawl go on where it was. */
export async function resumeCrawl(client: Client, sourceId: string): Promise<void> {
  await client.workflow.getHandle(crawlWorkflowId(sourceId)).signal(resumeSignal);
}

/** Ends the crawl; what it found so far stays. */
export async function cancelCrawl(client: Client, sourceId: string): Promise<void> {
  await client.workflow.getHandle(crawlWorkflowId(sourceId)).cancel();
}

/** Progress from the workflow itself. */
export async function crawlProgress(client: Client, sourceId: string): Promise<CrawlProgress> {
  return await client.workflow.getHandle(crawlWorkflowId(sourceId)).query(crawlProgressQuery);
}
