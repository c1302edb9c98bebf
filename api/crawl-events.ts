import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { readCrawl, type CrawlRow } from '../db/repositories/crawls-read.ts';
import type { ApiDeps } from './deps.ts';
import { CrawlOut } from './schemas/crawl.ts';

const LOOK_EVERY_MS = 300;
const HEARTBEAT_EVERY_MS = 15_000;
const RECONNECT_AFTER_MS = 2000;

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

const eventText = (name: string, crawl: CrawlRow): string =>
  `event: ${name}\nid: ${eventId(crawl)}\ndata: ${JSON.stringify(CrawlOut.parse(crawl))}\n\n`;

/** Writes a crawl's progress as server-sent events until it ends, the client leaves or the process stops. */
export const crawlEvents =
  ({ first, lastEventId, log, deps }: Watch) =>
  async (res: Response): Promise<void> => {
    if (first.finishedAt !== null && lastEventId === eventId(first)) {
      // 204 is how a server tells an EventSource not to come back.
      res.status(204).end();
      return;
    }
    const left = new AbortController();
    res.once('close', () => {
      left.abort();
    });
    const signal = AbortSignal.any([left.signal, deps.closing]);
    res.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    if (res.req.method === 'HEAD') {
      res.end();
      return;
    }
    try {
      await write(res, `retry: ${RECONNECT_AFTER_MS}\n\n`, signal);
      for await (const text of events({ first, lastEventId, signal, deps })) await write(res, text, signal);
    } catch (err) {
      // The client reconnects and is told then what is wrong.
      if (!signal.aborted) log.warn({ err, crawlId: first.id }, 'event stream broken off');
    }
    res.end();
  };

interface Loop {
  readonly first: CrawlRow;
  readonly lastEventId: string | null;
  readonly signal: AbortSignal;
  readonly deps: ApiDeps;
}

async function* events({ first, lastEventId, signal, deps }: Loop): AsyncGenerator<string> {
  let sent = lastEventId;
  let wroteAt = performance.now();
  let crawl: CrawlRow | null = first;
  while (crawl !== null) {
    if (crawl.finishedAt !== null) {
      yield eventText('end', crawl);
      return;
    }
    const id = eventId(crawl);
    const late = performance.now() - wroteAt > HEARTBEAT_EVERY_MS;
    if (id !== sent || late) {
      yield id === sent ? ': still here\n\n' : eventText('progress', crawl);
      sent = id;
      wroteAt = performance.now();
    }
    await delay(LOOK_EVERY_MS, undefined, { signal });
    crawl = await readCrawl(deps.em(), first.id);
  }
}

/** Waits for a slow reader: meanwhile states are skipped, not piled up. */
async function write(res: Response, text: string, signal: AbortSignal): Promise<void> {
  if (!res.write(text)) await once(res, 'drain', { signal });
}
