import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ChatPerson } from '../../domain/shared/chat-event.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';

/** A person's chat with one of the program's own bots; ids are decimal. */
export interface ChatKey {
  readonly messenger: MessengerName;
  readonly chatId: string;
}

/** The person did something: the chat is the user's, open, and the one that was used last. */
export async function seeChat(em: SqlEntityManager, userId: string, person: ChatPerson): Promise<void> {
  const { messenger, chatId, personId, name } = person;
  await em.execute(
    `insert into chat (messenger, chat_id, user_id, person_id, name, last_seen_at) values (?, ?, ?, ?, ?, clock_timestamp())
     on conflict (messenger, chat_id) do update set user_id = excluded.user_id, person_id = excluded.person_id,
       name = excluded.name, state = 'active', last_seen_at = excluded.last_seen_at`,
    [messenger, chatId, userId, personId, name],
  );
}

/** The person has closed the chat to the bot: nobody is told anything there before he writes again. */
export async function closeChat(em: SqlEntityManager, { messenger, chatId }: ChatKey): Promise<void> {
  await em.execute(`update chat set state = 'blocked' where messenger = ? and chat_id = ?`, [messenger, chatId]);
}

/** Where the user is told things: the open chat that he used last; null = nowhere. */
export async function lastChat(em: SqlEntityManager, userId: string): Promise<ChatKey | null> {
  const [chat] = await em.execute<ChatKey[]>(
    `select messenger, chat_id::text as "chatId" from chat where user_id = ? and state = 'active'
     order by last_seen_at desc limit 1`,
    [userId],
  );
  return chat ?? null;
}

/** Notes that a keyboard stands in the place of the person's own, or that it went. */
export async function noteReplyKeyboard(
  em: SqlEntityManager,
  { messenger, chatId }: ChatKey,
  shown: boolean,
): Promise<void> {
  await em.execute('update chat set reply_keyboard = ? where messenger = ? and chat_id = ?', [
    shown,
    messenger,
    chatId,
  ]);
}
