import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CrawlInput, CrawlProgress } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { crawlProgress } from '../../db/repositories/crawls.ts';
import { countVisited } from '../../db/repositories/frontier.ts';
import { msUntilOpen } from '../../domain/catalog/crawl-window.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { CrawlBatch, type BatchDeps } from './crawl-batch.ts';

export interface BatchResult {
  readonly progress: CrawlProgress;
  readonly waitMs: number;
  /** Nothing is left to fetch, or nothing more may be. */
  readonly finished: boolean;
  /** Why the crawl should end as failed; null = it should not. */
  readonly blocked: string | null;
  /** Nothing is left, and what came lacks so much that a browser is worth a try; absent = no. */
  readonly lacking?: boolean;
}

const HEARTBEAT_MS = 1_000;

/** Runs one batch inside of the current activity, with its heartbeat. @throws DomainError crawl-not-found */
export async function runBatch(deps: BatchDeps, crawl: CrawlInput, config: SourceConfig): Promise<BatchResult> {
  const em = () => deps.orm.em.fork();
  const closedForMs = windowClosedFor(crawl, config);
  if (closedForMs > 0) {
    return { progress: await progressOf(em(), crawl), waitMs: closedForMs, blocked: null, finished: false };
  }
  const { maxPages } = config.limits;
  const { activityId, attempt, workflowExecution } = activityInfo();
  const token = `${workflowExecution?.runId ?? ''}/${activityId}/${attempt}`;
  const allowance = maxPages - (await countVisited(em(), crawl.crawlId));
  const beat = setInterval(heartbeat, HEARTBEAT_MS);
  try {
    const batch = new CrawlBatch(deps, { crawl, config, token, allowance, signal: cancellationSignal() });
    const { waitMs, blocked } = await batch.run();
    const progress = await progressOf(em(), crawl);
    const finished = progress.pending === 0 || (await countVisited(em(), crawl.crawlId)) >= maxPages;
    return { progress, waitMs, blocked, finished };
  } finally {
    clearInterval(beat);
  }
}

async function progressOf(em: SqlEntityManager, { crawlId }: CrawlInput): Promise<CrawlProgress> {
  const progress = await crawlProgress(em, crawlId);
  if (progress === null) throw new DomainError('crawl-not-found', 'the crawl was deleted with its source');
  return progress;
}

/** How long a scheduled crawl has to wait for its source's window, ms; 0 = it may go on. */
const windowClosedFor = ({ windowed }: CrawlInput, { schedule: { window } }: SourceConfig): number =>
  windowed === true && window !== null ? msUntilOpen(window, Date.now()) : 0;
