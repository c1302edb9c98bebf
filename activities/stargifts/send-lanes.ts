import type { OutboxKind, SenderKey } from '../../domain/shared/outbox-message.ts';

interface Lane {
  readonly id?: number;
  readonly chatId: string;
  readonly payload: { readonly kind: OutboxKind };
}

/**
 * What a message counts for in the sender's pace: its chat's lane first. Answers to buttons have a lane of their own beside
 * the chat's messages; what MAX takes as an upload is a request more.
 */
export function lanesOf(sender: SenderKey, { id, chatId, payload: { kind } }: Lane): readonly [string, ...string[]] {
  const lane = kind === 'answer' ? `answers of ${chatId}` : chatId;
  return sender === 'max' && (kind === 'picture' || kind === 'file') ? [lane, `upload ${id ?? chatId}`] : [lane];
}
