import type { SqlEntityManager } from '@mikro-orm/sql';
import { embedLexically } from '../../domain/recommend/lexical-embedder.ts';
import type { KnownWord } from '../../domain/recommend/spelling.ts';
import type { CatalogueStatistics } from '../../domain/recommend/text-score.ts';
import type { QueryEmbedder, VectorKind } from '../../domain/recommend/vector-space.ts';
import type { EmbeddingSpace } from '../entities/embedding-space.ts';
import { loadLexicon, type StoredLexicon } from './lexicon.ts';
import { servingSpaces } from './vector-spaces.ts';

export interface QueryVector {
  readonly space: EmbeddingSpace;
  readonly vector: Float32Array;
  /** Cosine of the query and the space's mean vector, -1..1. */
  readonly background: number;
}

export interface QueryVectors extends Readonly<Partial<Record<VectorKind, QueryVector>>> {
  readonly statistics: CatalogueStatistics;
  /** To guess misspelt words from. */
  readonly vocabulary: readonly KnownWord[];
  /** The embedding model was asked and gave no usable answer. */
  readonly failed: boolean;
}

/** Before the first snapshot: a small catalogue of short pages. */
const UNKNOWN: CatalogueStatistics = { documents: 1_000, fieldLengths: { A: 8, B: 3, C: 15, D: 40 } };

/** The query in each space that serves; a kind without a space, or without an answer of its model, is left out. */
export async function queryVectors(
  em: SqlEntityManager,
  query: string,
  embedder: QueryEmbedder | null,
): Promise<QueryVectors> {
  const spaces = await servingSpaces(em);
  const lexicon = await loadLexicon(em, spaces.lexical?.lexiconVersion ?? 0);
  const lexical = lexicalVector(query, spaces.lexical, lexicon);
  const semantic = await semanticVector(query, spaces.semantic, embedder);
  return {
    statistics: lexicon ?? UNKNOWN,
    vocabulary: lexicon?.vocabulary ?? [],
    failed: semantic === 'failed',
    ...(lexical !== null && { lexical }),
    ...(typeof semantic === 'object' && { semantic }),
  };
}

function lexicalVector(
  query: string,
  space: EmbeddingSpace | undefined,
  lexicon: StoredLexicon | null,
): QueryVector | null {
  const vector = lexicon === null ? null : embedLexically(query, lexicon);
  return space === undefined || vector === null ? null : { space, vector, background: backgroundOf(space, vector) };
}

async function semanticVector(
  query: string,
  space: EmbeddingSpace | undefined,
  embedder: QueryEmbedder | null,
): Promise<QueryVector | 'failed' | 'absent'> {
  const model = space?.model ?? null;
  if (space === undefined || model === null || embedder === null) return 'absent';
  try {
    const vector = await embedder.embedQuery(query, model);
    return { space, vector, background: backgroundOf(space, vector) };
  } catch {
    return 'failed'; // the search goes on without it, and says so
  }
}

/** Vectors are compared by direction, so the query's length is divided out; the mean's is what tells how alike all are. */
function backgroundOf({ centroid }: EmbeddingSpace, vector: Float32Array): number {
  const mean = (centroid ?? '').slice(1, -1).split(',').map(Number);
  if (mean.length !== vector.length) return 0;
  let product = 0;
  let squares = 0;
  vector.forEach((value, place) => {
    product += value * (mean[place] ?? 0);
    squares += value * value;
  });
  return squares === 0 ? 0 : product / Math.sqrt(squares);
}
