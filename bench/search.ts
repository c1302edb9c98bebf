/**
 * npm run bench -- search [--products 20000] [--queries 200] [--database-url postgres://…]: nearest products against an
 * exact scan, and whole searches. Without a URL an embedded Postgres is used; with one, an EMPTY database with pgvector.
 */
import { parseArgs } from 'node:util';
import { searchProducts } from '../db/repositories/product-search.ts';
import { filterSql, type ProductFilters } from '../db/repositories/search-filters.ts';
import { nearestExactly, nearestProducts } from '../db/repositories/search-vectors.ts';
import { servingSpaces } from '../db/repositories/vector-spaces.ts';
import { createOrm } from '../db/orm.ts';
import { startDatabase } from '../tests/support/database.ts';
import { DIMENSIONS, fillCatalogue, HIGHEST_PRICE_MINOR } from './search/catalogue.ts';
import { createSampler } from './search/sample.ts';

const { values } = parseArgs({
  options: {
    products: { type: 'string', default: '20000' },
    queries: { type: 'string', default: '200' },
    'database-url': { type: 'string' },
  },
});
const TOP = 10;
const NEIGHBOURS = 100;
const SHARES = [1, 0.5, 0.1, 0.01] as const;

async function openDatabase(databaseUrl: string | undefined) {
  if (databaseUrl === undefined) return await startDatabase();
  const orm = createOrm({ databaseUrl });
  await orm.migrator.up();
  return { orm, stop: async () => await orm.close() };
}

const filtersOf = (share: number): ProductFilters =>
  share === 1 ? {} : { currency: 'RUB', maxPriceMinor: Math.round(HIGHEST_PRICE_MINOR * share) - 1 };

const at = (times: readonly number[], share: number): string =>
  ([...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);

const database = await openDatabase(values['database-url']);
try {
  const em = database.orm.em.fork();
  const sampler = createSampler(DIMENSIONS, 1);
  const filledAt = performance.now();
  const stored = await fillCatalogue(database.orm, sampler, Number(values.products));
  console.log(
    `${values.products} products, ${DIMENSIONS} dimensions: filled in ${Math.round((performance.now() - filledAt) / 1000)} s`,
  );
  const { semantic: space } = await servingSpaces(em);
  if (space === undefined) throw new Error('nothing serves');
  const queries = stored.slice(0, Number(values.queries)).map((vector) => sampler.near(vector));
  const rows: Record<string, string>[] = [];
  for (const share of SHARES) {
    const filters = filtersOf(share);
    const times: number[] = [];
    const whole: number[] = [];
    let right = 0;
    for (const [place, vector] of queries.entries()) {
      const query = { space, vector, filter: filterSql(filters), limit: NEIGHBOURS };
      const exact = await nearestExactly(em, { ...query, limit: TOP });
      const startedAt = performance.now();
      const found = await nearestProducts(em, query);
      times.push(performance.now() - startedAt);
      const ids = new Set(found.slice(0, TOP).map(({ id }) => id));
      right += exact.filter(({ id }) => ids.has(id)).length / Math.max(1, exact.length);
      const search = { query: `gift ${place} word${place % 17}`, filters, limit: 20, cursor: null };
      const searchedAt = performance.now();
      await searchProducts(em, { ...search, embedder: { embedQuery: () => Promise.resolve(vector) } });
      whole.push(performance.now() - searchedAt);
    }
    rows.push({
      filter: share === 1 ? 'none' : `${share * 100} %`,
      'recall@10': (right / queries.length).toFixed(3),
      'nearest p50 ms': at(times, 0.5),
      'nearest p99 ms': at(times, 0.99),
      'search p50 ms': at(whole, 0.5),
      'search p99 ms': at(whole, 0.99),
    });
  }
  console.table(rows);
} finally {
  await database.stop();
}
