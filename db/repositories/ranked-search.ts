import type { SqlEntityManager } from '@mikro-orm/sql';
import { isAnsweredByWords, isNearInMeaning, isNearInSpelling } from '../../domain/recommend/nearness.ts';
import { fuseRanks, type FusedRank, type RankedList } from '../../domain/recommend/rank-fusion.ts';
import { likelyWords, type KnownWord } from '../../domain/recommend/spelling.ts';
import { rankTexts, type QueryTerm, type TextRank } from '../../domain/recommend/text-score.ts';
import type { QueryEmbedder } from '../../domain/recommend/vector-space.ts';
import { queryVectors, type QueryVector, type QueryVectors } from './query-vectors.ts';
import type { Sql } from './search-filters.ts';
import { matchTexts, readTextQuery, type TextQuery } from './search-text.ts';
import { nearestProducts, type Neighbour } from './search-vectors.ts';

export interface RankedSearch {
  readonly query: string;
  readonly filter: Sql;
  readonly embedder: QueryEmbedder | null;
}

export interface RankedProducts {
  /** Best first; empty = nothing is near. */
  readonly products: readonly FusedRank[];
  /** `hybrid` = words and meaning, `lexical` = words and spelling, `text` = words alone. */
  readonly mode: 'hybrid' | 'lexical' | 'text';
  /** The embedding model did not answer: the order is made without it. */
  readonly degraded: boolean;
}

const NEIGHBOURS = 100;
/** With so many products found by words, spelling has nothing to add. */
const ENOUGH_BY_WORDS = 20;
/** Fills the end of the list and changes nothing before it. */
const FILL = 0.01;
/** Of products named by every word of a query beside a model's neighbours, which weigh 1. */
const WORDS = 1.25;

/**
 * Ranks products by words (BM25F) and by meaning, fused by reciprocal rank; few words found are filled up by spelling.
 * Words that the catalogue does not know are read as the known ones they may be meant for.
 */
export async function rankProducts(em: SqlEntityManager, search: RankedSearch): Promise<RankedProducts> {
  const read = await readTextQuery(em, search.query);
  // A phrase or an excluded word means exactly what it says; vectors would not keep to it.
  if (read.strict !== null) return await exactly(em, read, search.filter);
  const vectors = await queryVectors(em, search.query, search.embedder);
  const query = {
    ...read,
    terms: read.terms.map((term) => corrected(term, vectors.vocabulary)),
    known: read.terms.filter(({ products }) => products > 0).length,
  };
  const [matches, meaning] = await Promise.all([
    matchTexts(em, query, search.filter),
    neighbours(em, vectors.semantic, search.filter),
  ]);
  const words = rankTexts(matches, query.terms, vectors.statistics);
  const spelling = words.length >= ENOUGH_BY_WORDS ? [] : await spelt(em, vectors, { words, filter: search.filter });
  const found = isAnsweredByWords(words, query) || isMeant(vectors.semantic, meaning[0]) || spelling.length > 0;
  const products = found ? fuseRanks(listsOf(words, meaning, spelling)) : [];
  return { products, mode: modeOf(vectors), degraded: vectors.failed };
}

/** Beside a model's neighbours products count by words when they have every word; those with some only fill. */
function listsOf(
  words: readonly TextRank[],
  meaning: readonly Neighbour[],
  spelling: readonly Neighbour[],
): RankedList[] {
  const whole = meaning.length === 0 ? [] : words.filter(({ isWhole }) => isWhole);
  const counted = whole.length === 0 ? words : whole;
  const seen = new Set([...idsOf(counted), ...idsOf(meaning)]);
  return [
    { ids: idsOf(counted), weight: WORDS },
    { ids: idsOf(meaning), weight: 1 },
    { ids: idsOf([...words, ...spelling]).filter((id) => !seen.has(id)), weight: FILL },
  ];
}

const idsOf = (ranked: readonly { readonly id: string }[]): string[] => ranked.map(({ id }) => id);

function modeOf({ semantic, lexical }: QueryVectors): RankedProducts['mode'] {
  if (semantic !== undefined) return 'hybrid';
  return lexical === undefined ? 'text' : 'lexical';
}

async function exactly(em: SqlEntityManager, query: TextQuery, filter: Sql): Promise<RankedProducts> {
  const matches = await matchTexts(em, query, filter);
  const { statistics } = await queryVectors(em, '', null);
  const products = fuseRanks([{ ids: idsOf(rankTexts(matches, query.terms, statistics)), weight: 1 }]);
  return { products, mode: 'text', degraded: false };
}

function corrected(term: QueryTerm, vocabulary: readonly KnownWord[]): QueryTerm {
  if (term.products > 0) return term;
  const likely = likelyWords(term.lexemes[0] ?? '', vocabulary);
  if (likely.length === 0) return term;
  return { lexemes: likely.map(({ word }) => word), products: Math.max(...likely.map(({ products }) => products)) };
}

async function neighbours(em: SqlEntityManager, query: QueryVector | undefined, filter: Sql): Promise<Neighbour[]> {
  return query === undefined ? [] : await nearestProducts(em, { ...query, filter, limit: NEIGHBOURS });
}

function isMeant(query: QueryVector | undefined, nearest: Neighbour | undefined): boolean {
  return query !== undefined && nearest !== undefined && isNearInMeaning(nearest.similarity, query.background);
}

interface Spelt {
  readonly words: readonly TextRank[];
  readonly filter: Sql;
}

/** Products spelt like the query that its words did not find. */
async function spelt(em: SqlEntityManager, { lexical }: QueryVectors, { words, filter }: Spelt): Promise<Neighbour[]> {
  const known = new Set(idsOf(words));
  const near = await neighbours(em, lexical, filter);
  return near.filter(({ id, similarity }) => !known.has(id) && isNearInSpelling(similarity));
}
