import { setTimeout as delay } from 'node:timers/promises';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { readCrawl, type CrawlRow } from '../db/repositories/crawls-read.ts';
import type { ApiDeps } from './deps.ts';
import { eventStream, eventText } from './event-stream.ts';
import { CrawlOut } from './schemas/crawl.ts';

const LOOK_EVERY_MS = 300;
const HEARTBEAT_EVERY_MS = 15_000;

interface Watch {
  readonly first: CrawlRow;
  /** Id of the last event that the client received. */
  readonly lastEventId: string | null;
  readonly log: Logger;
  readonly deps: ApiDeps;
}

/** The state itself is the id: it holds after a restart of the API, and equal states are sent once. */
const eventId = ({ state, ...crawl }: CrawlRow): string =>
  [
    state,
    crawl.fetched,
    crawl.unchanged,
    crawl.failed,
    crawl.products,
    crawl.created,
    crawl.changed,
    crawl.pending,
  ].join('-');

const stateText = (name: string, crawl: CrawlRow): string => eventText(name, eventId(crawl), CrawlOut.parse(crawl));

/** Writes a crawl's progress as server-sent events until it ends, the client leaves or the process stops. */
export const crawlEvents =
  ({ first, lastEventId, log, deps }: Watch) =>
  async (res: Response): Promise<void> => {
    if (first.finishedAt !== null && lastEventId === eventId(first)) {
      // 204 is how a server tells an EventSource not to come back.
      res.status(204).end();
      return;
    }
    const events = (signal: AbortSignal) => progress({ first, lastEventId, signal, deps });
    await eventStream({ events, closing: deps.closing, log })(res);
  };

interface Loop {
  readonly first: CrawlRow;
  readonly lastEventId: string | null;
  readonly signal: AbortSignal;
  readonly deps: ApiDeps;
}

/** To a slow reader states are skipped, not piled up. */
async function* progress({ first, lastEventId, signal, deps }: Loop): AsyncGenerator<string> {
  let sent = lastEventId;
  let wroteAt = performance.now();
  let crawl: CrawlRow | null = first;
  while (crawl !== null) {
    if (crawl.finishedAt !== null) {
      yield stateText('end', crawl);
      return;
    }
    const id = eventId(crawl);
    const late = performance.now() - wroteAt > HEARTBEAT_EVERY_MS;
    if (id !== sent || late) {
      yield id === sent ? ': still here\n\n' : stateText('progress', crawl);
      sent = id;
      wroteAt = performance.now();
    }
    await delay(LOOK_EVERY_MS, undefined, { signal });
    crawl = await readCrawl(deps.em(), first.id);
  }
}
