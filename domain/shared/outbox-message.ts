import type { Keyboard } from './keyboard.ts';
import type { MessengerName } from './messenger-name.ts';

/** What is told to one chat, in the order in which it was written; the text of a later `edit` replaces that of an earlier message. */
export type OutboxPayload =
  | { readonly kind: 'text'; readonly html: string; readonly silent: boolean; readonly keyboard?: Keyboard }
  /** `messageId` is the messenger's, of a message that no row names: then `edits` is null. Without a keyboard the old one goes. */
  | { readonly kind: 'edit'; readonly html: string; readonly keyboard?: Keyboard; readonly messageId?: string }
  /** `contentHash` names a kept sticker file, SHA-256 in hex. */
  | { readonly kind: 'sticker'; readonly contentHash: string; readonly silent: boolean }
  /** A PNG kept by `keepMessageFile`; `html` stands under it. */
  | {
      readonly kind: 'picture';
      readonly html: string;
      readonly contentHash: string;
      readonly keyboard?: Keyboard;
      readonly silent: boolean;
    }
  /** A file kept by `keepMessageFile`, named `name`. */
  | {
      readonly kind: 'file';
      readonly html: string;
      readonly name: string;
      readonly contentHash: string;
      readonly silent: boolean;
    }
  /** Ends the waiting of a pressed button; `toast` is shown for a moment, plain text, at most 200 characters. */
  | { readonly kind: 'answer'; readonly callbackId: string; readonly toast: string | null };
export type OutboxKind = OutboxPayload['kind'];

/**
 * `sending` is written before the message leaves. `unknown`: it may have arrived (no answer, or the process died) and is
 * not repeated; an edit is, for it says the same twice, and so is what the program's own bots say. `refused`: never sent,
 * `error` says why.
 */
export type OutboxState = 'pending' | 'sending' | 'sent' | 'unknown' | 'refused';

/** Who sends: the program's own bot in a messenger, or a user's own bot; each has a queue and a pace of its own. */
export type SenderKey = MessengerName | `user:${string}`;

/** The bot of a user's own. */
export const userSender = (userId: string): SenderKey => `user:${userId}`;

export interface NewOutboxMessage {
  readonly userId: string;
  /** Absent: the user's own bot. */
  readonly sender?: SenderKey;
  /** Decimal; in Telegram below zero = a group or a channel. */
  readonly chatId: string;
  readonly payload: OutboxPayload;
  /** Names what is told to whom, unique for the user; a second message of the same name is dropped. */
  readonly dedupeKey: string;
  /** Of an edit: the dedupe key of the message whose text it replaces; null = it names none. */
  readonly edits: string | null;
  /** Somebody waits for it: it goes before what nobody asked for; absent = it does not. */
  readonly urgent?: boolean;
}
