import { createHash, timingSafeEqual } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import express, { Router, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { readMaxUpdate } from '../bot/max/read-update.ts';
import { readTelegramUpdate } from '../bot/telegram/read-update.ts';
import type { TalkInput } from '../contracts/dialog.ts';
import { addUpdates, type ReadUpdate } from '../db/repositories/inbox.ts';
import { MESSENGERS, type MessengerName } from '../domain/shared/messenger-name.ts';

/** What messengers' webhooks need. */
export interface WebhookDeps {
  readonly em: () => SqlEntityManager;
  /** What a messenger shows with each update. */
  readonly secret: string;
  /** Has what lies in these chats' inboxes handled. */
  readonly wakeTalks: (chats: readonly TalkInput[]) => Promise<void>;
  readonly log: Pick<Logger, 'warn'>;
}

interface Kind {
  readonly header: string;
  readonly read: (raw: unknown) => ReadUpdate | null;
}

const KINDS: Readonly<Record<MessengerName, Kind>> = {
  telegram: { header: 'x-telegram-bot-api-secret-token', read: readTelegramUpdate },
  max: { header: 'x-max-bot-api-secret', read: readMaxUpdate },
};
const BODY_LIMIT = '256kb';
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `POST /webhooks/telegram` and `/webhooks/max`: answers 200 once an update is handed over, so that what fails is sent again. */
export function webhookRouter(deps: WebhookDeps): Router {
  const router = Router();
  for (const messenger of MESSENGERS) {
    const kind = KINDS[messenger];
    router.post(
      `/webhooks/${messenger}`,
      withSecret(kind.header, deps.secret),
      express.json({ limit: BODY_LIMIT }),
      async (req, res) => {
        try {
          await handOver(deps, kind.read(req.body));
          res.sendStatus(200);
        } catch (err) {
          deps.log.warn({ err, messenger }, 'update not handed over');
          res.sendStatus(503);
        }
      },
    );
  }
  return router;
}

/** Before anything of the body is read. */
function withSecret(header: string, secret: string): RequestHandler {
  const expected = digest(secret);
  return (req, res, next) => {
    if (timingSafeEqual(digest(req.get(header) ?? ''), expected)) next();
    else res.sendStatus(401);
  };
}

async function handOver({ em, wakeTalks }: WebhookDeps, update: ReadUpdate | null): Promise<void> {
  if (update === null) return;
  await wakeTalks(await addUpdates(em(), [update]));
}
