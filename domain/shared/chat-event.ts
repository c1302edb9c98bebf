/** What a person did in a chat with the bot, the same for both messengers. */
export type ChatEvent =
  /** Any text that is no command. */
  | { readonly kind: 'text'; readonly text: string }
  /** `/name args`; `name` is lower case, without slash and bot name. Telegram's `/start PAYLOAD` and MAX's bot_started payload arrive alike. */
  | { readonly kind: 'command'; readonly name: string; readonly args: string }
  /** `callbackId` is answered at once; `messageId` is the message under which the button stands. */
  | { readonly kind: 'press'; readonly data: string; readonly callbackId: string; readonly messageId: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'file'; readonly name: string; readonly fileId: string; readonly bytes: number }
  /** A photo, a voice message, a sticker: what the bot does not read. */
  | { readonly kind: 'other'; readonly what: string }
  /** The person has blocked the bot, or has unblocked it. */
  | { readonly kind: 'blocked' | 'unblocked' };

/** Who did it, as the messenger knows him; ids are decimal. */
export interface ChatPerson {
  readonly messenger: 'telegram' | 'max';
  readonly personId: string;
  readonly chatId: string;
  readonly name: string;
  /** As the messenger's app is set, e.g. `ru`; null = unknown. */
  readonly language: string | null;
}
