import type { SqlEntityManager } from '@mikro-orm/sql';
import type { EventKind, EventPayload } from '../../contracts/events.ts';

export interface NewEvent {
  readonly kind: EventKind;
  readonly sourceId: string;
  readonly productId: string | null;
  readonly payload: EventPayload;
  /** Names what happened; a second event of the same name is dropped. */
  readonly dedupeKey: string;
}

/** Writes events inside the transaction of what caused them; returns the ids of those that are new. */
export async function addEvents(em: SqlEntityManager, events: readonly NewEvent[]): Promise<number[]> {
  if (events.length === 0) return [];
  const rows = await em.execute<{ id: number }[]>(
    `insert into event (kind, source_id, product_id, payload, dedupe_key)
     select kind, "sourceId", "productId", payload, "dedupeKey" from jsonb_to_recordset(?::jsonb)
       as event (kind text, "sourceId" uuid, "productId" uuid, payload jsonb, "dedupeKey" text)
     on conflict (dedupe_key) do nothing returning id::float8 as id`,
    [JSON.stringify(events)],
  );
  return rows.map(({ id }) => id);
}

/** Keeps, with the event, the page that shows it, when that page was kept. */
export async function attachSample(em: SqlEntityManager, eventId: number, pageId: number): Promise<void> {
  await em.execute('update event set sample = (select body from raw_page where page_id = ?) where id = ?', [
    pageId,
    eventId,
  ]);
}

/** One event; `createdAt` is ISO 8601, UTC. */
export interface EventRow {
  readonly id: number;
  readonly kind: EventKind;
  readonly sourceId: string;
  readonly productId: string | null;
  readonly payload: EventPayload;
  /** A page that shows it was kept. */
  readonly hasSample: boolean;
  readonly createdAt: string;
}

export interface EventQuery {
  readonly kind: EventKind | null;
  readonly sourceId: string | null;
  readonly limit: number;
  /** Id of the last event of the answer before. */
  readonly after: number | null;
}

const ROW = `id::float8 as id, kind, source_id as "sourceId", product_id as "productId", payload,
  sample is not null as "hasSample",
  to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"`;

/** Events, newest first, at most `limit`. */
export async function listEvents(em: SqlEntityManager, query: EventQuery): Promise<EventRow[]> {
  const filters = [
    ['kind = ?', query.kind],
    ['source_id = ?', query.sourceId],
    ['id < ?', query.after],
  ] as const;
  const used = filters.filter(([, value]) => value !== null);
  const where = used.length === 0 ? '' : `where ${used.map(([sql]) => sql).join(' and ')}`;
  return await em.execute<EventRow[]>(`select ${ROW} from event ${where} order by id desc limit ?`, [
    ...used.map(([, value]) => value),
    query.limit,
  ]);
}

/** The page kept with an event, compressed as in `RawPage`; null when there is no such event or no page. */
export async function readSample(em: SqlEntityManager, eventId: number): Promise<Buffer | null> {
  const [row] = await em.execute<{ sample: Buffer | null }[]>('select sample from event where id = ?', [eventId]);
  return row?.sample ?? null;
}
