import { z } from 'zod';
import type { Changes } from '../messenger/changes.ts';
import { createFiles, type Files } from '../messenger/files.ts';
import { openLines } from '../messenger/lines.ts';
import { Markup } from './keyboards.ts';

const Stored = z.object({
  /** Id of the bot in whose chat it is. */
  bot: z.string(),
  chatId: z.string(),
  messageId: z.int(),
  from: z.enum(['bot', 'person']).default('bot'),
  kind: z.enum(['text', 'sticker', 'photo', 'document', 'location']),
  /** Text or caption without tags. */
  text: z.string(),
  /** As it was sent. */
  source: z.string(),
  html: z.boolean().default(false),
  /** SHA-256 of a sticker's file, hex. */
  stickerHash: z.string().nullable(),
  file: z.object({ hash: z.string(), name: z.string(), bytes: z.int() }).nullable().default(null),
  location: z.object({ latitude: z.number(), longitude: z.number() }).nullable().default(null),
  markup: Markup.nullable().default(null),
  silent: z.boolean(),
  at: z.number(),
  /** What it said before, oldest first. */
  edits: z.array(z.object({ text: z.string(), at: z.number() })),
  deleted: z.boolean(),
});
/** A message as the chat shows it now. */
export type ChatMessage = z.output<typeof Stored>;

type Optional = 'from' | 'html' | 'stickerHash' | 'file' | 'location' | 'markup' | 'silent' | 'text' | 'source';
/** What is left out is as of a text without anything. */
export type NewMessage = Omit<ChatMessage, 'messageId' | 'edits' | 'deleted' | 'at' | Optional> &
  Partial<Pick<ChatMessage, Optional>>;

export interface ChatStore extends Pick<Files, 'read'> {
  add(message: NewMessage): ChatMessage;
  find(key: Pick<ChatMessage, 'bot' | 'chatId' | 'messageId'>): ChatMessage | null;
  /** Writes a changed message down. */
  put(message: ChatMessage): void;
  /** What bots wrote. */
  list(chatId: string | null): readonly ChatMessage[];
  /** All that stands in a chat, of both sides. */
  chat(bot: string, chatId: string): readonly ChatMessage[];
  /** Keeps a file and returns its hash. */
  keepFile(bytes: Buffer): string;
}

/** What the chats hold. With a folder every change is a line of a journal there, read again at the next start. */
export function createChatStore(folder: string | null, changes: Changes): ChatStore {
  const messages = new Map<string, ChatMessage>();
  const chats = new Map<string, Map<number, ChatMessage>>();
  const files = createFiles(folder);
  const lines = openLines(folder, 'messages.jsonl');
  const hold = (message: ChatMessage): void => {
    messages.set(keyOf(message), message);
    const chat = `${message.bot} ${message.chatId}`;
    chats.set(chat, (chats.get(chat) ?? new Map<number, ChatMessage>()).set(message.messageId, message));
  };
  for (const line of lines.read()) hold(Stored.parse(line));
  let lastId = [...messages.values()].reduce((most, { messageId }) => Math.max(most, messageId), 0);
  const put = (message: ChatMessage): void => {
    hold(message);
    lines.append(message);
    changes.touch();
  };
  return {
    put,
    add(input) {
      lastId += 1;
      const message = { ...PLAIN, ...input, messageId: lastId, at: Date.now(), edits: [], deleted: false };
      put(message);
      return message;
    },
    find(key) {
      const message = messages.get(keyOf(key));
      return message === undefined || message.deleted ? null : message;
    },
    list: (chatId) =>
      [...messages.values()].filter(
        (message) => message.from === 'bot' && (chatId === null || message.chatId === chatId),
      ),
    chat: (bot, chatId) => [...(chats.get(`${bot} ${chatId}`)?.values() ?? [])].filter(({ deleted }) => !deleted),
    keepFile: (bytes) => files.keep(bytes),
    read: (hash) => files.read(hash),
  };
}

const PLAIN: Pick<ChatMessage, Optional> = {
  ...{ from: 'bot', html: false, stickerHash: null, file: null, location: null, markup: null },
  ...{ silent: false, text: '', source: '' },
};

const keyOf = ({ bot, chatId, messageId }: Pick<ChatMessage, 'bot' | 'chatId' | 'messageId'>): string =>
  `${bot} ${chatId} ${messageId}`;
