import { messageFileBytes } from '../../db/repositories/message-files.ts';
import type { DueMessage } from '../../db/repositories/outbox-queue.ts';
import { stickerBytes, stickerFileId } from '../../db/repositories/stickers.ts';
import type { OutboxKind, OutboxPayload } from '../../domain/shared/outbox-message.ts';
import type { ChatMessage } from '../ports/messenger.ts';
import type { Sending } from './send-message.ts';

/** The message as a bot takes it, or why it never can be sent. */
export async function messageOf(sending: Sending, message: DueMessage): Promise<ChatMessage | string> {
  const { payload, chatId, targetMessageId, underReplyKeyboard } = message;
  switch (payload.kind) {
    case 'text': {
      const drops = underReplyKeyboard && payload.keyboard === undefined;
      return { ...payload, chatId, ...(drops && { dropsReplyKeyboard: true }) };
    }
    case 'edit':
      return edit(payload, chatId, payload.messageId ?? targetMessageId);
    case 'sticker':
      return await sticker(sending, payload, chatId);
    case 'picture':
    case 'file':
      return await carrying(sending, payload, chatId);
    case 'answer':
      return { ...payload, chatId };
  }
}

type Payload<K extends OutboxKind> = Extract<OutboxPayload, { readonly kind: K }>;

function edit(payload: Payload<'edit'>, chatId: string, messageId: string | null): ChatMessage | string {
  if (messageId === null) return 'nothing to edit';
  // The messenger did not say under which message the button stands.
  if (messageId === '') return { ...payload, kind: 'text', chatId, silent: true };
  return { ...payload, chatId, messageId };
}

async function sticker(
  { orm, botId }: Sending,
  { contentHash, silent }: Payload<'sticker'>,
  chatId: string,
): Promise<ChatMessage | string> {
  const fileId = await stickerFileId(orm.em.fork(), { contentHash, botId });
  const tgs = fileId === null ? await stickerBytes(orm.em.fork(), contentHash) : null;
  return fileId === null && tgs === null ? 'the sticker is not kept' : { kind: 'sticker', chatId, tgs, fileId, silent };
}

async function carrying(
  { orm }: Sending,
  { contentHash, ...payload }: Payload<'picture' | 'file'>,
  chatId: string,
): Promise<ChatMessage | string> {
  const bytes = await messageFileBytes(orm.em.fork(), contentHash);
  if (bytes === null) return `the ${payload.kind} is not kept`;
  return payload.kind === 'picture' ? { ...payload, chatId, png: bytes } : { ...payload, chatId, bytes };
}

/** True when the message asks where the person is: in Telegram by a keyboard in the place of his own. */
export const showsReplyKeyboard = ({ keyboard = [] }: Extract<ChatMessage, { readonly kind: 'text' }>): boolean =>
  keyboard.some((row) => row.some(({ kind }) => kind === 'location'));
