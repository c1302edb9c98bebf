import type { Language } from '../../domain/accounts/language.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';

/** One bot in a messenger. Its token is secret: never in a log, an error text or a payload. */
export interface Messenger {
  /** Who the token belongs to. @throws DomainError bot-token-invalid */
  me(): Promise<BotIdentity>;
  /**
   * Sends a message, edits one, or answers a pressed button.
   * @throws RateLimitedError with the messenger's own wait
   * @throws BotSendError `blocked` (the chat is closed to this bot), `refused` (this message, for good), `unknown` (may have been sent)
   * @throws DomainError bot-token-invalid
   * @throws Error, worth another try, when it was certainly not sent
   */
  send(message: ChatMessage): Promise<SentMessage>;
  /**
   * Bytes of a file that a person sent.
   * @throws DomainError file-too-large, file-gone
   */
  download(file: { readonly fileId: string; readonly maxBytes: number }): Promise<Uint8Array>;
  /** Shows the commands beside the text field; `language` null = to everybody whose language has no list of its own. */
  setCommands(commands: readonly BotCommand[], language: Language | null): Promise<void>;
}

export interface BotIdentity {
  /** Decimal. */
  readonly id: string;
  readonly username: string;
}

export interface BotCommand {
  /** Lower case, without the slash. */
  readonly name: string;
  /** At most 256 characters. */
  readonly description: string;
}

export type ChatMessage =
  | {
      readonly kind: 'text';
      readonly chatId: string;
      readonly html: string;
      readonly silent: boolean;
      readonly keyboard?: Keyboard;
      /** Takes away a keyboard that stands in the place of the person's own. */
      readonly dropsReplyKeyboard?: boolean;
    }
  | {
      readonly kind: 'edit';
      readonly chatId: string;
      readonly messageId: string;
      readonly html: string;
      readonly keyboard?: Keyboard;
    }
  | {
      readonly kind: 'sticker';
      readonly chatId: string;
      readonly tgs: Buffer | null;
      readonly fileId: string | null;
      readonly silent: boolean;
    }
  | {
      readonly kind: 'picture';
      readonly chatId: string;
      readonly png: Buffer;
      readonly html: string;
      readonly silent: boolean;
      readonly keyboard?: Keyboard;
    }
  | {
      readonly kind: 'file';
      readonly chatId: string;
      readonly bytes: Buffer;
      readonly name: string;
      readonly html: string;
      readonly silent: boolean;
    }
  | { readonly kind: 'answer'; readonly chatId: string; readonly callbackId: string; readonly toast: string | null };

export interface SentMessage {
  /** null = there is no message: a button was answered. */
  readonly messageId: string | null;
  /** Of a sticker: sends it again without its bytes. */
  readonly fileId: string | null;
}

/** How a bot learns what people do; raw updates are read by `bot/`. */
export interface MessengerIngress {
  /**
   * The next updates after `marker` (null = all that wait), and the marker of what follows them; waits up to `waitMs` for one.
   * @throws RateLimitedError, DomainError bot-token-invalid, Error worth another try
   */
  updates(ask: UpdatesAsk): Promise<UpdateBatch>;
  /** Has updates sent to this address, with the secret in a header; an earlier address gets none any more. */
  setWebhook(webhook: { readonly url: string; readonly secret: string }): Promise<void>;
  /** Updates wait to be asked for. */
  removeWebhook(): Promise<void>;
}

export interface UpdatesAsk {
  readonly marker: string | null;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

export interface UpdateBatch {
  readonly updates: readonly unknown[];
  readonly marker: string | null;
}
