import { Agent } from 'node:https';
import { Telegram } from 'telegraf';
import type { BotMessage, SentMessage, TelegramBot, TelegramBots } from '../../activities/ports/telegram-bot.ts';
import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { asOurError, isNotModified } from './api-errors.ts';

export interface BotsOptions {
  /** Default `https://api.telegram.org`. */
  readonly apiRoot?: string;
  /** For an answer, ms; default 10,000. */
  readonly timeoutMs?: number;
}

const TOKEN = /^\d{1,20}:[A-Za-z0-9_-]{1,100}$/;
/** Shorter than the other side keeps an idle connection: a message never leaves on one that is just being closed. */
const IDLE_MS = 5_000;

/** Bots over the Bot API. Nothing is repeated here: what an error means is in its class, the rest is the caller's. */
export function createTelegramBots({ apiRoot, timeoutMs = 10_000 }: BotsOptions = {}): TelegramBots {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  return {
    open(token) {
      const api = new Telegram(token, { agent, ...(apiRoot !== undefined && { apiRoot }) });
      return openBot({ api, token, timeoutMs });
    },
  };
}

interface Connection {
  readonly api: Telegram;
  readonly token: string;
  readonly timeoutMs: number;
}

function openBot(connection: Connection): TelegramBot {
  return {
    async me() {
      const { id, username } = await calling(connection, async (signal) => {
        return await connection.api.callApi('getMe', {}, { signal });
      });
      return { id: String(id), username };
    },
    async send(message) {
      return await calling(connection, async (signal) => await send(connection.api, message, signal));
    },
  };
}

/** The library's types ask for the signal of a package from before Node had its own; any will do. */
type LibrarySignal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>;
const isSignal = (signal: unknown): signal is LibrarySignal => signal instanceof AbortSignal;

function timeout(ms: number): LibrarySignal {
  const signal: unknown = AbortSignal.timeout(ms);
  if (!isSignal(signal)) throw new TypeError('AbortSignal.timeout gives no signal');
  return signal;
}

async function calling<T>(connection: Connection, call: (signal: LibrarySignal) => Promise<T>): Promise<T> {
  const { token, timeoutMs } = connection;
  // Anything else could change the address that is asked.
  if (!TOKEN.test(token)) throw new DomainError('bot-token-invalid', 'this is no token of a bot');
  try {
    return await call(timeout(timeoutMs));
  } catch (err) {
    throw asOurError(err, token);
  }
}

async function send(api: Telegram, message: BotMessage, signal: LibrarySignal): Promise<SentMessage> {
  switch (message.kind) {
    case 'text': {
      const { chatId, html, silent } = message;
      const sent = await api.callApi(
        'sendMessage',
        { chat_id: chatId, text: html, disable_notification: silent, ...AS_HTML },
        { signal },
      );
      return { messageId: sent.message_id, fileId: null };
    }
    case 'edit':
      return await edit(api, message, signal);
    case 'sticker': {
      const { chatId, tgs, fileId, silent } = message;
      const sticker = fileId ?? (tgs === null ? null : { source: tgs, filename: 'gift.tgs' });
      if (sticker === null) throw new BotSendError('refused', 'a sticker without a file');
      const sent = await api.callApi(
        'sendSticker',
        { chat_id: chatId, sticker, disable_notification: silent },
        { signal },
      );
      return { messageId: sent.message_id, fileId: sent.sticker.file_id };
    }
  }
}

const AS_HTML = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const;

async function edit(
  api: Telegram,
  { chatId, messageId, html }: Extract<BotMessage, { readonly kind: 'edit' }>,
  signal: LibrarySignal,
): Promise<SentMessage> {
  const payload = { chat_id: chatId, message_id: messageId, text: html, ...AS_HTML };
  await api.callApi('editMessageText', payload, { signal }).catch((err: unknown) => {
    if (!isNotModified(err)) throw err;
  });
  return { messageId, fileId: null };
}
