import { createHash } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';

/** Up to this many rows an exact scan answers in time, and no index is needed. */
export const EXACT_ROWS = 20_000;
/** pgvector's limit for an indexed `halfvec`. */
const MOST_DIMENSIONS = 4_000;
/** The index's own recall; the default of 64 loses true neighbours. */
const EF_CONSTRUCTION = 128;

interface Indexed {
  readonly name: string;
  readonly dimensions: number;
}

/** Space names hold any character and have any length; names of indexes do not. */
const indexName = (space: string): string =>
  `product_vector_hnsw_${createHash('sha256').update(space).digest('hex').slice(0, 32)}`;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The expression that the index of a space is over, at half precision for half the pages; a query that spells it
 * differently is not served by it.
 */
export const indexedVector = (dimensions: number): string => `(embedding::halfvec(${dimensions}))`;

/** Whether pgvector can index vectors of this length. */
export const isIndexable = (dimensions: number): boolean => dimensions <= MOST_DIMENSIONS;

/**
 * Builds the HNSW index of a space if there is none: one index per space, over its rows alone. Minutes for millions of
 * rows; writing goes on meanwhile. Safe to repeat: what a killed build left is dropped.
 */
export async function buildVectorIndex(em: SqlEntityManager, { name, dimensions }: Indexed): Promise<void> {
  if (await hasVectorIndex(em, name)) return;
  const index = indexName(name);
  await em.execute(`drop index if exists ${index}`);
  await em.execute(
    `create index concurrently ${index} on product_vector using hnsw (${indexedVector(dimensions)} halfvec_cosine_ops)
     with (ef_construction = ${EF_CONSTRUCTION}) where space = ${quoted(name)}`,
  );
}

/** Drops the HNSW index of a space, if there is one. */
export async function dropVectorIndex(em: SqlEntityManager, space: string): Promise<void> {
  await em.execute(`drop index if exists ${indexName(space)}`);
}

/** Whether the space has an index that can be used. */
export async function hasVectorIndex(em: SqlEntityManager, space: string): Promise<boolean> {
  const [found] = await em.execute<{ valid: boolean }[]>(`select ${hasVectorIndexSql(space)} as valid`);
  return found?.valid ?? false;
}

/** The same as an SQL expression, never null. */
export const hasVectorIndexSql = (space: string): string =>
  `exists (select from pg_index where indisvalid and indexrelid = to_regclass('${indexName(space)}'))`;
