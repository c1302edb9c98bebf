import type { SqlEntityManager } from '@mikro-orm/sql';
import { normaliseSearchText } from '../../domain/recommend/query-text.ts';
import type { FusedRank } from '../../domain/recommend/rank-fusion.ts';
import type { QueryEmbedder } from '../../domain/recommend/vector-space.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { HIT_COLUMNS, hitsOf, toHit, type HitRow, type ProductHit } from './product-hits.ts';
import { rankProducts, type RankedProducts } from './ranked-search.ts';
import { filterSql, type ProductFilters } from './search-filters.ts';

export type { ProductHit } from './product-hits.ts';
export type { ProductFilters } from './search-filters.ts';

export interface ProductSearch {
  /** In the words of a person; null or blank = browse, newest first. */
  readonly query: string | null;
  readonly filters: ProductFilters;
  /** 1..100 */
  readonly limit: number;
  /** `nextCursor` of the answer before. */
  readonly cursor: string | null;
  /** For the query's meaning; absent = words and spelling alone. */
  readonly embedder?: QueryEmbedder | null;
}

export interface SearchResult {
  readonly items: readonly ProductHit[];
  readonly nextCursor: string | null;
  readonly mode: RankedProducts['mode'] | 'browse';
  /** The embedding model did not answer, so the order is made without it. */
  readonly degraded: boolean;
  /** Why there are no items: nothing is near the query; null when there are some, and when browsing. */
  readonly reason: 'nothing-near' | null;
}

/**
 * Products that are not gone and pass the filters: nearest to the query first, without a query the newest first.
 * A list for a query ends after the best few hundred.
 * @throws DomainError invalid-cursor
 */
export async function searchProducts(em: SqlEntityManager, search: ProductSearch): Promise<SearchResult> {
  // NUL and half characters are no text for Postgres.
  const query = normaliseSearchText((search.query ?? '').toWellFormed().replaceAll('\0', ' ')).trim();
  if (query === '') return await browse(em, search);
  const after = search.cursor === null ? null : readCursor(search.cursor, /^at (\d{1,4}) ([\da-f-]{36})$/);
  const { products, mode, degraded } = await rankProducts(em, {
    query,
    filter: filterSql(search.filters),
    embedder: search.embedder ?? null,
  });
  const start = after === null ? 0 : startAfter(products, { count: Number(after[0]), id: after[1] });
  const page = products.slice(start, start + search.limit);
  const last = page.at(-1);
  const end = start + page.length;
  return {
    items: await hitsOf(em, page),
    nextCursor: last !== undefined && end < products.length ? toCursor(`at ${end} ${last.id}`) : null,
    mode,
    degraded,
    reason: products.length === 0 ? 'nothing-near' : null,
  };
}

interface Reached {
  /** Products shown so far, and the last of them. */
  readonly count: number;
  readonly id: string;
}

/** After the last product shown, wherever it stands by now; where it stood when it is gone. */
function startAfter(products: readonly FusedRank[], { count, id }: Reached): number {
  const place = products.findIndex((product) => product.id === id);
  return place === -1 ? count : place + 1;
}

async function browse(em: SqlEntityManager, { filters, limit, cursor }: ProductSearch): Promise<SearchResult> {
  const after = cursor === null ? null : readCursor(cursor, /^(\d{20}) ([\da-f-]{36})$/);
  const { text, values } = filterSql(filters);
  const seen = `to_char(first_seen_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') collate "C"`;
  const rows = await em.execute<(HitRow & { readonly position: string })[]>(
    `select * from (select ${HIT_COLUMNS}, ${seen} as position from product where ${text}) as hit
     ${after === null ? '' : 'where (position, id) < (?::text collate "C", ?::uuid)'}
     order by position desc, id desc limit ?`,
    [...values, ...(after ?? []), limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: page.map((row) => toHit(row, null)),
    nextCursor: more ? toCursor(`${last.position} ${last.id}`) : null,
    mode: 'browse',
    degraded: false,
    reason: null,
  };
}

const toCursor = (text: string): string => Buffer.from(text).toString('base64url');

function readCursor(cursor: string, form: RegExp): readonly [position: string, id: string] {
  const [, position, id] = form.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (position === undefined || id === undefined)
    throw new DomainError('invalid-cursor', 'take `nextCursor` of the answer before, as it is');
  return [position, id];
}
