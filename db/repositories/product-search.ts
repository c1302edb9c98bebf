import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Availability } from '../../domain/catalog/product-page.ts';
import { DomainError } from '../../domain/shared/errors.ts';

/** Filters of a search; an absent one does not filter. Prices are inclusive, in minor units of `currency`. */
export interface ProductFilters {
  readonly sourceIds?: readonly string[];
  readonly currency?: string;
  readonly minPriceMinor?: number;
  readonly maxPriceMinor?: number;
  /** true = in stock only, false = all that is not known to be in stock. */
  readonly inStock?: boolean;
}

export interface ProductSearch {
  /** In the words of a person; null or blank = browse, newest first. */
  readonly query: string | null;
  readonly filters: ProductFilters;
  /** 1..100 */
  readonly limit: number;
  /** `nextCursor` of the answer before. */
  readonly cursor: string | null;
}

/** What a list shows of a product. Amounts are minor units of `currency`; `lastSeenAt` is ISO 8601. */
export interface ProductHit {
  readonly id: string;
  readonly sourceId: string;
  readonly url: string;
  readonly title: string;
  readonly brand: string | null;
  readonly images: readonly string[];
  readonly priceMinor: number | null;
  readonly oldPriceMinor: number | null;
  readonly highPriceMinor: number | null;
  readonly currency: string | null;
  readonly availability: Availability | null;
  readonly missing: readonly string[];
  readonly lastSeenAt: string;
  /** Higher is nearer to the query; null when browsing. */
  readonly score: number | null;
}

export interface SearchResult {
  readonly items: readonly ProductHit[];
  readonly nextCursor: string | null;
  readonly mode: 'hybrid' | 'text' | 'browse';
}

interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

type Row = Omit<ProductHit, 'priceMinor' | 'oldPriceMinor' | 'highPriceMinor'> & {
  readonly priceMinor: string | null;
  readonly oldPriceMinor: string | null;
  readonly highPriceMinor: string | null;
  readonly position: string;
};

const COLUMNS = `id, source_id as "sourceId", url, title, brand, images, price_minor::text as "priceMinor",
  old_price_minor::text as "oldPriceMinor", high_price_minor::text as "highPriceMinor", currency, availability, missing,
  to_char(last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastSeenAt"`;

/**
 * Products that are not gone, nearest to the query first; without a query the newest first.
 * Products with every word of the query come before those with some of them.
 * @throws DomainError invalid-cursor
 */
export async function searchProducts(em: SqlEntityManager, search: ProductSearch): Promise<SearchResult> {
  const query = search.query?.trim().replaceAll('ё', 'е').replaceAll('Ё', 'Е') ?? '';
  const mode = query === '' ? 'browse' : 'text';
  const ranked = mode === 'browse' ? browse(search.filters) : fullText(query, search.filters);
  const after = search.cursor === null ? null : readCursor(search.cursor);
  const keyset = after === null ? '' : 'where (position, id) < (?::text collate "C", ?::uuid)';
  const rows = await em.execute<Row[]>(
    `select * from (${ranked.text}) as hit ${keyset} order by position desc, id desc limit ?`,
    [...ranked.values, ...(after ?? []), search.limit + 1],
  );
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  const more = rows.length > search.limit && last !== undefined;
  return { items: page.map(toHit), nextCursor: more ? toCursor(last) : null, mode };
}

function browse(filters: ProductFilters): Sql {
  const { text, values } = conditions(filters);
  const seen = `to_char(first_seen_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') collate "C"`;
  return { text: `select ${COLUMNS}, null as score, ${seen} as position from product where ${text}`, values };
}

/** `position` puts all-words before some-words, then rank; it is text so that a page can start exactly after it. */
function fullText(query: string, filters: ProductFilters): Sql {
  const { text, values } = conditions(filters);
  const words = `select websearch_to_tsquery('russian', ?) || websearch_to_tsquery('simple', ?) as all_words,
    replace(plainto_tsquery('russian', ?)::text, '&', '|')::tsquery as some_words, ? as strict`;
  const rank = `(search_text @@ all_words)::int + ts_rank_cd(search_text, all_words || some_words, 32)::numeric(9, 8)`;
  return {
    text: `select *, to_char(score, 'FM0.00000000') collate "C" as position from (
        select ${COLUMNS}, (${rank})::float8 as score from product, (${words}) as words
        where (search_text @@ all_words or (not strict and search_text @@ some_words)) and ${text}) as found`,
    // A query with operators means what it says: a product that has only some of it is none.
    values: [query, query, query, /(^|\s)-\S|"/.test(query), ...values],
  };
}

function conditions({ sourceIds, currency, minPriceMinor, maxPriceMinor, inStock }: ProductFilters): Sql {
  const all: [string, ...unknown[]][] = [['gone_at is null']];
  if (sourceIds !== undefined)
    all.push(['source_id in (select jsonb_array_elements_text(?::jsonb)::uuid)', JSON.stringify(sourceIds)]);
  if (currency !== undefined) all.push(['currency = ?', currency]);
  if (minPriceMinor !== undefined) all.push(['price_minor >= ?', minPriceMinor]);
  if (maxPriceMinor !== undefined) all.push(['price_minor <= ?', maxPriceMinor]);
  if (inStock === true) all.push([`availability = 'in_stock'`]);
  if (inStock === false) all.push([`availability is distinct from 'in_stock'`]);
  return { text: all.map(([sql]) => sql).join(' and '), values: all.flatMap(([, ...values]) => values) };
}

const toHit = (row: Row): ProductHit => ({
  ...row,
  priceMinor: asNumber(row.priceMinor),
  oldPriceMinor: asNumber(row.oldPriceMinor),
  highPriceMinor: asNumber(row.highPriceMinor),
});

const asNumber = (text: string | null): number | null => (text === null ? null : Number(text));

const toCursor = ({ position, id }: Row): string => Buffer.from(`${position} ${id}`).toString('base64url');

function readCursor(cursor: string): readonly [position: string, id: string] {
  const match = /^(\d[\d.]*) ([\da-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, position, id] = match ?? [];
  if (position === undefined || id === undefined)
    throw new DomainError('invalid-cursor', 'take `nextCursor` of the answer before, as it is');
  return [position, id];
}
