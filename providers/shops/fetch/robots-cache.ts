import { FetchFailedError, FetchRefusedError } from './errors.ts';
import type { Fetcher } from './fetch-options.ts';
import { NO_ROBOTS, ROBOTS_UNREACHABLE, robotsFromAnswer, type RobotsRules } from './robots.ts';

export interface RobotsCacheOptions {
  readonly fetcher: Fetcher;
  readonly userAgent: string;
  /** Epoch ms. */
  readonly now?: () => number;
}

export interface RobotsCache {
  /** The rules for an absolute URL, fetched at most once a day per origin. @throws the reason of the aborted signal */
  rulesFor(url: string, signal?: AbortSignal): Promise<RobotsRules>;
}

/** RFC 9309, 2.4: a cached copy should not be used longer. */
const FRESH_MS = 24 * 60 * 60 * 1000;
/** An unreachable robots.txt stops a shop, so it is tried again soon. */
const RETRY_MS = 10 * 60 * 1000;
const MAX_ORIGINS = 1000;

async function fetchRules(options: RobotsCacheOptions, origin: string, signal?: AbortSignal): Promise<RobotsRules> {
  try {
    const page = await options.fetcher.fetchPage(`${origin}/robots.txt`, { expect: 'robots', signal });
    return robotsFromAnswer(page.status, page.text(), options.userAgent);
  } catch (error) {
    if (error instanceof FetchRefusedError && error.code === 'too-many-redirects') return NO_ROBOTS;
    if (error instanceof FetchRefusedError || error instanceof FetchFailedError) return ROBOTS_UNREACHABLE;
    throw error;
  }
}

/** Keeps the rules of up to a thousand origins in memory, the least recently fetched go first. */
export function createRobotsCache(options: RobotsCacheOptions): RobotsCache {
  const now = options.now ?? Date.now;
  const known = new Map<string, { readonly rules: Promise<RobotsRules>; expiresAt: number }>();

  async function load(origin: string, signal?: AbortSignal): Promise<RobotsRules> {
    const entry = { rules: fetchRules(options, origin, signal), expiresAt: now() + FRESH_MS };
    known.delete(origin);
    known.set(origin, entry);
    const oldest = known.keys().next().value;
    if (known.size > MAX_ORIGINS && oldest !== undefined) known.delete(oldest);
    try {
      const rules = await entry.rules;
      if (rules.state === 'unreachable') entry.expiresAt = now() + RETRY_MS;
      return rules;
    } catch (error) {
      if (known.get(origin) === entry) known.delete(origin);
      throw error;
    }
  }

  return {
    async rulesFor(url, signal) {
      const { origin } = new URL(url);
      const entry = known.get(origin);
      return await (entry !== undefined && entry.expiresAt > now() ? entry.rules : load(origin, signal));
    },
  };
}
