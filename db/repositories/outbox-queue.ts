import type { SqlEntityManager } from '@mikro-orm/sql';
import type { OutboxPayload, SenderKey } from '../../domain/shared/outbox-message.ts';

/** The next message of one chat. */
export interface DueMessage {
  readonly id: number;
  readonly userId: string;
  readonly chatId: string;
  readonly payload: OutboxPayload;
  /** Of an edit: the messenger's id of the message to change. */
  readonly targetMessageId: string | null;
  /** So far. */
  readonly attempts: number;
  /** Somebody waits for it. */
  readonly urgent: boolean;
  /** A keyboard stands in the place of the person's own. */
  readonly underReplyKeyboard: boolean;
  /** ms until it may be sent, by its own time and by what the messenger asked for this chat. */
  readonly waitMs: number;
}

/** Chats beside each other that are looked at, of those that may be sent to now, and of those that must wait. */
const MOST_READY = 300;
const MOST_WAITING = 50;

/** A probe of an index for each message, whatever the planner thinks of the numbers. */
const IS_NEXT = `own.id = (select first.id from outbox_message as first
  where first.sender = own.sender and first.chat_id = own.chat_id and first.state = 'pending' and first.edits is null
    and first.due_at <= clock_timestamp() order by first.urgent desc, first.id limit 1)`;
const IS_FREE = `not exists (select 1 from chat_pace as pace
  where pace.sender = own.sender and pace.chat_id = own.chat_id and pace.paused_until > clock_timestamp())`;

const READY = `(select own.id, null::text as target from outbox_message as own
    where own.sender = ? and own.state = 'pending' and own.edits is null and own.due_at <= clock_timestamp()
      and ${IS_NEXT} and ${IS_FREE}
    order by own.urgent desc, own.id limit ${MOST_READY})
  union all
  (select own.id, target.message_id from outbox_message as own join outbox_message as target
      on target.user_id = own.user_id and target.dedupe_key = own.edits and target.sender = own.sender and target.state = 'sent'
    where own.sender = ? and own.state = 'pending' and own.edits is not null and own.due_at <= clock_timestamp() and ${IS_FREE}
    order by own.urgent desc, own.id limit ${MOST_READY})`;

/** What waits for its own time, and the chats that the messenger wants left alone. */
const WAITING = `(select own.id, target.message_id as target from outbox_message as own left join outbox_message as target
      on target.user_id = own.user_id and target.dedupe_key = own.edits and target.sender = own.sender and target.state = 'sent'
    where own.sender = ? and own.state = 'pending' and own.due_at > clock_timestamp() and (own.edits is null or target.id is not null)
    order by own.due_at limit ${MOST_WAITING})
  union all
  (select own.id, own.target from chat_pace as pace cross join lateral (
      select held.id, target.message_id as target from outbox_message as held left join outbox_message as target
        on target.user_id = held.user_id and target.dedupe_key = held.edits and target.sender = held.sender and target.state = 'sent'
      where held.sender = pace.sender and held.chat_id = pace.chat_id and held.state = 'pending'
        and (held.edits is null or target.id is not null) and held.due_at <= clock_timestamp()
      order by held.edits is not null, held.urgent desc, held.id limit 1) as own
    where pace.sender = ? and pace.paused_until > clock_timestamp() order by pace.paused_until limit ${MOST_WAITING})`;

/**
 * The next messages, one for each of some hundred chats: what is due first, messages before edits, then what somebody waits
 * for, then as they were written. Edits that a newer one replaces, and edits of messages that were never sent, are refused here.
 */
export async function nextMessages(em: SqlEntityManager, sender: SenderKey): Promise<DueMessage[]> {
  await em.execute(
    `update outbox_message as edit set state = 'refused',
       error = case when target.state in ('pending', 'sending', 'sent') then 'superseded' else 'nothing to edit' end
     from outbox_message as self left join outbox_message as target
       on target.user_id = self.user_id and target.dedupe_key = self.edits and target.sender = self.sender
     where edit.id = self.id and self.sender = ? and self.state = 'pending' and self.edits is not null
       and (target.id is null or target.state in ('unknown', 'refused') or exists (select 1 from outbox_message as newer
         where newer.sender = self.sender and newer.user_id = self.user_id and newer.state = 'pending'
           and newer.edits = self.edits and newer.id > self.id))`,
    [sender],
  );
  return await em.execute<DueMessage[]>(
    `with head as (${READY} union all ${WAITING})
     select distinct on (own.chat_id) own.id::float8 as id, own.user_id as "userId", own.chat_id::text as "chatId",
       own.payload, own.attempts, own.urgent, head.target as "targetMessageId", coalesce(chat.reply_keyboard, false) as "underReplyKeyboard",
       greatest(0, extract(epoch from greatest(own.due_at, pace.paused_until) - clock_timestamp()) * 1000)::float8 as "waitMs"
     from head join outbox_message as own on own.id = head.id
       left join chat_pace as pace on pace.sender = own.sender and pace.chat_id = own.chat_id
       left join chat on chat.messenger = own.sender and chat.chat_id = own.chat_id
     order by own.chat_id, own.due_at > clock_timestamp(), own.edits is not null, own.urgent desc, own.id`,
    [sender, sender, sender, sender],
  );
}

export interface Claim {
  readonly sender: SenderKey;
  readonly fence: number;
  readonly ids: readonly number[];
}

/**
 * Marks messages as being sent, before they are; returns the ids that the caller may send, without those that somebody has
 * settled meanwhile. null = another process took over.
 */
export async function claimMessages(em: SqlEntityManager, { sender, fence, ids }: Claim): Promise<number[] | null> {
  const [row] = await em.execute<{ held: boolean; ids: number[] }[]>(
    `with held as (select 1 from outbox_sender where sender = ? and fence = ? for share), claimed as (
       update outbox_message set state = 'sending', attempts = attempts + 1, tried_at = clock_timestamp()
       where sender = ? and state = 'pending' and id in (select jsonb_array_elements_text(?::jsonb)::bigint)
         and exists (select 1 from held) returning id)
     select exists (select 1 from held) as held, coalesce((select jsonb_agg(id) from claimed), '[]') as ids`,
    [sender, fence, sender, JSON.stringify(ids)],
  );
  return row?.held === true ? row.ids : null;
}

interface Answered {
  readonly sender: SenderKey;
  readonly id: number;
}

/** The message arrived; also what was thought unknown. `messageId` is the messenger's; null = it gave none. */
export async function markSent(
  em: SqlEntityManager,
  { sender, id, messageId }: Answered & { readonly messageId: string | null },
): Promise<void> {
  await em.execute(
    `update outbox_message set state = 'sent', message_id = ?, error = null, tried_at = clock_timestamp(),
       sent_at = clock_timestamp() where sender = ? and id = ? and state in ('sending', 'unknown')`,
    [messageId, sender, id],
  );
}

/**
 * The message was not sent, or nobody knows: `pending` tries again, `unknown` and `refused` are for good.
 * @param error  why; never holds a secret
 */
export async function markUnsent(
  em: SqlEntityManager,
  {
    sender,
    id,
    state,
    error,
  }: Answered & { readonly state: 'pending' | 'unknown' | 'refused'; readonly error: string },
): Promise<void> {
  await em.execute(
    `update outbox_message set state = ?, error = ?, tried_at = clock_timestamp()
     where sender = ? and id = ? and state = 'sending'`,
    [state, error, sender, id],
  );
}

/** The message to change is gone: what would replace it is said below instead. Of an edit that names its message itself. */
export async function sayInstead(em: SqlEntityManager, { sender, id }: Answered): Promise<void> {
  await em.execute(
    `update outbox_message set state = 'pending', kind = 'text', tried_at = clock_timestamp(),
       payload = (payload - 'messageId') || '{"kind": "text", "silent": true}' where sender = ? and id = ? and state = 'sending'`,
    [sender, id],
  );
}

/** The chat is closed to the bot: the message and everything that waits for this chat is refused. */
export async function refuseChat(
  em: SqlEntityManager,
  { sender, chatId, error }: { readonly sender: SenderKey; readonly chatId: string; readonly error: string },
): Promise<void> {
  await em.execute(
    `update outbox_message set state = 'refused', error = ?, tried_at = case state when 'sending' then clock_timestamp() end
     where sender = ? and chat_id = ? and state in ('pending', 'sending')`,
    [error, sender, chatId],
  );
}
