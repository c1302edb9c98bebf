import { embeddingSettings } from '../../../config/embedding.ts';
import { parseConfig } from '../../../config/env.ts';
import { searchProducts } from '../../../db/repositories/product-search.ts';
import type { QueryEmbedder } from '../../../domain/recommend/vector-space.ts';
import { createEmbedder } from '../../../providers/openai/embedder.ts';
import { startDatabase, type TestDatabase } from '../../support/database.ts';
import { indexProducts, storeProducts } from '../../support/indexing.ts';
import { labelledId, readRelevanceData, type RelevanceData } from '../icecat-data.ts';
import { relevanceOf, type Relevance } from '../relevance.ts';
import type { SuiteResult } from '../suite.ts';

/** Deep enough that ten judged products are among them. */
const ASKED = 100;
/** A query passes when its ranking is at least half as good as the best possible one. */
const PASSES = 0.5;

/**
 * Relevance of our own search over a folder of products, queries and labels; queries without a relevant product pass when
 * nothing is answered. With an embedding API in the environment the hybrid mode is measured too.
 */
export async function run(folder: string): Promise<SuiteResult> {
  const data = readRelevanceData(folder);
  const settings = embeddingSettings(parseConfig(process.env));
  const database = await startDatabase();
  try {
    await storeProducts(database.orm, data.products);
    await indexProducts(database.orm);
    const lexical = await measure({ database, data, embedder: null, mode: 'lexical' });
    if (settings === null) return lexical;
    const embedder = createEmbedder(settings);
    await indexProducts(database.orm, embedder);
    return both(lexical, await measure({ database, data, embedder, mode: 'hybrid' }));
  } finally {
    await database.stop();
  }
}

const both = (lexical: SuiteResult, hybrid: SuiteResult): SuiteResult => ({
  passed: lexical.passed + hybrid.passed,
  failed: lexical.failed + hybrid.failed,
  failures: [...lexical.failures, ...hybrid.failures],
  lines: [...(lexical.lines ?? []), ...(hybrid.lines ?? [])],
});

interface Measuring {
  readonly database: TestDatabase;
  readonly data: RelevanceData;
  readonly embedder: QueryEmbedder | null;
  readonly mode: 'lexical' | 'hybrid';
}

async function measure({ database, data, embedder, mode }: Measuring): Promise<SuiteResult> {
  const found: Relevance[] = [];
  const failures: string[] = [];
  let none = 0;
  let empty = 0;
  for (const { id, query } of data.queries) {
    const search = { query, filters: {}, limit: ASKED, cursor: null, embedder };
    const { items } = await searchProducts(database.orm.em.fork(), search);
    const relevance = relevanceOf(
      items.map(({ url }) => labelledId(url)),
      data.labels.get(id) ?? new Map(),
    );
    if (relevance === null) {
      none += 1;
      if (items.length === 0) empty += 1;
      else failures.push(`${mode} ${id} «${query}»: ${items[0]?.title ?? ''}, expected nothing`);
    } else {
      found.push(relevance);
      if (relevance.ndcg < PASSES) failures.push(`${mode} ${id} «${query}»: nDCG@10 ${relevance.ndcg.toFixed(3)}`);
    }
  }
  return {
    passed: data.queries.length - failures.length,
    failed: failures.length,
    failures,
    lines: [
      `${mode} nDCG@10 ${mean(found.map(({ ndcg }) => ndcg))}`,
      `${mode} judged-only ${mean(found.map(({ judgedOnly }) => judgedOnly))}`,
      `${mode} nothing found ${empty} (of ${none} queries without a relevant product)`,
    ],
  };
}

const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)).toFixed(3);
