import type { SqlEntityManager } from '@mikro-orm/sql';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';

/** The next message of one chat. */
export interface DueMessage {
  readonly id: number;
  readonly chatId: string;
  readonly payload: OutboxPayload;
  /** Of an edit: the message to change. */
  readonly targetMessageId: number | null;
  /** So far. */
  readonly attempts: number;
  /** ms until it may be sent, by its own time and by what the messenger asked for this chat. */
  readonly waitMs: number;
}

/**
 * The next message of every chat that has one: what is due first, messages before edits, then as they were written.
 * Edits that a newer one replaces, and edits of messages that were never sent, are refused here.
 */
export async function nextMessages(em: SqlEntityManager, userId: string): Promise<DueMessage[]> {
  await em.execute(
    `update outbox_message as edit set state = 'refused',
       error = case when target.state in ('pending', 'sending', 'sent') then 'superseded' else 'nothing to edit' end
     from outbox_message as self left join outbox_message as target
       on target.user_id = self.user_id and target.dedupe_key = self.edits
     where edit.id = self.id and self.user_id = ? and self.state = 'pending' and self.edits is not null
       and (target.id is null or target.state in ('unknown', 'refused') or exists (select 1 from outbox_message as newer
         where newer.user_id = self.user_id and newer.state = 'pending' and newer.edits = self.edits and newer.id > self.id))`,
    [userId],
  );
  return await em.execute<DueMessage[]>(
    `select distinct on (own.chat_id) own.id::float8 as id, own.chat_id::text as "chatId", own.payload, own.attempts,
       target.message_id as "targetMessageId",
       greatest(0, extract(epoch from greatest(own.due_at, pace.paused_until) - clock_timestamp()) * 1000)::float8 as "waitMs"
     from outbox_message as own
       left join outbox_message as target on target.user_id = own.user_id and target.dedupe_key = own.edits
       left join chat_pace as pace on pace.user_id = own.user_id and pace.chat_id = own.chat_id
     where own.user_id = ? and own.state = 'pending' and (own.edits is null or target.state = 'sent')
     order by own.chat_id, own.due_at > clock_timestamp(), own.edits is not null, own.id`,
    [userId],
  );
}

export interface Claim {
  readonly userId: string;
  readonly fence: number;
  readonly ids: readonly number[];
}

/** Marks messages as being sent, before they are; returns the ids that the caller may send: none when another sender took over. */
export async function claimMessages(em: SqlEntityManager, { userId, fence, ids }: Claim): Promise<number[]> {
  const rows = await em.execute<{ id: number }[]>(
    `update outbox_message set state = 'sending', attempts = attempts + 1, tried_at = clock_timestamp()
     where user_id = ? and state = 'pending' and id in (select jsonb_array_elements_text(?::jsonb)::bigint)
       and exists (select 1 from outbox_sender where user_id = ? and fence = ? for share)
     returning id::float8 as id`,
    [userId, JSON.stringify(ids), userId, fence],
  );
  return rows.map(({ id }) => id);
}

interface Answered {
  readonly userId: string;
  readonly id: number;
}

/** The message arrived; also what was thought unknown. `messageId` is the messenger's. */
export async function markSent(
  em: SqlEntityManager,
  { userId, id, messageId }: Answered & { readonly messageId: number },
): Promise<void> {
  await em.execute(
    `update outbox_message set state = 'sent', message_id = ?, error = null, tried_at = clock_timestamp(),
       sent_at = clock_timestamp() where user_id = ? and id = ? and state in ('sending', 'unknown')`,
    [messageId, userId, id],
  );
}

/**
 * The message was not sent, or nobody knows: `pending` tries again, `unknown` and `refused` are for good.
 * @param error  why; never holds a secret
 */
export async function markUnsent(
  em: SqlEntityManager,
  {
    userId,
    id,
    state,
    error,
  }: Answered & { readonly state: 'pending' | 'unknown' | 'refused'; readonly error: string },
): Promise<void> {
  await em.execute(
    `update outbox_message set state = ?, error = ?, tried_at = clock_timestamp()
     where user_id = ? and id = ? and state = 'sending'`,
    [state, error, userId, id],
  );
}

/** The chat is closed to the bot: the message and everything that waits for this chat is refused. */
export async function refuseChat(
  em: SqlEntityManager,
  { userId, chatId, error }: { readonly userId: string; readonly chatId: string; readonly error: string },
): Promise<void> {
  await em.execute(
    `update outbox_message set state = 'refused', error = ?, tried_at = case state when 'sending' then clock_timestamp() end
     where user_id = ? and chat_id = ? and state in ('pending', 'sending')`,
    [error, userId, chatId],
  );
}

/** How many messages wait to be sent. */
export async function countPending(em: SqlEntityManager, userId: string): Promise<number> {
  const [row] = await em.execute<{ pending: number }[]>(
    `select count(*)::int as pending from outbox_message where user_id = ? and state = 'pending'`,
    [userId],
  );
  return row?.pending ?? 0;
}
