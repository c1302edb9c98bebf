/** `blocked` the chat is closed to this bot · `refused` this message, for good · `unknown` it may have been sent. */
export type BotSendErrorKind = 'blocked' | 'refused' | 'unknown';

/** A message of the bot did not go out, or nobody can say whether it did. The text never holds the bot's token. */
export class BotSendError extends Error {
  override readonly name = 'BotSendError';
  readonly kind: BotSendErrorKind;

  constructor(kind: BotSendErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
