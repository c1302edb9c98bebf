import { MaxError } from '@maxhub/max-bot-api';
import type { AttachmentRequest } from '@maxhub/max-bot-api/types';
import type { ChatMessage, SentMessage } from '../../activities/ports/messenger.ts';
import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import type { Connection } from './client.ts';
import { keyboardAttachments } from './keyboard.ts';
import { upload, type UploadedFile } from './upload.ts';

type Of<K extends ChatMessage['kind']> = Extract<ChatMessage, { readonly kind: K }>;

const AS_HTML = { format: 'html' } as const;
const MAX_TOAST = 200;
/** The library tries thrice while what was uploaded is being made ready. */
const READY_MS = 20_000;

/** One message that is sent, edited or answered. */
export async function send(connection: Connection, message: ChatMessage): Promise<SentMessage> {
  switch (message.kind) {
    case 'text': {
      const { html, keyboard } = message;
      return await post(connection, message, { text: html, attachments: keyboardAttachments(keyboard) });
    }
    case 'edit': {
      const { messageId, html, keyboard } = message;
      // No attachments at all, rather than none said, which would leave the old buttons.
      await connection.api.editMessage(messageId, {
        text: html,
        attachments: keyboardAttachments(keyboard),
        ...AS_HTML,
      });
      return { messageId, fileId: null };
    }
    case 'picture': {
      const picture = { type: 'image', name: 'picture.png', bytes: message.png } as const;
      return await postUpload(connection, message, picture);
    }
    case 'file': {
      const { name, bytes } = message;
      return await postUpload(connection, message, { type: 'file', name, bytes });
    }
    case 'sticker':
      throw new BotSendError('refused', 'MAX takes no stickers of other messengers');
    case 'answer':
      return await answer(connection, message);
  }
}

interface Body {
  readonly text: string;
  readonly attachments: AttachmentRequest[];
  readonly signal?: AbortSignal;
}

async function post(
  { api }: Connection,
  { chatId, silent }: Pick<Of<'text'>, 'chatId' | 'silent'>,
  { text, ...body }: Body,
): Promise<SentMessage> {
  const sent = await api.sendMessageToChat(Number(chatId), text, { ...body, notify: !silent, ...AS_HTML });
  return { messageId: sent.body.mid, fileId: null };
}

async function postUpload(
  connection: Connection,
  message: Of<'picture'> | Of<'file'>,
  file: UploadedFile,
): Promise<SentMessage> {
  const uploaded = await upload(connection, file);
  const keyboard = message.kind === 'picture' ? keyboardAttachments(message.keyboard) : [];
  const body = { text: message.html, attachments: [uploaded, ...keyboard], signal: AbortSignal.timeout(READY_MS) };
  return await post(connection, message, body).catch((err: unknown) => {
    // Otherwise everything else in the chat would wait for it.
    if (err instanceof MaxError && err.code === 'attachment.not.ready')
      throw new BotSendError('refused', 'MAX: attachment.not.ready');
    throw err;
  });
}

/** Without a word for the person there is nothing that MAX wants answered. */
async function answer({ call }: Connection, { callbackId, toast }: Of<'answer'>): Promise<SentMessage> {
  if (toast !== null && toast !== '') {
    // The library's types do not know of `notification`.
    const body = { notification: toast.slice(0, MAX_TOAST) };
    await call('answers', { method: 'POST', query: { callback_id: callbackId }, body });
  }
  return { messageId: null, fileId: null };
}
