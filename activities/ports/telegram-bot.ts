import type { ChatMessage, Messenger } from './messenger.ts';

/** Users' own bots over the Bot API. The token is secret: never in a log, an error text or a payload. */
export interface TelegramBots {
  open(token: string): TelegramBot;
}

/** What a user's bot does: it sends and edits, and hears nothing. */
export type TelegramBot = Pick<Messenger, 'me' | 'send'>;
export type BotMessage = ChatMessage;
export type { SentMessage } from './messenger.ts';
