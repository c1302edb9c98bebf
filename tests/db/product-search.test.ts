import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filterSql, type ProductFilters } from '../../db/repositories/search-filters.ts';
import { searchProducts, type ProductSearch } from '../../db/repositories/product-search.ts';
import { nearestExactly, nearestProducts } from '../../db/repositories/search-vectors.ts';
import { buildVectorIndex, dropVectorIndex, hasVectorIndex } from '../../db/repositories/vector-index.ts';
import { servingSpaces } from '../../db/repositories/vector-spaces.ts';
import { createEmbedder } from '../../providers/openai/embedder.ts';
import { startOpenAiSandbox, type OpenAiSandbox } from '../../sandbox/openai/server.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { indexProducts, storeProducts } from '../support/indexing.ts';
import { sampleProducts } from '../support/sample-products.ts';

const model = { model: 'sandbox', dimensions: 64, queryPrefix: '', passagePrefix: '' };
let database: TestDatabase;
let api: OpenAiSandbox;
let embedder: ReturnType<typeof createEmbedder>;
beforeAll(async () => {
  [database, api] = await Promise.all([startDatabase(), startOpenAiSandbox({ dimensions: 64 })]);
  embedder = createEmbedder({ baseUrl: api.baseUrl, apiKey: null, model });
  await storeProducts(database.orm, sampleProducts());
  await indexProducts(database.orm);
  await indexProducts(database.orm, embedder);
});
afterAll(async () => {
  await Promise.all([database.stop(), api.stop()]);
});

const em = () => database.orm.em.fork();
const search = async (changes: Partial<ProductSearch>) =>
  await searchProducts(em(), { query: null, filters: {}, limit: 20, cursor: null, ...changes });
const titles = async (changes: Partial<ProductSearch>) => (await search(changes)).items.map(({ title }) => title);

async function allPages(changes: Partial<ProductSearch>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await search({ ...changes, cursor, limit: 7 });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

describe('pages', () => {
  test.each([{ query: null }, { query: 'набор' }, { query: 'чай' }])(
    'of $query go on where the last ended',
    async ({ query }) => {
      const ids = await allPages({ query });
      expect(ids.length).toBeGreaterThan(7);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.slice(0, 20)).toEqual((await search({ query })).items.map(({ id }) => id));
    },
  );

  test('of words and meaning too', async () => {
    const ids = await allPages({ query: 'чай', embedder });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(100);
  });

  test('a cursor of another list, or no cursor at all, is refused', async () => {
    const { nextCursor } = await search({ limit: 1 });
    await expect(search({ query: 'чай', cursor: nextCursor })).rejects.toMatchObject({ code: 'invalid-cursor' });
    await expect(search({ query: 'чай', cursor: 'x' })).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});

describe('modes', () => {
  test('without an embedding model words and spelling make the order', async () => {
    expect(await search({ query: 'чай' })).toMatchObject({ mode: 'lexical', degraded: false, reason: null });
  });

  test('with one, words and meaning', async () => {
    expect(await search({ query: 'чай', embedder })).toMatchObject({ mode: 'hybrid', degraded: false });
  });

  test('a model that fails is done without, visibly', async () => {
    api.inject({ kind: 'status', status: 500 });
    const found = await search({ query: 'настольная игра', embedder });
    expect(found).toMatchObject({ mode: 'lexical', degraded: true });
    expect(found.items[0]?.title).toMatch(/Настольная игра/);
  });

  test('a phrase or an excluded word means exactly what it says', async () => {
    const found = await search({ query: 'чай -молочный', embedder });
    expect(found.mode).toBe('text');
    expect(found.items.map(({ title }) => title)).not.toContain('Чай «Молочный улун»');
    expect(await titles({ query: '"рыжий кот"' })).toEqual(['Набор для вышивания «Рыжий кот на подоконнике»']);
  });
});

describe('filters are hard', () => {
  test('also for products that only vectors find', async () => {
    const filters = { currency: 'RUB', maxPriceMinor: 100_000, inStock: true };
    const found = await search({ query: 'чай', embedder, filters, limit: 100 });
    expect(found.items.length).toBeGreaterThan(20);
    for (const { currency, priceMinor, availability } of found.items) {
      expect([currency, availability]).toEqual(['RUB', 'in_stock']);
      expect(priceMinor).toBeLessThanOrEqual(100_000);
    }
  });

  test('a product that is gone is not found', async () => {
    const [product] = (await search({ query: 'укулеле' })).items;
    await em().execute('update product set gone_at = now() where id = ?', [product?.id]);
    expect(await titles({ query: 'укулеле' })).not.toContain(product?.title);
    await em().execute('update product set gone_at = null where id = ?', [product?.id]);
  });
});

test.each(["'", '\\', "o'neil \\ 'x", '()', '& | !', ':*', '%_', '\u0000чай', '💐', 'a'.repeat(500)])(
  'the query %j is only text',
  async (query) => {
    await expect(search({ query, embedder })).resolves.toBeDefined();
  },
);

describe('the index of a space and its sketches', () => {
  const nearest = async (filters: ProductFilters, by: typeof nearestProducts, limit = 20) => {
    const { semantic } = await servingSpaces(em());
    if (semantic === undefined) throw new Error('no semantic space');
    const vector = await embedder.embedQuery('мягкая игрушка кот', model);
    const found = await by(em(), { space: semantic, vector, filter: filterSql(filters), limit });
    return found.map(({ id }) => id);
  };
  beforeAll(async () => {
    const { semantic } = await servingSpaces(em());
    if (semantic === undefined) throw new Error('no semantic space');
    await buildVectorIndex(em(), semantic);
    await buildVectorIndex(em(), semantic);
  });

  test.each<ProductFilters>([{}, { currency: 'RUB' }, { currency: 'RUB', maxPriceMinor: 100_000 }, { inStock: false }])(
    'find what an exact scan finds, filtered by %j',
    async (filters) => {
      const exact = await nearest(filters, nearestExactly);
      expect(exact.length).toBeGreaterThan(0);
      expect((await nearest(filters, nearestProducts)).toSorted()).toEqual(exact.toSorted());
    },
  );

  test('a filter that passes nothing finds nothing', async () => {
    expect(await nearest({ currency: 'CHF' }, nearestProducts)).toEqual([]);
  });

  test('a product is found by the price it has now, and not when it is gone', async () => {
    const dear = { currency: 'RUB', minPriceMinor: 77_000_000 };
    const [id] = await nearest({}, nearestProducts, 1);
    expect(await nearest(dear, nearestProducts)).toEqual([]);
    const [{ price }] = await em().execute<[{ price: number }]>(
      'select price_minor::int as price from product where id = ?',
      [id],
    );
    await em().execute('update product set price_minor = 77000001 where id = ?', [id]);
    expect(await nearest(dear, nearestProducts)).toEqual([id]);
    await em().execute('update product set gone_at = now() where id = ?', [id]);
    expect(await nearest(dear, nearestProducts)).toEqual([]);
    await em().execute('update product set gone_at = null, price_minor = ? where id = ?', [price, id]);
  });

  test('an index that is dropped is not used', async () => {
    const { semantic, lexical } = await servingSpaces(em());
    const exact = await nearest({}, nearestExactly);
    await dropVectorIndex(em(), semantic?.name ?? '');
    expect(await hasVectorIndex(em(), semantic?.name ?? '')).toBe(false);
    expect(await nearest({}, nearestProducts)).toEqual(exact);
    expect(lexical).toBeDefined();
  });
});
