import type { Response } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { toProblem } from './classify-error.ts';
import type { ApiDeps } from './deps.ts';
import { GiftPollOut } from './schemas/star-gifts.ts';

/**
 * Writes a look at the list of gifts as NDJSON: `{"stage":"fetch"}` when the watcher has taken it on, then
 * `{"stage":"done","gifts":…,"events":…,"dropId":…}` or `{"error":"…"}`. What fails before the first line is an ordinary
 * problem.
 */
export const giftRefreshLines =
  ({ temporal }: ApiDeps, userId: string, log: Logger) =>
  async (res: Response): Promise<void> => {
    const poll = await temporal.askPoll(userId);
    res.status(200).set({
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    const writeLine = (line: z.input<typeof GiftPollOut>) => {
      if (!res.destroyed) res.write(`${JSON.stringify(GiftPollOut.parse(line))}\n`);
    };
    writeLine({ stage: 'fetch' });
    try {
      writeLine({ stage: 'done', ...(await poll.result()) });
    } catch (err) {
      log.warn({ err }, 'the list of gifts was not read');
      writeLine({ error: toProblem(err).code });
    }
    res.end();
  };
