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
    `with head as (
       (select distinct on (chat_id) id, chat_id, due_at, null::int as target_message_id, edits is not null as is_edit
        from outbox_message where user_id = ? and state = 'pending' and edits is null
        order by chat_id, due_at > clock_timestamp(), id)
       union all
       (select distinct on (own.chat_id) own.id, own.chat_id, own.due_at, target.message_id, true
        from outbox_message as own join outbox_message as target
          on target.user_id = own.user_id and target.dedupe_key = own.edits and target.state = 'sent'
        where own.user_id = ? and own.state = 'pending' and own.edits is not null
        order by own.chat_id, own.due_at > clock_timestamp(), own.id))
     select distinct on (head.chat_id) head.id::float8 as id, head.chat_id::text as "chatId", own.payload, own.attempts,
       head.target_message_id as "targetMessageId",
       greatest(0, extract(epoch from greatest(head.due_at, pace.paused_until) - clock_timestamp()) * 1000)::float8 as "waitMs"
     from head join outbox_message as own on own.id = head.id
       left join chat_pace as pace on pace.user_id = ? and pace.chat_id = head.chat_id
     order by head.chat_id, head.due_at > clock_timestamp(), head.is_edit, head.id`,
    [userId, userId, userId],
  );
}

export interface Claim {
  readonly userId: string;
  readonly fence: number;
  readonly ids: readonly number[];
}

/**
 * Marks messages as being sent, before they are; returns the ids that the caller may send, without those that somebody has
 * settled meanwhile. null = another sender took over.
 */
export async function claimMessages(em: SqlEntityManager, { userId, fence, ids }: Claim): Promise<number[] | null> {
  const [row] = await em.execute<{ held: boolean; ids: number[] }[]>(
    `with held as (select 1 from outbox_sender where user_id = ? and fence = ? for share), claimed as (
       update outbox_message set state = 'sending', attempts = attempts + 1, tried_at = clock_timestamp()
       where user_id = ? and state = 'pending' and id in (select jsonb_array_elements_text(?::jsonb)::bigint)
         and exists (select 1 from held) returning id)
     select exists (select 1 from held) as held, coalesce((select jsonb_agg(id) from claimed), '[]') as ids`,
    [userId, fence, userId, JSON.stringify(ids)],
  );
  return row?.held === true ? row.ids : null;
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
