import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Response } from 'express';
import type { Logger } from 'pino';

const HEARTBEAT_EVERY_MS = 15_000;
const RECONNECT_AFTER_MS = 2000;

/** One server-sent event. */
export const eventText = (name: string, id: string | number, data: unknown): string =>
  `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

interface EventStream {
  /** Yields whole events; ends when there will be no more. It may be left at any time. */
  readonly events: (signal: AbortSignal) => AsyncIterable<string>;
  /** Aborted when the process is about to stop. */
  readonly closing: AbortSignal;
  readonly log: Logger;
}

/** Writes events until they end, the client leaves or the process stops; a slow reader is waited for. */
export const eventStream =
  ({ events, closing, log }: EventStream) =>
  async (res: Response): Promise<void> => {
    const left = new AbortController();
    res.once('close', () => {
      left.abort();
    });
    const signal = AbortSignal.any([left.signal, closing]);
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
      for await (const text of events(signal)) await write(res, text, signal);
    } catch (err) {
      // The client reconnects and is told then what is wrong.
      if (!signal.aborted) log.warn({ err }, 'event stream broken off');
    }
    res.end();
  };

async function write(res: Response, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!res.write(text)) await once(res, 'drain', { signal });
}

interface Following {
  /** Yields what is new since the last look. */
  readonly look: () => AsyncIterable<string>;
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** Looks again and again; where nothing comes for long, a comment shows that the connection lives. */
export async function* following({ look, everyMs, signal }: Following): AsyncGenerator<string> {
  let wroteAt = performance.now();
  for (;;) {
    for await (const text of look()) {
      yield text;
      wroteAt = performance.now();
    }
    if (performance.now() - wroteAt > HEARTBEAT_EVERY_MS) {
      yield ': still here\n\n';
      wroteAt = performance.now();
    }
    await delay(everyMs, undefined, { signal });
  }
}
