import type { RobotsReader } from '../../activities/ports.ts';
import { FetchFailedError, FetchRefusedError } from './fetch/errors.ts';
import type { Fetcher } from './fetch/fetch-options.ts';
import { robotsFromAnswer } from './fetch/robots.ts';

/** No HTTP answer at all; RFC 9309 treats it like a server error. */
const UNREACHABLE = { status: 0, text: '' };
/** RFC 9309, 2.3.1.2: after five redirects the file may be taken as absent. */
const ABSENT = { status: 404, text: '' };

/** Fetches and reads robots.txt for one crawler; keeping it is the caller's business. */
export function createRobotsReader(fetcher: Fetcher, userAgent: string): RobotsReader {
  return {
    async fetchRobots({ origin, signal }) {
      try {
        const page = await fetcher.fetchPage(`${origin}/robots.txt`, { expect: 'robots', signal });
        return { status: page.status, text: page.text() };
      } catch (err) {
        if (err instanceof FetchRefusedError) return err.code === 'too-many-redirects' ? ABSENT : UNREACHABLE;
        if (err instanceof FetchFailedError) return UNREACHABLE;
        throw err;
      }
    },
    readRobots: (_origin, { status, text }) => robotsFromAnswer(status, text, userAgent),
  };
}
