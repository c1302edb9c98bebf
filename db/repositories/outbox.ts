import type { SqlEntityManager } from '@mikro-orm/sql';
import {
  userSender,
  type NewOutboxMessage,
  type OutboxKind,
  type SenderKey,
} from '../../domain/shared/outbox-message.ts';

/**
 * Writes messages inside the transaction of what they tell; returns how many are new. An edit of a message that was never
 * written is dropped. Wake the sender after the commit.
 */
export async function addMessages(em: SqlEntityManager, messages: readonly NewOutboxMessage[]): Promise<number> {
  if (messages.length === 0) return 0;
  const rows = messages.map((message, place) => ({
    ...{ urgent: false, sender: userSender(message.userId), ...message },
    ...{ place, kind: message.payload.kind },
  }));
  const added = await em.execute<object[]>(
    `with message as (select * from jsonb_to_recordset(?::jsonb) as message
       ("userId" uuid, sender text, "chatId" bigint, kind text, "dedupeKey" text, edits text, payload jsonb, urgent boolean, place int))
     insert into outbox_message (user_id, sender, chat_id, kind, dedupe_key, edits, payload, urgent)
     select "userId", sender, "chatId", kind, "dedupeKey", edits, payload, urgent from message where edits is null
       or exists (select 1 from outbox_message as kept where kept.user_id = "userId" and kept.dedupe_key = message.edits)
       or exists (select 1 from message as beside where beside."userId" = message."userId" and beside."dedupeKey" = message.edits)
     order by place on conflict (user_id, dedupe_key) do nothing returning 1`,
    [JSON.stringify(rows)],
  );
  return added.length;
}

/** Messages wait for no longer than a day: what they tell is old by then. */
const KEPT_PENDING_HOURS = 24;
const KEPT_DAYS = 30;

export interface Sender {
  /** Of everything this sender claims. */
  readonly fence: number;
  /** ms until the bot may send at all. */
  readonly pausedMs: number;
  /** What was sent within the given time, oldest first; `agoMs` by the database's clock. */
  readonly past: readonly { readonly chatId: string; readonly kind: OutboxKind; readonly agoMs: number }[];
}

export interface TakeOver {
  readonly sender: SenderKey;
  readonly pastMs: number;
  /** A message in doubt is sent again, but begun at most so often in all; 1 = it never is, and edits always are. */
  readonly mostAttempts: number;
}

/**
 * Makes the caller the one process that sends for this sender. What a dead one left in `sending` may have arrived: it becomes
 * `unknown`, or `pending` where it may be said twice. Messages older than a day are refused as `expired`, rows of a month ago
 * are forgotten.
 */
export async function takeOver(em: SqlEntityManager, { sender, pastMs, mostAttempts }: TakeOver): Promise<Sender> {
  return await em.transactional(async (tx) => {
    const [taken] = await tx.execute<{ fence: number; pausedMs: number }[]>(
      `insert into outbox_sender as sender (sender, fence) values (?, 1)
       on conflict (sender) do update set fence = sender.fence + 1 returning fence::float8 as fence,
         greatest(0, coalesce(extract(epoch from paused_until - clock_timestamp()) * 1000, 0))::float8 as "pausedMs"`,
      [sender],
    );
    await tx.execute(
      `update outbox_message set tried_at = clock_timestamp(),
         state = case when kind = 'edit' or attempts < ? then 'pending' else 'unknown' end,
         error = case when kind = 'edit' or attempts < ? then null else 'the sender died before the answer' end
       where sender = ? and state = 'sending'`,
      [mostAttempts, mostAttempts, sender],
    );
    await tx.execute(
      `update outbox_message set state = 'refused', error = 'expired'
       where sender = ? and state = 'pending' and greatest(created_at, due_at) < clock_timestamp() - ? * interval '1 hour'`,
      [sender, KEPT_PENDING_HOURS],
    );
    await tx.execute(
      `delete from outbox_message where sender = ? and state in ('sent', 'unknown', 'refused')
         and created_at < clock_timestamp() - ? * interval '1 day'`,
      [sender, KEPT_DAYS],
    );
    const past = await tx.execute<Sender['past'][number][]>(
      `select chat_id::text as "chatId", kind, (extract(epoch from clock_timestamp() - tried_at) * 1000)::float8 as "agoMs"
       from outbox_message where sender = ? and tried_at > clock_timestamp() - ? * interval '1 millisecond' order by tried_at`,
      [sender, pastMs],
    );
    return { fence: taken?.fence ?? 0, pausedMs: taken?.pausedMs ?? 0, past };
  });
}

interface Waiting {
  readonly sender: SenderKey;
  /** Asked to wait for so long, > 0. */
  readonly ms: number;
}

/** Nobody sends to this chat before; survives restarts. */
export async function pauseChat(
  em: SqlEntityManager,
  { sender, chatId, ms }: Waiting & { readonly chatId: string },
): Promise<void> {
  await em.execute(
    `insert into chat_pace as pace (sender, chat_id, paused_until)
       values (?, ?, clock_timestamp() + ? * interval '1 millisecond')
     on conflict (sender, chat_id) do update set paused_until = greatest(pace.paused_until, excluded.paused_until)`,
    [sender, chatId, ms],
  );
}

/** The bot sends nothing before; survives restarts. */
export async function pauseBot(em: SqlEntityManager, { sender, ms }: Waiting): Promise<void> {
  await em.execute(
    `update outbox_sender set paused_until = greatest(paused_until, clock_timestamp() + ? * interval '1 millisecond')
     where sender = ?`,
    [ms, sender],
  );
}
