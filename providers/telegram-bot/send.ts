import type { Telegram } from 'telegraf';
import type { ChatMessage, SentMessage } from '../../activities/ports/messenger.ts';
import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import { isCaption, isNotModified } from './api-errors.ts';
import type { LibrarySignal } from './connection.ts';
import { inlineMarkup, textMarkup } from './markup.ts';

type Of<K extends ChatMessage['kind']> = Extract<ChatMessage, { readonly kind: K }>;

const AS_HTML = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const;
const sentAs = (messageId: number): SentMessage => ({ messageId: String(messageId), fileId: null });

/** One call that sends, edits or answers. */
export async function send(api: Telegram, message: ChatMessage, signal: LibrarySignal): Promise<SentMessage> {
  switch (message.kind) {
    case 'text': {
      const { chatId, html, silent, keyboard, dropsReplyKeyboard = false } = message;
      const markup = textMarkup({ keyboard, drops: dropsReplyKeyboard });
      const payload = { chat_id: chatId, text: html, disable_notification: silent, ...AS_HTML, ...markup };
      return sentAs((await api.callApi('sendMessage', payload, { signal })).message_id);
    }
    case 'edit':
      return await edit(api, message, signal);
    case 'sticker':
      return await sendSticker(api, message, signal);
    case 'picture': {
      const { chatId, png, html, silent, keyboard } = message;
      const payload = {
        chat_id: chatId,
        photo: { source: png, filename: 'picture.png' },
        disable_notification: silent,
      };
      const said = { ...payload, ...caption(html), ...inlineMarkup(keyboard) };
      return sentAs((await api.callApi('sendPhoto', said, { signal })).message_id);
    }
    case 'file': {
      const { chatId, bytes, name, html, silent } = message;
      const payload = { chat_id: chatId, document: { source: bytes, filename: name }, disable_notification: silent };
      return sentAs((await api.callApi('sendDocument', { ...payload, ...caption(html) }, { signal })).message_id);
    }
    case 'answer': {
      const { callbackId, toast } = message;
      const payload = { callback_query_id: callbackId, ...(toast !== null && { text: toast.slice(0, MAX_TOAST) }) };
      await api.callApi('answerCallbackQuery', payload, { signal });
      return { messageId: null, fileId: null };
    }
  }
}

const MAX_TOAST = 200;

const caption = (html: string) => (html === '' ? {} : { caption: html, parse_mode: 'HTML' as const });

async function sendSticker(api: Telegram, message: Of<'sticker'>, signal: LibrarySignal): Promise<SentMessage> {
  const { chatId, tgs, fileId, silent } = message;
  const sticker = fileId ?? (tgs === null ? null : { source: tgs, filename: 'gift.tgs' });
  if (sticker === null) throw new BotSendError('refused', 'a sticker without a file');
  const sent = await api.callApi('sendSticker', { chat_id: chatId, sticker, disable_notification: silent }, { signal });
  return { messageId: String(sent.message_id), fileId: sent.sticker.file_id };
}

/** What stands under a picture is edited by another call: which of them, the API alone knows. */
async function edit(api: Telegram, message: Of<'edit'>, signal: LibrarySignal): Promise<SentMessage> {
  const { chatId, messageId, html, keyboard } = message;
  const place = { chat_id: chatId, message_id: Number(messageId), ...inlineMarkup(keyboard) };
  try {
    await api.callApi('editMessageText', { ...place, text: html, ...AS_HTML }, { signal });
  } catch (err) {
    if (isCaption(err)) await editCaption();
    else if (!isNotModified(err)) throw err;
  }
  return { messageId, fileId: null };

  async function editCaption(): Promise<void> {
    const payload = { ...place, caption: html, parse_mode: 'HTML' as const };
    await api.callApi('editMessageCaption', payload, { signal }).catch((err: unknown) => {
      if (!isNotModified(err)) throw err;
    });
  }
}
