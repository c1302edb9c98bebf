import type { SqlEntityManager } from '@mikro-orm/sql';
import { findRobots, putRobots } from '../../db/repositories/hosts.ts';
import type { RobotsReader, RobotsRules } from '../ports.ts';

const DAY_MS = 24 * 3_600_000;
/** A host whose robots.txt gave an error is asked again sooner than RFC 9309's 24 h, and before the first wait is over. */
const ERROR_MAX_AGE_MS = 20_000;

/** robots.txt rules of an origin, from Postgres or from the host; all workers share what one of them fetched. */
export async function hostRules(
  em: SqlEntityManager,
  robots: RobotsReader,
  { origin, signal }: { readonly origin: string; readonly signal: AbortSignal },
): Promise<RobotsRules & { readonly status: number }> {
  const { host } = new URL(origin);
  const stored = await findRobots(em, host, DAY_MS);
  const usable =
    stored !== null && (!isUnreachable(stored.status) || (await findRobots(em, host, ERROR_MAX_AGE_MS)) !== null);
  const answer = usable ? stored : await robots.fetchRobots({ origin, signal });
  if (!usable) await putRobots(em, host, answer);
  return { ...readRules(robots, origin, answer), status: answer.status };
}

/** RFC 9309, 2.3.1.4; «too many requests» is no word on what is allowed either, though the RFC would count it as none. */
export const isUnreachable = (status: number): boolean => status === 0 || status === 429 || status >= 500;

function readRules(robots: RobotsReader, origin: string, answer: { status: number; text: string }): RobotsRules {
  const rules = robots.readRobots(origin, answer);
  return { allows: (url) => rules.allows(url), crawlDelayMs: rules.crawlDelayMs, sitemaps: rules.sitemaps };
}
