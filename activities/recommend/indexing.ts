import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { lexiconDocuments, loadLexicon, saveLexicon } from '../../db/repositories/lexicon.ts';
import { buildVectorIndex, dropVectorIndex, EXACT_ROWS, isIndexable } from '../../db/repositories/vector-index.ts';
import {
  completeSpace,
  createLexicalSpace,
  createSemanticSpace,
  deleteSpace,
  findSpace,
  newestSpace,
  supersededSpaces,
} from '../../db/repositories/vector-spaces.ts';
import {
  countProducts,
  countStaleProducts,
  countVectors,
  pageOfProducts,
  pageOfStaleProducts,
  storeVectors,
  type IndexableProduct,
} from '../../db/repositories/vectors.ts';
import type { EmbeddingSpace } from '../../db/entities/embedding-space.ts';
import { meaningText, searchableText } from '../../domain/catalog/product-record.ts';
import { countFrequencies, embedLexically, type FrequencyTable } from '../../domain/recommend/lexical-embedder.ts';
import { isOutgrown, semanticSpaceName, type VectorKind } from '../../domain/recommend/vector-space.ts';
import type { CatalogIndexing, Embedder } from '../ports.ts';

export interface IndexDeps {
  readonly orm: MikroORM;
  /** null = no embedding API is configured: lexical vectors only. */
  readonly embedder: Embedder | null;
  readonly indexing: CatalogIndexing;
}

export interface IndexTurn {
  readonly space: string;
  /** The last product of the turn before; null = from the first. */
  readonly after: string | null;
}

export interface IndexProgress {
  readonly indexed: number;
  /** Where to go on; null = the end of the catalogue is reached. */
  readonly after: string | null;
}

const HEARTBEAT_MS = 1_000;
/** One activity works for about so long, so that a stopped worker gives its work back soon. */
const TURN_MS = 20_000;
const BATCH = 50;
const COUNTED_AT_ONCE = 200;

/** Activities that keep every product's vectors up to date; all state is in Postgres, and all are safe to repeat. */
export function createIndexActivities(deps: IndexDeps) {
  const fork = () => deps.orm.em.fork();

  return {
    /** Asks for an indexing of what has changed; whether one is running already makes no difference. */
    async requestIndexing(): Promise<void> {
      await deps.indexing.request('lexical');
      if (deps.embedder !== null) await deps.indexing.request('semantic');
    },

    /**
     * The space that new vectors of this kind go to, made when there is none, when the catalogue has outgrown its
     * lexicon, or when the model has changed; null = nothing to index, or no model.
     */
    async openSpace({ kind }: { readonly kind: VectorKind }): Promise<string | null> {
      return await beating(async () => {
        if (kind === 'lexical') return await openLexicalSpace(fork);
        return deps.embedder === null ? null : await createSemanticSpace(fork(), deps.embedder.model);
      });
    },

    /** Gives vectors to the next products that lack one, for up to 20 s. A space that has been replaced is at its end. */
    async indexProducts({ space, after }: IndexTurn): Promise<IndexProgress> {
      return await beating(() => indexTurn(deps, { space, after }));
    },

    /** Lets queries use the space, with an index when it is large. Returns the spaces that it replaces. */
    async serveSpace({ space }: { readonly space: string }): Promise<string[]> {
      return await beating(async () => {
        const em = fork();
        const found = await findSpace(em, space);
        if (found === null) return [];
        const large = (await countVectors(em, space)) > EXACT_ROWS;
        if (large && isIndexable(found.dimensions)) await buildVectorIndex(em, found);
        await completeSpace(em, space);
        return await supersededSpaces(em, space);
      });
    },

    /** Deletes spaces that were replaced. */
    async dropSpaces({ spaces }: { readonly spaces: readonly string[] }): Promise<void> {
      await beating(async () => {
        for (const space of spaces) {
          await deleteSpace(fork(), space);
          await dropVectorIndex(fork(), space);
        }
      });
    },
  };
}
export type IndexActivities = ReturnType<typeof createIndexActivities>;

async function beating<T>(work: () => Promise<T>): Promise<T> {
  const beat = setInterval(heartbeat, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

type Fork = () => SqlEntityManager;

async function openLexicalSpace(fork: Fork): Promise<string | null> {
  const newest = await newestSpace(fork(), 'lexical');
  if (newest !== null && !(await outgrown(fork(), newest))) return newest.name;
  const table = await countCatalogue(fork);
  if (table.documents === 0) return null;
  return await fork().transactional(async (em) => await createLexicalSpace(em, await saveLexicon(em, table)));
}

/** A space that is not complete yet lacks vectors anyway: there only growth counts. */
async function outgrown(em: SqlEntityManager, { name, lexiconVersion, completedAt }: EmbeddingSpace): Promise<boolean> {
  const documents = await lexiconDocuments(em, lexiconVersion ?? 0);
  if (documents === null) return true;
  const fresh =
    (completedAt ?? null) === null ? (await countProducts(em)) - documents : await countStaleProducts(em, name);
  return isOutgrown(documents, fresh);
}

async function countCatalogue(fork: Fork): Promise<FrequencyTable> {
  let table = countFrequencies([]);
  let after: string | null = null;
  do {
    cancellationSignal().throwIfAborted();
    const page: IndexableProduct[] = await pageOfProducts(fork(), { after, limit: COUNTED_AT_ONCE });
    if (page.length > 0) table = countFrequencies(page.map(searchableText), table);
    after = page.at(-1)?.id ?? null;
  } while (after !== null);
  return table;
}

async function indexTurn(
  { orm, embedder }: IndexDeps,
  { space: name, after: from }: IndexTurn,
): Promise<IndexProgress> {
  const space = await findSpace(orm.em.fork(), name);
  const embed = space === null ? null : await embedding(orm.em.fork(), space, embedder);
  if (embed === null) return { indexed: 0, after: null };
  const until = performance.now() + TURN_MS;
  let indexed = 0;
  let after = from;
  while (performance.now() < until) {
    cancellationSignal().throwIfAborted();
    const em = orm.em.fork();
    const page = await pageOfStaleProducts(em, name, { after, limit: BATCH });
    const last = page.at(-1);
    if (last === undefined) return { indexed, after: null };
    const made = await embed(page);
    const vectors = page.flatMap(({ id, textHash }, place) => {
      const vector = made[place] ?? null;
      return vector === null ? [] : [{ productId: id, textHash, embedding: vector }];
    });
    await storeVectors(em, name, vectors);
    indexed += vectors.length;
    after = last.id;
  }
  return { indexed, after };
}

type Embedding = (products: readonly IndexableProduct[]) => Promise<readonly (Float32Array | null)[]>;

/** How this space's vectors are made; null = not by this process, which has another model now. */
async function embedding(
  em: SqlEntityManager,
  space: EmbeddingSpace,
  embedder: Embedder | null,
): Promise<Embedding | null> {
  if (space.kind === 'lexical') {
    const snapshot = await loadLexicon(em, space.lexiconVersion ?? 0);
    if (snapshot === null) return null;
    return (products) => Promise.resolve(products.map((product) => embedLexically(searchableText(product), snapshot)));
  }
  if (embedder === null || semanticSpaceName(embedder.model) !== space.name) return null;
  return async (products) => await embedder.embedPassages(products.map(meaningText), cancellationSignal());
}
