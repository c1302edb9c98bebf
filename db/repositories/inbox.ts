import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ChatEvent, ChatPerson } from '../../domain/shared/chat-event.ts';
import type { ChatKey } from './chats.ts';

/** One thing that a person did, as a messenger told of it; a chat of '' is one that it did not name. */
export interface ReadUpdate {
  /** The messenger's own name of it: the same when it is told twice. */
  readonly key: string;
  readonly event: ChatEvent;
  readonly person: ChatPerson;
}

/** An update that is to be handled. */
export interface TakenUpdate {
  readonly id: number;
  /** UUID; names what handling it creates. */
  readonly uuid: string;
  readonly event: ChatEvent;
  readonly person: ChatPerson;
  /** This one included, counted before it began: a handler that takes its process down counts too. */
  readonly attempts: number;
  /** Of the attempt before; null = this is the first. */
  readonly error: string | null;
}

/** An update that was begun so often is given up: the handler has a bug. */
export const MOST_ATTEMPTS = 5;

/**
 * Takes updates into the inbox, each once; returns the chats in which something waits to be handled. Where the messenger did
 * not name the chat it is the one in which the person was seen; without one the update is dropped.
 */
export async function addUpdates(em: SqlEntityManager, updates: readonly ReadUpdate[]): Promise<ChatKey[]> {
  if (updates.length === 0) return [];
  const rows = updates.map(({ key, event, person }, place) => ({ key, event, person, place }));
  return await em.transactional(async (tx) => {
    await tx.execute(
      `insert into inbox_update (messenger, update_key, chat_id, event, person)
       select messenger, key, named, event, person || jsonb_build_object('chatId', named::text)
       from (select person ->> 'messenger' as messenger, key, event, person, place,
           coalesce(nullif(person ->> 'chatId', '')::bigint, (select chat_id from chat where messenger = person ->> 'messenger'
             and person_id = (person ->> 'personId')::bigint order by last_seen_at desc limit 1)) as named
         from jsonb_to_recordset(?::jsonb) as given (key text, event jsonb, person jsonb, place int)) as read
       where named is not null order by place on conflict (messenger, update_key) do nothing`,
      [JSON.stringify(rows)],
    );
    return await tx.execute<ChatKey[]>(
      `select distinct messenger, chat_id::text as "chatId" from inbox_update where state = 'new'
         and (messenger, update_key) in (select person ->> 'messenger', key
           from jsonb_to_recordset(?::jsonb) as given (key text, person jsonb))`,
      [JSON.stringify(rows)],
    );
  });
}

/** Begins an attempt at the first update of the chat that is not handled; null = none is. */
export async function takeUpdate(em: SqlEntityManager, { messenger, chatId }: ChatKey): Promise<TakenUpdate | null> {
  const [update] = await em.execute<TakenUpdate[]>(
    `update inbox_update set attempts = attempts + 1 where id = (select id from inbox_update
       where messenger = ? and chat_id = ? and state = 'new' order by id limit 1)
     returning id::float8 as id, uuid, event, person, attempts, error`,
    [messenger, chatId],
  );
  return update ?? null;
}

/**
 * Notes, in the transaction of its effects, that an update is handled. False = somebody else has done it meanwhile: the
 * transaction must be rolled back.
 */
export async function settleUpdate(
  em: SqlEntityManager,
  { id, state }: { readonly id: number; readonly state: 'handled' | 'failed' },
): Promise<boolean> {
  const settled = await em.execute<object[]>(
    `update inbox_update set state = ?, handled_at = clock_timestamp() where id = ? and state = 'new' returning 1`,
    [state, id],
  );
  return settled.length > 0;
}

/** Notes why an attempt came to nothing; `error` holds no secret. */
export async function noteUpdateError(
  em: SqlEntityManager,
  { id, error }: { readonly id: number; readonly error: string },
): Promise<void> {
  await em.execute('update inbox_update set error = ? where id = ?', [error, id]);
}

/** Messengers tell of an update again for a day at most. */
const KEPT_DAYS = 3;
const FAILED_KEPT_DAYS = 30;

/** Deletes what was handled days ago, and what was given up a month ago. */
export async function purgeInbox(em: SqlEntityManager): Promise<void> {
  await em.execute(
    `delete from inbox_update where received_at < clock_timestamp() - ? * interval '1 day'
       and (state = 'handled' or received_at < clock_timestamp() - ? * interval '1 day') and state <> 'new'`,
    [KEPT_DAYS, FAILED_KEPT_DAYS],
  );
}

/** Where reading goes on; null = from the beginning. */
export async function readMarker(em: SqlEntityManager, messenger: ChatKey['messenger']): Promise<string | null> {
  const [row] = await em.execute<{ marker: string }[]>('select marker from ingress_marker where messenger = ?', [
    messenger,
  ]);
  return row?.marker ?? null;
}

/** Everything before it is handed over. */
export async function putMarker(
  em: SqlEntityManager,
  { messenger, marker }: { readonly messenger: ChatKey['messenger']; readonly marker: string },
): Promise<void> {
  await em.execute(
    `insert into ingress_marker (messenger, marker) values (?, ?)
     on conflict (messenger) do update set marker = excluded.marker, updated_at = clock_timestamp()`,
    [messenger, marker],
  );
}
