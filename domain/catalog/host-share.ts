/** What one batch of a crawl asks of a host and holds of it. */
export interface HostClaim {
  readonly crawlId: string;
  /** Requests in flight that the crawl's source allows, ≥ 1. */
  readonly cap: number;
  /** Between two requests, as that source and robots.txt want it, ms. */
  readonly delayMs: number;
  /** Requests that may be in flight now, ≥ 0. */
  readonly slots: number;
  /** The delay that is obeyed now, ms. */
  readonly paceMs: number;
  /** When its crawl began to wait or went to the back of the queue, ms. */
  readonly joinedAt: number;
}

export interface HostShare {
  /** Requests that may be in flight, ≥ 0. */
  readonly slots: number;
  /** Between two requests, ms. */
  readonly delayMs: number;
}

/**
 * Divides a host among the crawls that want it: the smallest cap and the longest delay of all of them hold for each.
 * Who came first gets what does not divide evenly; nobody gets what another one still holds, and nothing while
 * another one still sends faster than the delay that now holds.
 * @param own     the caller's claim; what it holds itself does not matter
 * @param others  every other live claim, also of dead batches of the same crawl
 */
export function shareHost(own: HostClaim, others: readonly HostClaim[]): HostShare {
  const all = [own, ...others];
  const cap = Math.min(...all.map((claim) => claim.cap));
  const delayMs = Math.max(...all.map((claim) => claim.delayMs));
  if (others.some(({ slots, paceMs }) => slots > 0 && paceMs < delayMs)) return { slots: 0, delayMs };
  const held = others.reduce((sum, { slots }) => sum + slots, 0);
  return { slots: Math.max(0, Math.min(fairShare(own, all, cap), cap - held)), delayMs };
}

function fairShare(own: HostClaim, all: readonly HostClaim[], cap: number): number {
  const joined = new Map<string, number>();
  for (const { crawlId, joinedAt } of all) {
    joined.set(crawlId, Math.min(joinedAt, joined.get(crawlId) ?? Infinity));
  }
  const queue = [...joined].sort(([a, at], [b, bt]) => at - bt || (a < b ? -1 : 1)).map(([crawlId]) => crawlId);
  const extra = queue.indexOf(own.crawlId) < cap % queue.length ? 1 : 0;
  return Math.floor(cap / queue.length) + extra;
}
