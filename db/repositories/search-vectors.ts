import type { SqlEntityManager } from '@mikro-orm/sql';
import type { EmbeddingSpace } from '../entities/embedding-space.ts';
import { filterSql, type Sql } from './search-filters.ts';
import { EXACT_ROWS, hasVectorIndexSql, indexedVector, isIndexable } from './vector-index.ts';
import { vectorLiteral } from './vectors.ts';

/** A product near a query; `similarity` is the cosine, -1..1. */
export interface Neighbour {
  readonly id: string;
  readonly similarity: number;
}

export interface NearestQuery {
  readonly space: Pick<EmbeddingSpace, 'name' | 'kind' | 'dimensions'>;
  readonly vector: Float32Array;
  readonly filter: Sql;
  readonly limit: number;
}

const UNFILTERED = filterSql({}).text;
/** Rows on which a filter is tried to learn what share passes it, about. */
const SAMPLED = 2_000;
/** When a smaller share passes, a look at the sketches of all that do is quicker than the index and misses less. */
const INDEX_SHARE = 0.35;
/** So many products the index is to find; the fewer pass, the more candidates it keeps. */
const SOUGHT = 80;
/** Fewer candidates lose neighbours; more take longer than the sketches do. */
const CANDIDATES = { least: 100, most: 200 } as const;
/** When the index finds fewer, what passes the filter is not where the query is. */
const ENOUGH = 40;
/** Of so many products with the nearest sketches the vectors are compared. */
const SKETCHED = 400;

/**
 * The products nearest to a query vector among those that pass the filter, nearest first: exact in a space without an
 * index. @throws Error for a vector of another length than the space's
 */
export async function nearestProducts(em: SqlEntityManager, query: NearestQuery): Promise<Neighbour[]> {
  const { space, vector } = query;
  if (vector.length !== space.dimensions)
    throw new Error(`${space.name} has ${space.dimensions} dimensions, not ${vector.length}`);
  const served = isIndexable(space.dimensions) ? await servedShare(em, query) : null;
  if (served === null) return await nearestExactly(em, query);
  return space.kind === 'semantic' ? await nearInMeaning(em, query, served) : await nearInSpelling(em, query);
}

/** What share of the space passes the filter, 0..1, by a sample of its sketches; null = the space has no index. */
async function servedShare(em: SqlEntityManager, { space, filter }: NearestQuery): Promise<number | null> {
  const isSampled = space.kind === 'semantic' && filter.text !== UNFILTERED;
  const [row] = await em.execute<{ indexed: boolean; share: number | null }[]>(
    `select ${hasVectorIndexSql(space.name)} as indexed, ${isSampled ? shareSql(filter.text) : '1'}::float8 as share`,
    isSampled ? [...filter.values, space.name] : [],
  );
  return row?.indexed === true ? (row.share ?? 0) : null;
}

const shareSql = (filter: string): string =>
  `(select (count(*) filter (where ${filter}))::float8 / nullif(count(*), 0) from product_sketch as product
    tablesample system ((select least(100, 100.0 * ${SAMPLED} / greatest(1, reltuples))
      from pg_class where oid = 'product_sketch'::regclass)) where space = ?)`;

/** As `nearestProducts`, but every vector is compared. */
export async function nearestExactly(
  em: SqlEntityManager,
  { space, vector, filter, limit }: NearestQuery,
): Promise<Neighbour[]> {
  // No index serves this, for the distance is not over the expression that indexes are built on.
  return await em.execute<Neighbour[]>(
    `select id, (1 - distance)::float8 as similarity from (
       select product.id, embedding <=> ?::vector as distance
       from product join product_vector on product_id = product.id
       where space = ? and ${filter.text} order by distance, product.id limit ?) as nearest
     order by distance, id`,
    [vectorLiteral(vector), space.name, ...filter.values, limit],
  );
}

async function nearInMeaning(em: SqlEntityManager, query: NearestQuery, share: number): Promise<Neighbour[]> {
  if (share >= INDEX_SHARE) {
    const candidates = Math.round(Math.min(Math.max(SOUGHT / share, CANDIDATES.least), CANDIDATES.most));
    const found = await byIndex(em, query, { candidates, goesOn: false });
    if (found.length >= Math.min(query.limit, ENOUGH)) return found;
  }
  return await bySketches(em, query);
}

/** Filters are read beside the sketches; of what is found the products themselves have the last word. */
async function bySketches(em: SqlEntityManager, { space, vector, filter, limit }: NearestQuery): Promise<Neighbour[]> {
  const literal = vectorLiteral(vector);
  return await em.execute<Neighbour[]>(
    `select id, (1 - distance)::float8 as similarity from (
       select stored.product_id, embedding <=> ?::vector as distance from (
         select product_id from product_sketch as product where space = ? and ${filter.text}
         order by sketch <~> binary_quantize(?::vector) limit ${SKETCHED}) as sketched
       join product_vector as stored on stored.product_id = sketched.product_id and stored.space = ?
       order by distance, stored.product_id limit ?) as nearest
     join product on product.id = nearest.product_id where ${filter.text} order by distance, id`,
    [literal, space.name, ...filter.values, literal, space.name, limit, ...filter.values],
  );
}

/** Lexical vectors are mostly zeros, which a sketch says nothing of. */
async function nearInSpelling(em: SqlEntityManager, query: NearestQuery): Promise<Neighbour[]> {
  if (await fewPass(em, query)) return await nearestExactly(em, query);
  return await byIndex(em, query, { candidates: CANDIDATES.most, goesOn: true });
}

async function fewPass(em: SqlEntityManager, { filter }: NearestQuery): Promise<boolean> {
  // Nothing is filtered, and only a large space has an index: no need to count.
  if (filter.text === UNFILTERED) return false;
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from (select from product where ${filter.text} limit ${EXACT_ROWS + 1}) as passed`,
    filter.values,
  );
  return (row?.count ?? 0) <= EXACT_ROWS;
}

interface IndexScan {
  readonly candidates: number;
  /** Past the candidates, until `limit` products are found. */
  readonly goesOn: boolean;
}

/** One statement: the settings hold from before its scan begins until it ends. What comes is sorted almost, or by halves. */
async function byIndex(
  em: SqlEntityManager,
  { space, vector, filter, limit }: NearestQuery,
  { candidates, goesOn }: IndexScan,
): Promise<Neighbour[]> {
  const literal = `'${space.name.replaceAll("'", "''")}'`;
  const distance = `${indexedVector(space.dimensions)} <=> ?::halfvec(${space.dimensions})`;
  const query = vectorLiteral(vector);
  return await em.execute<Neighbour[]>(
    `with scan as materialized (select set_config('hnsw.ef_search', '${candidates}', true),
       set_config('hnsw.iterative_scan', '${goesOn ? 'relaxed_order' : 'off'}', true))
     select id, (1 - distance)::float8 as similarity from (
       select product.id, embedding <=> ?::vector as distance from product_vector join product on product.id = product_id
       where (select count(*) from scan) = 1 and space = ${literal} and ${filter.text}
       order by ${distance} limit ?) as near
     order by near.distance, id`,
    [query, ...filter.values, query, limit],
  );
}
