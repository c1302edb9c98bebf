import type { BotApiContext } from './context.ts';
import { parseHtml } from './html-entities.ts';
import type { Upload } from './multipart.ts';
import type { ParametersOf } from './schemas.ts';
import type { ChatMessage } from './state.ts';
import { Refusal } from './refusal.ts';

/** Longest text after its tags are read, UTF-16 units. */
const MAX_TEXT = 4_096;
/** Largest animated sticker, bytes. */
const MAX_STICKER = 65_536;
const FILE_ID = /^CAACAgIAAx([\da-f]{64})$/;

const fileIdOf = (hash: string): string => `CAACAgIAAx${hash}`;

export function getMe(context: BotApiContext) {
  return { id: Number(context.bot), is_bot: true, first_name: 'Sandbox bot', username: `sandbox_${context.bot}_bot` };
}

export function sendMessage(context: BotApiContext, parameters: ParametersOf<'sendMessage'>) {
  const text = readText(context, parameters);
  const stored = context.store.add({
    ...{ bot: context.bot, chatId: parameters.chat_id, kind: 'text', text, source: parameters.text },
    ...{ stickerHash: null, silent: parameters.disable_notification ?? false, at: Date.now() },
  });
  return messageOf(context, stored);
}

export function editMessageText(context: BotApiContext, parameters: ParametersOf<'editMessageText'>) {
  const { bot, store } = context;
  const text = readText(context, parameters);
  const found = store.find({ bot, chatId: parameters.chat_id, messageId: parameters.message_id });
  if (found === null) throw new Refusal(400, 'Bad Request: message to edit not found');
  if (found.kind === 'sticker') throw new Refusal(400, 'Bad Request: there is no text in the message to edit');
  if (found.source === parameters.text)
    throw new Refusal(
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  const edits = [...found.edits, { text: found.text, at: Date.now() }];
  const edited = { ...found, text, source: parameters.text, edits };
  store.put(edited);
  return messageOf(context, edited);
}

export function sendSticker(context: BotApiContext, parameters: ParametersOf<'sendSticker'>) {
  const hash = stickerHash(context, parameters.sticker);
  const stored = context.store.add({
    ...{ bot: context.bot, chatId: parameters.chat_id, kind: 'sticker', text: '', source: '' },
    ...{ stickerHash: hash, silent: parameters.disable_notification ?? false, at: Date.now() },
  });
  return messageOf(context, stored);
}

export function deleteMessage({ bot, store }: BotApiContext, parameters: ParametersOf<'deleteMessage'>) {
  const found = store.find({ bot, chatId: parameters.chat_id, messageId: parameters.message_id });
  if (found === null) throw new Refusal(400, 'Bad Request: message to delete not found');
  store.put({ ...found, deleted: true });
  return true;
}

export function getChat(_: BotApiContext, { chat_id: chatId }: ParametersOf<'getChat'>) {
  return { ...chatOf(chatId), accent_color_id: 0, max_reaction_count: 0, accepted_gift_types: {} };
}

export function getFile({ store }: BotApiContext, { file_id: fileId }: ParametersOf<'getFile'>) {
  const hash = FILE_ID.exec(fileId)?.[1] ?? '';
  const bytes = store.file(hash);
  if (bytes === null) throw new Refusal(400, 'Bad Request: invalid file_id');
  return {
    file_id: fileId,
    file_unique_id: hash.slice(0, 16),
    file_size: bytes.length,
    file_path: `stickers/${hash}.tgs`,
  };
}

function readText(
  { violate }: BotApiContext,
  { text, parse_mode: mode }: { readonly text: string; readonly parse_mode?: string | undefined },
): string {
  const parsed = mode === 'HTML' ? parseHtml(text) : { text };
  if ('error' in parsed) {
    violate(parsed.error);
    throw new Refusal(400, `Bad Request: can't parse entities: ${parsed.error}`);
  }
  if (parsed.text.trim() === '') {
    violate('message text is empty');
    throw new Refusal(400, 'Bad Request: message text is empty');
  }
  if (parsed.text.length > MAX_TEXT) {
    violate(`a text of ${parsed.text.length} UTF-16 units`);
    throw new Refusal(400, 'Bad Request: message is too long');
  }
  return parsed.text;
}

function stickerHash({ store, violate }: BotApiContext, sticker: string | Upload): string {
  if (typeof sticker === 'string') {
    const hash = FILE_ID.exec(sticker)?.[1] ?? '';
    if (store.file(hash) === null)
      throw new Refusal(400, 'Bad Request: wrong remote file identifier specified: Wrong string length');
    return hash;
  }
  const { bytes } = sticker;
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (bytes.length > MAX_STICKER || !isGzip) {
    violate(isGzip ? `a sticker of ${bytes.length} bytes` : 'a sticker that is no .tgs file');
    throw new Refusal(400, 'Bad Request: wrong type of the sticker file');
  }
  return store.keepFile(bytes);
}

function chatOf(chatId: string) {
  if (chatId.startsWith('@'))
    return { id: -1_000_000_000_001, type: 'channel', title: chatId, username: chatId.slice(1) };
  const id = Number(chatId);
  if (id > 0) return { id, type: 'private', first_name: `Person ${chatId}` };
  return { id, type: id <= -1_000_000_000_000 ? 'channel' : 'group', title: `Chat ${chatId}` };
}

function messageOf(context: BotApiContext, { messageId, chatId, at, kind, text, stickerHash: hash }: ChatMessage) {
  const file = { width: 512, height: 512, is_animated: true, is_video: false, type: 'regular' };
  const sticker = hash === null ? {} : { ...file, file_id: fileIdOf(hash), file_unique_id: hash.slice(0, 16) };
  return {
    ...{ message_id: messageId, date: Math.floor(at / 1000), chat: chatOf(chatId), from: getMe(context) },
    ...(kind === 'sticker' ? { sticker } : { text }),
  };
}
