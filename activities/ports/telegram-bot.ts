/** A user's bot over the Bot API. The token is secret: never in a log, an error text or a payload. */
export interface TelegramBots {
  open(token: string): TelegramBot;
}

export interface TelegramBot {
  /** Who the token belongs to. @throws DomainError bot-token-invalid */
  me(): Promise<{ readonly id: string; readonly username: string }>;
  /**
   * Sends or edits one message.
   * @throws RateLimitedError with the Bot API's retry_after
   * @throws BotSendError `blocked` (the chat is closed to this bot), `refused` (this message, for good), `unknown` (may have been sent)
   * @throws Error, worth another try, when it was certainly not sent
   */
  send(message: BotMessage): Promise<SentMessage>;
}

export type BotMessage =
  | { readonly kind: 'text'; readonly chatId: string; readonly html: string; readonly silent: boolean }
  | { readonly kind: 'edit'; readonly chatId: string; readonly messageId: number; readonly html: string }
  | {
      readonly kind: 'sticker';
      readonly chatId: string;
      readonly tgs: Buffer | null;
      readonly fileId: string | null;
      readonly silent: boolean;
    };

export interface SentMessage {
  readonly messageId: number;
  /** Of a sticker: sends it again without its bytes. */
  readonly fileId: string | null;
}
