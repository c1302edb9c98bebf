import type { SqlEntityManager } from '@mikro-orm/sql';
import type { QueryTerm, TextField, TextMatch } from '../../domain/recommend/text-score.ts';
import type { Sql } from './search-filters.ts';

/** A query as the full-text index reads it. */
export interface TextQuery {
  readonly terms: readonly QueryTerm[];
  /** Set for a query with a phrase or an excluded word, which means exactly what it says. */
  readonly strict: string | null;
}

/** Best matches that are scored, at most. */
const CANDIDATES = 400;
/** With so many products that have every word, those with only some of them are not looked for. */
const ENOUGH = 100;
/** A word in more products than that is common, however many they are. */
const COUNTED = 10_000;

const quotedLexeme = String.raw`'''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || ''''`;

/** Reads a query: its words as stems and as they are written, and in how many products each is. */
export async function readTextQuery(em: SqlEntityManager, query: string): Promise<TextQuery> {
  const rows = await em.execute<{ position: number; lexeme: string; products: number; isStem: boolean }[]>(
    `with word as materialized (
       select lexeme, positions[1]::int as position, true as "isStem" from unnest(to_tsvector('russian', ?))
       union all select lexeme, positions[1]::int, false from unnest(to_tsvector('simple', ?))
     ), counted as materialized (
       select lexeme, (select count(*)::int from (
         select from product where search_text @@ (${quotedLexeme})::tsquery limit ${COUNTED}) as hit) as products
       from (select distinct lexeme from word) as once)
     select position, lexeme, "isStem", products from word join counted using (lexeme) order by position, lexeme`,
    [query, query],
  );
  const byPosition = Map.groupBy(rows, ({ position }) => position);
  const terms = [...byPosition.values()].map((words) => ({
    lexemes: [...new Set(words.map(({ lexeme }) => lexeme))],
    products: Math.max(...words.map(({ products }) => products)),
    isStop: words.every(({ isStem }) => !isStem),
  }));
  return {
    terms: terms.filter(({ products, isStop }) => products > 0 || !isStop),
    strict: /(^|\s)-\S|"/.test(query) ? await strictQuery(em, query) : null,
  };
}

async function strictQuery(em: SqlEntityManager, query: string): Promise<string> {
  const sql = `select (websearch_to_tsquery('russian', ?) || websearch_to_tsquery('simple', ?))::text as strict`;
  const [row] = await em.execute<{ strict: string }[]>(sql, [query, query]);
  return row?.strict ?? '';
}

/** Products with every known word of the query and, when they are few, products with some of its words. */
export async function matchTexts(
  em: SqlEntityManager,
  { terms, strict }: TextQuery,
  filter: Sql,
): Promise<TextMatch[]> {
  const lexemes = terms.flatMap((term) => term.lexemes);
  if (strict !== null) return await matches(em, { query: strict, lexemes }, filter);
  const known = terms.filter(({ products }) => products > 0);
  if (known.length === 0) return [];
  const every = await matches(em, { query: known.map(anyOf).join(' & '), lexemes }, filter);
  if (known.length === 1 || every.length >= ENOUGH) return every;
  const some = await matches(em, { query: telling(known).map(anyOf).join(' | '), lexemes }, filter);
  const seen = new Set(every.map(({ id }) => id));
  return [...every, ...some.filter(({ id }) => !seen.has(id))];
}

const anyOf = ({ lexemes }: QueryTerm): string => `(${lexemes.map(quoted).join(' | ')})`;

/** Words that tell products apart: a product with a common word alone is never among the best. */
function telling(terms: readonly QueryTerm[]): readonly QueryTerm[] {
  const rare = terms.filter(({ products }) => products < COUNTED);
  return rare.length === 0 ? terms : rare;
}

const quoted = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

interface Matching {
  readonly query: string;
  readonly lexemes: readonly string[];
}

type MatchRow = Pick<TextMatch, 'id'> & Record<TextField, number> & { readonly hits: TextMatch['hits'] | null };

/** Postgres' own rank chooses the candidates; their words are counted for a better one. */
async function matches(em: SqlEntityManager, { query, lexemes }: Matching, filter: Sql): Promise<TextMatch[]> {
  const length = (field: TextField) => `length(ts_filter(search_text, '{${field}}')) as "${field}"`;
  const rows = await em.execute<MatchRow[]>(
    `with query as (select ?::tsquery as words), candidate as materialized (
       select product.id, search_text from product, query where search_text @@ words and ${filter.text}
       order by ts_rank('{0.3, 0.2, 0.3, 1}', search_text, words, 1) desc, product.id limit ${CANDIDATES})
     select id, ${length('A')}, ${length('B')}, ${length('C')}, ${length('D')}, (
         select jsonb_object_agg(lexeme, array_to_string(weights, '')) from unnest(search_text)
         where lexeme in (select jsonb_array_elements_text(?::jsonb))) as hits
     from candidate`,
    [query, ...filter.values, JSON.stringify(lexemes)],
  );
  return rows.map(({ id, hits, ...lengths }) => ({ id, hits: hits ?? {}, lengths }));
}
