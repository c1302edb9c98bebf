import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { CrawlLimits } from '../../contracts/source-config.ts';
import { HostGate, type GateDeps } from './host-gate.ts';

export interface PoliteVisit<T> {
  readonly url: string;
  /** Whose share of the host it uses: a crawl's, or any other UUID. */
  readonly crawlId: string;
  readonly limits: CrawlLimits;
  readonly open: (signal: AbortSignal) => Promise<T>;
}

/** A host's turn may be some way off. */
const PATIENCE_MS = 60_000;
const HEARTBEAT_MS = 1_000;

/**
 * Opens one page outside of a crawl's batches, inside of the current activity and with its heartbeat, by a crawl's rules:
 * robots.txt, the host's share and its turn.
 * @returns null when robots.txt forbids it
 * @throws Error, worth another try, while the host is busy
 */
export async function visitPolitely<T>(
  deps: GateDeps,
  { url, crawlId, limits, open }: PoliteVisit<T>,
): Promise<T | null> {
  const { activityId, attempt, workflowExecution } = activityInfo();
  const token = `${workflowExecution?.runId ?? ''}/${activityId}/${attempt}`;
  const signal = cancellationSignal();
  const beat = setInterval(heartbeat, HEARTBEAT_MS);
  const gate = new HostGate(deps, { crawlId, token, limits, endsAt: performance.now() + PATIENCE_MS, signal });
  try {
    const { refused } = await gate.admit([{ url }]);
    if (refused.length > 0) return null;
    const answer = await gate.pass(url, async () => ({ page: await open(signal) }));
    if (answer === null) throw new Error(`${url}: the host is busy`);
    return answer.page;
  } finally {
    await gate.close(false);
    clearInterval(beat);
  }
}
