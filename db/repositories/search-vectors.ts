import type { SqlEntityManager } from '@mikro-orm/sql';
import type { EmbeddingSpace } from '../entities/embedding-space.ts';
import { filterSql, type Sql } from './search-filters.ts';
import { EXACT_ROWS, hasVectorIndex, indexedVector, isIndexable } from './vector-index.ts';
import { vectorLiteral } from './vectors.ts';

/** A product near a query; `similarity` is the cosine, -1..1. */
export interface Neighbour {
  readonly id: string;
  readonly similarity: number;
}

export interface NearestQuery {
  readonly space: Pick<EmbeddingSpace, 'name' | 'dimensions'>;
  readonly vector: Float32Array;
  readonly filter: Sql;
  readonly limit: number;
  /** So many rows that pass the filter are scanned one by one; 20,000 when not given. */
  readonly exactRows?: number;
}

const UNFILTERED = filterSql({}).text;
/** Candidates that the index keeps while it searches; pgvector's default of 40 loses every tenth true neighbour. */
const EF_SEARCH = 200;

/**
 * The products nearest to a query vector among those that pass the filter, nearest first: exact while few pass, by the
 * HNSW index otherwise. @throws Error for a vector of another length than the space's
 */
export async function nearestProducts(em: SqlEntityManager, query: NearestQuery): Promise<Neighbour[]> {
  if (query.vector.length !== query.space.dimensions)
    throw new Error(`${query.space.name} has ${query.space.dimensions} dimensions, not ${query.vector.length}`);
  if (!isIndexable(query.space.dimensions)) return await exact(em, query);
  if (!(await hasVectorIndex(em, query.space.name)) || (await fewPass(em, query))) return await exact(em, query);
  return await em.transactional(async (tx) => {
    await tx.execute(`select set_config('hnsw.ef_search', '${EF_SEARCH}', true),
      set_config('hnsw.iterative_scan', 'relaxed_order', true)`);
    return await approximate(tx, query);
  });
}

async function fewPass(em: SqlEntityManager, { filter, exactRows = EXACT_ROWS }: NearestQuery): Promise<boolean> {
  // Nothing is filtered, and only a large space has an index: no need to count.
  if (filter.text === UNFILTERED && exactRows === EXACT_ROWS) return false;
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from (select from product where ${filter.text} limit ${exactRows + 1}) as passed`,
    filter.values,
  );
  return (row?.count ?? 0) <= exactRows;
}

/** No index serves this, for the distance is not over the expression that indexes are built on. */
async function exact(em: SqlEntityManager, { space, vector, filter, limit }: NearestQuery): Promise<Neighbour[]> {
  return await em.execute<Neighbour[]>(
    `select id, (1 - distance)::float8 as similarity from (
       select product.id, embedding <=> ?::vector as distance
       from product join product_vector on product_id = product.id
       where space = ? and ${filter.text} order by distance, product.id limit ?) as nearest
     order by distance, id`,
    [vectorLiteral(vector), space.name, ...filter.values, limit],
  );
}

/** Relaxed order means almost sorted: what comes is sorted again. */
async function approximate(em: SqlEntityManager, { space, vector, filter, limit }: NearestQuery): Promise<Neighbour[]> {
  const literal = `'${space.name.replaceAll("'", "''")}'`;
  const distance = `${indexedVector(space.dimensions)} <=> ?::vector(${space.dimensions})`;
  const query = vectorLiteral(vector);
  return await em.execute<Neighbour[]>(
    `select id, (1 - distance)::float8 as similarity from (
       select product.id, ${distance} as distance from product_vector join product on product.id = product_id
       where space = ${literal} and ${filter.text} order by ${distance} limit ?) as near
     order by near.distance, id`,
    [query, ...filter.values, query, limit],
  );
}
