import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchProducts } from '../../db/repositories/product-search.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { indexProducts, storeProducts } from '../support/indexing.ts';
import { sampleProducts } from '../support/sample-products.ts';
import { MISSPELT_QUERIES, RUSSIAN_QUERIES, UNANSWERABLE_QUERIES } from './russian-queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startDatabase();
  await storeProducts(database.orm, sampleProducts());
  await indexProducts(database.orm);
});
afterAll(async () => {
  await database.stop();
});

async function firstTitles(query: string): Promise<string[]> {
  const search = { query, filters: {}, limit: 3, cursor: null };
  return (await searchProducts(database.orm.em.fork(), search)).items.map(({ title }) => title);
}

test.each(RUSSIAN_QUERIES)('«%s» finds %s', async (query, title) => {
  expect(await firstTitles(query)).toContainEqual(expect.stringMatching(title));
});

test.each(MISSPELT_QUERIES)('misspelt «%s» still finds %s', async (query, title) => {
  expect(await firstTitles(query)).toContainEqual(expect.stringMatching(title));
});

test.each(UNANSWERABLE_QUERIES)('«%s» has no answer, and says so', async (query) => {
  const search = { query, filters: {}, limit: 3, cursor: null };
  expect(await searchProducts(database.orm.em.fork(), search)).toMatchObject({ items: [], reason: 'nothing-near' });
});
