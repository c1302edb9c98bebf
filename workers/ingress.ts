import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { BotCommand } from '../activities/ports/messenger.ts';
import { startPolling, stopPolling } from '../client/ingress.ts';
import type { Config } from '../config/env.ts';
import type { Language } from '../domain/accounts/language.ts';
import { MESSENGERS, type MessengerName } from '../domain/shared/messenger-name.ts';
import type { OwnBots, OwnMessenger } from './own-bots.ts';

export interface IngressParts {
  readonly config: Pick<Config, 'GIFTY_WEBHOOK_URL' | 'GIFTY_WEBHOOK_SECRET'>;
  readonly client: Client;
  readonly bots: OwnBots;
  /** Shown beside the text field, by language; the first one to everybody else. */
  readonly commands: readonly { readonly language: Language; readonly list: readonly BotCommand[] }[];
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly signal: AbortSignal;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Sees to it that the program hears what people do: a webhook where an address is configured, else asking. It needs running
 * workers, goes on until it has succeeded, and takes nothing else down with it.
 */
export async function openIngress(parts: IngressParts): Promise<void> {
  await Promise.all(
    MESSENGERS.map(async (messenger) => {
      for (let pauseMs = FIRST_PAUSE_MS; !parts.signal.aborted; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
        if (await isOpened(parts, messenger)) return;
        await delay(pauseMs, undefined, { signal: parts.signal }).catch(() => undefined);
      }
    }),
  );
}

async function isOpened(parts: IngressParts, messenger: MessengerName): Promise<boolean> {
  try {
    await open(parts, messenger, parts.bots[messenger]);
    return true;
  } catch (err) {
    parts.log.warn({ err, messenger }, 'the bot cannot be reached; it is tried again');
    return false;
  }
}

async function open(parts: IngressParts, messenger: MessengerName, own: OwnMessenger | null): Promise<void> {
  const { GIFTY_WEBHOOK_URL: url, GIFTY_WEBHOOK_SECRET: secret } = parts.config;
  if (own === null) return;
  if (url === undefined || secret === undefined) await startPolling(parts.client, messenger);
  else {
    // First nobody asks any more: who asks takes the webhook away.
    await stopPolling(parts.client, messenger);
    await own.bot.setWebhook({ url: `${url}/webhooks/${messenger}`, secret });
  }
  const { username } = await own.bot.me();
  await showCommands(parts, own);
  parts.log.info({ messenger, bot: username, webhook: url !== undefined }, 'the bot listens');
}

async function showCommands({ commands }: IngressParts, { bot }: OwnMessenger): Promise<void> {
  for (const [place, { language, list }] of commands.entries()) {
    if (place === 0) await bot.setCommands(list, null);
    await bot.setCommands(list, language);
  }
}
