import { Agent } from 'node:https';
import { Telegram } from 'telegraf';
import type { Messenger, MessengerIngress } from '../../activities/ports/messenger.ts';
import { calling, type Connection } from './connection.ts';
import { download } from './download.ts';
import { telegramIngress } from './ingress.ts';
import { send } from './send.ts';

export interface BotsOptions {
  /** Default `https://api.telegram.org`. */
  readonly apiRoot?: string;
  /** For an answer, ms; default 10,000. */
  readonly timeoutMs?: number;
}

/** Shorter than the other side keeps an idle connection: a message never leaves on one that is just being closed. */
const IDLE_MS = 5_000;

/** Bots over the Bot API. Nothing is repeated here: what an error means is in its class, the rest is the caller's. */
export function createTelegramBots({ apiRoot = 'https://api.telegram.org', timeoutMs = 10_000 }: BotsOptions = {}) {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  return {
    open(token: string): Messenger & MessengerIngress {
      return openBot({ api: new Telegram(token, { agent, apiRoot }), token, apiRoot, timeoutMs });
    },
  };
}

function openBot(connection: Connection): Messenger & MessengerIngress {
  const { api } = connection;
  return {
    ...telegramIngress(connection),
    async me() {
      const { id, username } = await calling(connection, async (signal) => {
        return await api.callApi('getMe', {}, { signal });
      });
      return { id: String(id), username };
    },
    send: async (message) => await calling(connection, async (signal) => await send(api, message, signal)),
    download: async (file) => await download(connection, file),
    async setCommands(commands, language) {
      const list = commands.map(({ name, description }) => ({ command: name, description }));
      const payload = { commands: list, ...(language !== null && { language_code: language }) };
      await calling(connection, async (signal) => await api.callApi('setMyCommands', payload, { signal }));
    },
  };
}
