import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { z } from 'zod';

const Stored = z.object({
  /** Id of the bot that sent it. */
  bot: z.string(),
  chatId: z.string(),
  messageId: z.int(),
  kind: z.enum(['text', 'sticker']),
  /** Without tags; '' of a sticker. */
  text: z.string(),
  /** As it was sent. */
  source: z.string(),
  /** SHA-256 of a sticker's file, hex. */
  stickerHash: z.string().nullable(),
  silent: z.boolean(),
  at: z.number(),
  /** What it said before, oldest first. */
  edits: z.array(z.object({ text: z.string(), at: z.number() })),
  deleted: z.boolean(),
});
/** A message as the chat shows it now. */
export type ChatMessage = z.output<typeof Stored>;

export interface ChatStore {
  add(message: Omit<ChatMessage, 'messageId' | 'edits' | 'deleted'>): ChatMessage;
  find(key: Pick<ChatMessage, 'bot' | 'chatId' | 'messageId'>): ChatMessage | null;
  /** Writes a changed message down. */
  put(message: ChatMessage): void;
  list(chatId: string | null): readonly ChatMessage[];
  /** Keeps a file and returns its hash. */
  keepFile(bytes: Buffer): string;
  file(hash: string): Buffer | null;
}

/** What the chats hold. With a folder every change is a line of a journal there, read again at the next start. */
export function createChatStore(folder: string | null): ChatStore {
  const messages = new Map<string, ChatMessage>();
  const files = new Map<string, Buffer>();
  const journal = folder === null ? null : join(folder, 'messages.jsonl');
  if (folder !== null) mkdirSync(join(folder, 'files'), { recursive: true });
  if (journal !== null && existsSync(journal)) {
    for (const line of readFileSync(journal, 'utf8').split('\n')) {
      const message = readLine(line);
      if (message !== null) messages.set(keyOf(message), message);
    }
  }
  let lastId = Math.max(0, ...[...messages.values()].map(({ messageId }) => messageId));
  const put = (message: ChatMessage): void => {
    messages.set(keyOf(message), message);
    if (journal !== null) appendFileSync(journal, `${JSON.stringify(message)}\n`);
  };
  return {
    put,
    add(input) {
      lastId += 1;
      const message = { ...input, messageId: lastId, edits: [], deleted: false };
      put(message);
      return message;
    },
    find(key) {
      const message = messages.get(keyOf(key));
      return message === undefined || message.deleted ? null : message;
    },
    list: (chatId) => [...messages.values()].filter((message) => chatId === null || message.chatId === chatId),
    keepFile(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      files.set(hash, bytes);
      if (folder !== null) writeFileSync(join(folder, 'files', hash), bytes);
      return hash;
    },
    file(hash) {
      const path = folder === null ? null : join(folder, 'files', hash);
      return files.get(hash) ?? (path !== null && existsSync(path) ? readFileSync(path) : null);
    },
  };
}

const keyOf = ({ bot, chatId, messageId }: Pick<ChatMessage, 'bot' | 'chatId' | 'messageId'>): string =>
  `${bot} ${chatId} ${messageId}`;

/** The last line may be cut off by a kill. */
function readLine(line: string): ChatMessage | null {
  try {
    return Stored.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
