import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import type { OccasionDefinition } from '../../contracts/occasions.ts';
import { isoTime } from './iso-time.ts';

/** An occasion as it stands. */
export interface OccasionRow extends OccasionDefinition {
  readonly id: string;
  readonly userId: string;
  readonly personName: string | null;
  /** `YYYY-MM-DD`: what was to be told up to this day is behind. */
  readonly toldTo: string;
  readonly doneYear: number | null;
  readonly snoozedTo: string | null;
  /** ISO 8601, UTC; null = not planned yet. */
  readonly nextAt: string | null;
  readonly version: number;
  /** Of the user. */
  readonly language: Language;
  readonly zone: string;
}

const ROW = `select occasion.id, occasion.user_id as "userId", person_id as "personId", person.name as "personName", kind, title, month,
  day, year, lead_days as "leadDays", at, told_to as "toldTo", done_year as "doneYear", snoozed_to as "snoozedTo",
  ${isoTime('next_at')} as "nextAt", occasion.version, settings.language, settings.zone
  from occasion join user_settings as settings on settings.user_id = occasion.user_id
  left join person on person.id = occasion.person_id`;

/** Stores an occasion unless it is there; a person of somebody else is nobody. */
export async function insertOccasion(
  em: SqlEntityManager,
  { id, userId, toldTo }: { readonly id: string; readonly userId: string; readonly toldTo: string },
  definition: OccasionDefinition,
): Promise<void> {
  const { personId, kind, title, month, day, year, leadDays, at } = definition;
  await em.execute(
    `insert into occasion (id, user_id, person_id, kind, title, month, day, year, lead_days, at, told_to)
     select ?, ?, ?::uuid, ?, ?, ?, ?, ?, ?::jsonb, ?, ? where ?::uuid is null or exists (select from person where id = ? and user_id = ?)
     on conflict (id) do nothing`,
    [
      ...[id, userId, personId, kind, title, month, day, year, JSON.stringify(leadDays), at, toldTo],
      ...[personId, personId, userId],
    ],
  );
}

/** The occasion, locked for a change; null = there is none. */
export async function lockOccasion(em: SqlEntityManager, id: string): Promise<OccasionRow | null> {
  await em.execute('select 1 from occasion where id = ? for update', [id]);
  const [row] = await em.execute<OccasionRow[]>(`${ROW} where occasion.id = ?`, [id]);
  return row ?? null;
}

/** A user's occasion, or null. */
export async function readOccasion(em: SqlEntityManager, userId: string, id: string): Promise<OccasionRow | null> {
  const [row] = await em.execute<OccasionRow[]>(`${ROW} where occasion.user_id = ? and occasion.id = ?`, [userId, id]);
  return row ?? null;
}

export interface OccasionQuery {
  readonly userId: string;
  /** null = everybody's. */
  readonly personId: string | null;
  readonly limit: number;
  /** Id of the last occasion of the answer before. */
  readonly after: string | null;
}

/** Occasions by id, at most `limit`. */
export async function listOccasions(em: SqlEntityManager, query: OccasionQuery): Promise<OccasionRow[]> {
  const { userId, personId, limit, after } = query;
  const filters: (readonly [sql: string, value: unknown])[] = [['occasion.user_id = ?', userId]];
  if (personId !== null) filters.push(['person_id = ?', personId]);
  if (after !== null) filters.push(['occasion.id > ?', after]);
  return await em.execute<OccasionRow[]>(
    `${ROW} where ${filters.map(([sql]) => sql).join(' and ')} order by occasion.id limit ?`,
    [...filters.map(([, value]) => value), limit],
  );
}

/** Stores how a locked occasion stands; returns the new version. */
export async function storeOccasion(em: SqlEntityManager, row: OccasionRow, nextMs: number): Promise<number> {
  const { id, personId, kind, title, month, day, year, leadDays, at, toldTo, doneYear, snoozedTo } = row;
  const [stored] = await em.execute<{ version: number }[]>(
    `update occasion set person_id = ?, kind = ?, title = ?, month = ?, day = ?, year = ?, lead_days = ?::jsonb, at = ?, told_to = ?,
       done_year = ?, snoozed_to = ?, next_at = to_timestamp(?::float8 / 1000), version = version + 1 where id = ? returning version`,
    [
      ...[personId, kind, title, month, day, year, JSON.stringify(leadDays), at, toldTo, doneYear, snoozedTo],
      ...[nextMs, id],
    ],
  );
  return stored?.version ?? row.version;
}

/** Removes an occasion. */
export async function deleteOccasion(em: SqlEntityManager, id: string): Promise<void> {
  await em.execute('delete from occasion where id = ?', [id]);
}
