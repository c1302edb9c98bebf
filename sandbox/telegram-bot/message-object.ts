import type { ChatMessage } from './state.ts';

const PREFIX = { sticker: 'CAACAgIAAx', photo: 'AgACAgIAAx', document: 'BQACAgIAAx' } as const;
export type FileKind = keyof typeof PREFIX;
const FILE_ID = /^(?:CAAC|AgAC|BQAC)AgIAAx([\da-f]{64})$/;

export const fileIdOf = (kind: FileKind, hash: string): string => `${PREFIX[kind]}${hash}`;
/** '' = this is no id of a file. */
export const hashOf = (fileId: string): string => FILE_ID.exec(fileId)?.[1] ?? '';

export const botUser = (bot: string) => ({
  id: Number(bot),
  is_bot: true,
  first_name: 'Sandbox bot',
  username: `sandbox_${bot}_bot`,
});

export function chatOf(chatId: string, name = `Person ${chatId}`) {
  if (chatId.startsWith('@'))
    return { id: -1_000_000_000_001, type: 'channel', title: chatId, username: chatId.slice(1) };
  const id = Number(chatId);
  if (id > 0) return { id, type: 'private', first_name: name };
  return { id, type: id <= -1_000_000_000_000 ? 'channel' : 'group', title: `Chat ${chatId}` };
}

/** A message as the Bot API shows it; `from` is who wrote it. */
export function messageOf(message: ChatMessage, from: object, name?: string) {
  const { messageId, chatId, at, edits, markup } = message;
  const isInline = markup !== null && 'inline_keyboard' in markup;
  return {
    ...{ message_id: messageId, date: Math.floor(at / 1000), chat: chatOf(chatId, name), from },
    ...(edits.length > 0 && { edit_date: Math.floor((edits.at(-1)?.at ?? at) / 1000) }),
    ...contentOf(message),
    ...(isInline && { reply_markup: markup }),
  };
}

function contentOf({ kind, text, file, location, stickerHash }: ChatMessage): object {
  const caption = text === '' ? {} : { caption: text };
  const { hash, name, bytes } = file ?? { hash: stickerHash ?? '', name: '', bytes: 0 };
  const ids = (of: FileKind) => ({ file_id: fileIdOf(of, hash), file_unique_id: hash.slice(0, 16), file_size: bytes });
  switch (kind) {
    case 'text':
      return { text, ...commandOf(text) };
    case 'sticker':
      return {
        sticker: { width: 512, height: 512, is_animated: true, is_video: false, type: 'regular', ...ids('sticker') },
      };
    case 'photo':
      return { photo: [{ ...ids('photo'), width: 1280, height: 720 }], ...caption };
    case 'document':
      return { document: { ...ids('document'), file_name: name }, ...caption };
    case 'location':
      return { location };
  }
}

function commandOf(text: string): object {
  const command = /^\/\w+(@\w+)?/.exec(text)?.[0];
  return command === undefined ? {} : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] };
}
