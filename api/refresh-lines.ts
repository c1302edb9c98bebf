import { once } from 'node:events';
import type { Response } from 'express';
import type { Logger } from 'pino';
import type { RefreshAccountInput } from '../contracts/accounts.ts';
import { readTelegramAccount } from '../db/repositories/telegram-accounts.ts';
import { toProblem } from './classify-error.ts';
import type { ApiDeps } from './deps.ts';
import { TelegramAccountOut } from './schemas/accounts.ts';

/**
 * Writes the stages of a refresh as NDJSON: `{"stage":"connect"}` …, then `{"stage":"done","account":{…}}`, or
 * `{"error":"…","account":{…}}`. What fails before the first line is an ordinary problem.
 */
export const refreshLines =
  (deps: ApiDeps, input: RefreshAccountInput, log: Logger) =>
  async (res: Response): Promise<void> => {
    const stages = deps.temporal.refreshAccount(input)[Symbol.asyncIterator]();
    const first = await stages.next();
    res.status(200).set({
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    try {
      let seen = 0;
      for (let next = first; next.done !== true && !res.destroyed; next = await stages.next()) {
        const { stages: begun, error } = next.value;
        for (const stage of begun.slice(seen)) if (stage !== 'done') await writeLine(res, { stage });
        seen = begun.length;
        if (error !== null) await writeLine(res, { error, account: await accountOf(deps, input) });
        else if (begun.includes('done')) await writeLine(res, { stage: 'done', account: await accountOf(deps, input) });
      }
    } catch (err) {
      // The refresh goes on by itself; only its story ends here.
      log.warn({ err }, 'refresh stream broken off');
      if (!res.destroyed) await writeLine(res, { error: toProblem(err).code }).catch(() => undefined);
    }
    res.end();
  };

async function accountOf({ em }: ApiDeps, { userId, accountId }: RefreshAccountInput): Promise<unknown> {
  const row = await readTelegramAccount(em(), userId, accountId);
  return row === null ? null : TelegramAccountOut.parse(row);
}

/** Waits for a slow reader. */
async function writeLine(res: Response, line: object): Promise<void> {
  if (!res.write(`${JSON.stringify(line)}\n`)) await once(res, 'drain');
}
