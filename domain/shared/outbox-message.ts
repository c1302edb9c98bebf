/** What is told to one chat, in the order in which it was written; the text of a later `edit` replaces that of an earlier message. */
export type OutboxPayload =
  | { readonly kind: 'text'; readonly html: string; readonly silent: boolean }
  | { readonly kind: 'edit'; readonly html: string }
  /** `contentHash` names a kept sticker file, SHA-256 in hex. */
  | { readonly kind: 'sticker'; readonly contentHash: string; readonly silent: boolean };
export type OutboxKind = OutboxPayload['kind'];

/**
 * `sending` is written before the message leaves. `unknown`: it may have arrived (no answer, or the process died) and is
 * not repeated; an edit is, for it says the same twice. `refused`: never sent, `error` says why.
 */
export type OutboxState = 'pending' | 'sending' | 'sent' | 'unknown' | 'refused';

export interface NewOutboxMessage {
  readonly userId: string;
  /** Decimal; below zero = a group or a channel. */
  readonly chatId: string;
  readonly payload: OutboxPayload;
  /** Names what is told to whom, unique for the user; a second message of the same name is dropped. */
  readonly dedupeKey: string;
  /** Of an edit: the dedupe key of the message whose text it replaces; null = not an edit. */
  readonly edits: string | null;
}
