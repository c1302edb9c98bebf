import type { SqlEntityManager } from '@mikro-orm/sql';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';
import { splitPayload } from '../../domain/shared/split-payload.ts';
import { lastChat, type ChatKey } from './chats.ts';
import { addMessages } from './outbox.ts';

/** Something to tell a person through one of the program's own bots. */
export interface Told {
  readonly userId: string;
  /** Names what is told, unique for the user: what has this name already is not told again. */
  readonly dedupeKey: string;
  /** Of any length: what is too long becomes several messages, the keyboard under the last. */
  readonly payload: OutboxPayload;
  /** Of an edit: the dedupe key of the message whose text it replaces. */
  readonly edits?: string | null;
}

/**
 * Writes a message to the chat that the person used last and has not closed; an edit goes to the chat of what it edits.
 * Call it in the transaction of what it tells, and wake the sender of the messenger it returns after the commit. null =
 * there is nobody to tell (he never talked to a bot, or has blocked it), or nothing to edit.
 */
export async function tellPerson(em: SqlEntityManager, told: Told): Promise<MessengerName | null> {
  const { edits = null } = told;
  const chat = edits === null ? await lastChat(em, told.userId) : await chatOfEdited(em, { ...told, edits });
  if (chat === null) return null;
  await write(em, { told, chat, urgent: false });
  return chat.messenger;
}

/** Writes an answer to what somebody has just done in this chat; it goes before what nobody waits for. */
export async function replyInChat(em: SqlEntityManager, told: Told, chat: ChatKey): Promise<void> {
  await write(em, { told, chat, urgent: true });
}

interface Written {
  readonly told: Told;
  readonly chat: ChatKey;
  readonly urgent: boolean;
}

async function write(em: SqlEntityManager, { told, chat, urgent }: Written): Promise<void> {
  const { userId, dedupeKey, payload, edits = null } = told;
  const { messenger: sender, chatId } = chat;
  await addMessages(
    em,
    splitPayload(payload).map((part, place) => ({
      ...{ userId, sender, chatId, urgent, payload: part },
      // The first part has the name itself: edits find it.
      dedupeKey: place === 0 ? dedupeKey : `${dedupeKey}:${place + 1}`,
      edits: place === 0 ? edits : null,
    })),
  );
}

/** null = nothing of that name was told by one of the program's own bots, or the chat is closed. */
async function chatOfEdited(
  em: SqlEntityManager,
  { userId, edits }: { readonly userId: string; readonly edits: string },
): Promise<ChatKey | null> {
  const [chat] = await em.execute<ChatKey[]>(
    `select chat.messenger, chat.chat_id::text as "chatId" from outbox_message as told join chat
       on chat.messenger = told.sender and chat.chat_id = told.chat_id and chat.state = 'active'
     where told.user_id = ? and told.dedupe_key = ?`,
    [userId, edits],
  );
  return chat ?? null;
}
