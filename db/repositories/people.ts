import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import { isoTime } from './iso-time.ts';

/** What a user says of a person. */
export interface PersonValues {
  readonly name: string;
  /** In the user's words, e.g. «мама». */
  readonly relation: string | null;
  readonly birthYear: number | null;
  readonly interests: readonly string[];
  /** What must not be given. */
  readonly limits: readonly string[];
  /** Of one present, minor units of `budgetCurrency` (ISO 4217); both or none. */
  readonly budgetMinor: number | null;
  readonly budgetCurrency: string | null;
  readonly language: Language | null;
  readonly notes: string;
}

/** A person as known; times are ISO 8601, UTC. */
export interface PersonRow extends PersonValues {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const COLUMNS = {
  name: 'name',
  relation: 'relation',
  birthYear: 'birth_year',
  interests: 'interests',
  limits: 'limits',
  budgetMinor: 'budget_minor',
  budgetCurrency: 'budget_currency',
  language: 'language',
  notes: 'notes',
} as const satisfies Record<keyof PersonValues, string>;
const LISTS: readonly string[] = ['interests', 'limits'];
const place = (name: string): string => (LISTS.includes(name) ? '?::jsonb' : '?');

const ROW = `select id, name, relation, birth_year as "birthYear", interests, limits, budget_minor::float8 as "budgetMinor",
  budget_currency as "budgetCurrency", language, notes, ${isoTime('created_at')} as "createdAt",
  ${isoTime('updated_at')} as "updatedAt" from person`;

interface PersonKey {
  readonly userId: string;
  readonly id: string;
}

/** A user's person, or null. */
export async function readPerson(em: SqlEntityManager, { userId, id }: PersonKey): Promise<PersonRow | null> {
  const [row] = await em.execute<PersonRow[]>(`${ROW} where user_id = ? and id = ?`, [userId, id]);
  return row ?? null;
}

/** Adds a person; the same id again adds nobody. */
export async function addPerson(
  em: SqlEntityManager,
  { userId, id }: PersonKey,
  values: PersonValues,
): Promise<PersonRow | null> {
  const entries = Object.entries(COLUMNS);
  const given = new Map<string, unknown>(Object.entries(values));
  await em.execute(
    `insert into person (id, user_id, ${entries.map(([, column]) => column).join(', ')})
     values (?, ?, ${entries.map(([name]) => place(name)).join(', ')}) on conflict (id) do nothing`,
    [id, userId, ...entries.map(([name]) => toSql(given.get(name)))],
  );
  return await readPerson(em, { userId, id });
}

/** Sets what is given; null when the user has no such person. */
export async function changePerson(
  em: SqlEntityManager,
  { userId, id }: PersonKey,
  change: { readonly [F in keyof PersonValues]?: PersonValues[F] | undefined },
): Promise<PersonRow | null> {
  const given = new Map<string, unknown>(Object.entries(change));
  const entries = Object.entries(COLUMNS).filter(([name]) => given.get(name) !== undefined);
  const sets = entries.map(([name, column]) => `${column} = ${place(name)}`);
  await em.execute(
    `update person set ${[...sets, 'updated_at = clock_timestamp()'].join(', ')} where user_id = ? and id = ?`,
    [...entries.map(([name]) => toSql(given.get(name))), ...[userId, id]],
  );
  return await readPerson(em, { userId, id });
}

const toSql = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value);

/** People by name, at most `limit`, after a position (name and id). */
export async function listPeople(
  em: SqlEntityManager,
  { userId, limit, after }: { readonly userId: string; readonly limit: number; readonly after: string | null },
): Promise<(PersonRow & { readonly sort: string })[]> {
  const sort = `lower(name) || ' ' || id::text`;
  return await em.execute<(PersonRow & { sort: string })[]>(
    `${ROW.replace('select id', `select ${sort} as sort, id`)} where user_id = ? ${after === null ? '' : `and ${sort} > ?`}
     order by ${sort} limit ?`,
    [userId, ...(after === null ? [] : [after]), limit],
  );
}

/** Forgets a person with all occasions, whose workflows see that they are over; false when the user has none such. */
export async function removePerson(em: SqlEntityManager, { userId, id }: PersonKey): Promise<boolean> {
  const rows = await em.execute<object[]>('delete from person where user_id = ? and id = ? returning id', [userId, id]);
  return rows.length > 0;
}
