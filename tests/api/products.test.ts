import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { voteGone } from '../../db/repositories/products.ts';
import { addProducts, addSource, pick, startApi, type Reply, type TestApi } from './support.ts';

let api: TestApi;
let shop: string;
let otherShop: string;
beforeAll(async () => {
  api = await startApi();
  shop = await addSource(api, 'Shop');
  otherShop = await addSource(api, 'Other shop');
  await addProducts(api, shop, [
    { title: 'Кружка с котом', priceMinor: 79_000, oldPriceMinor: 99_000, brand: 'Керамика' },
    { title: 'Ёлочная игрушка', priceMinor: 45_050 },
    { title: 'Кружка и блюдце', priceMinor: 249_000, availability: 'out_of_stock' },
    { title: 'Плед шерстяной', priceMinor: null, currency: null, missing: ['price'], images: [] },
  ]);
  await addProducts(api, otherShop, [
    { title: 'Cat mug', priceMinor: 1250, currency: 'USD', language: 'en' },
    { title: 'Wooden chess set', priceMinor: 8999, currency: 'USD', language: 'en', availability: null },
    { title: 'Vanished lamp', url: 'https://shop.example/gone', currency: 'USD' },
  ]);
  for (let votes = 0; votes < 2; votes += 1) await voteGone(api.em(), otherShop, ['https://shop.example/gone']);
});
afterAll(async () => {
  await api.stop();
});

const titles = ({ json }: Pick<Reply, 'json'>): string[] => {
  const text = JSON.stringify(json);
  return [...text.matchAll(/"title":"([^"]+)"/g)].map(([, title = '']) => title);
};
const search = async (query: string): Promise<Reply> => await api.call('GET', `/api/products?${query}`);

const itemOf = async (title: string): Promise<unknown> => {
  const items = pick(await search('limit=100'), 'items');
  return Array.isArray(items) ? items.find((item) => titles({ json: item })[0] === title) : undefined;
};
const idOf = async (title: string): Promise<string> => z.object({ id: z.string() }).parse(await itemOf(title)).id;

describe('search', () => {
  test('without words shows what is there, without what is gone', async () => {
    const reply = await search('');
    expect(pick(reply, 'mode')).toBe('browse');
    expect(titles(reply)).toHaveLength(6);
    expect(titles(reply)).not.toContain('Vanished lamp');
  });

  test.each([
    ['кружки', ['Кружка с котом', 'Кружка и блюдце']],
    ['елочные игрушки', ['Ёлочная игрушка']],
    ['mugs', ['Cat mug']],
    ['chess', ['Wooden chess set']],
    ['самолёт', []],
  ])('«%s» finds %j, also before any vector is made', async (query, found) => {
    const reply = await search(`query=${encodeURIComponent(query)}`);
    expect(titles(reply).sort()).toEqual([...found].sort());
  });

  test('puts products with every word before those with some of them', async () => {
    const reply = await search(`query=${encodeURIComponent('кружка кот')}`);
    expect(titles(reply)).toEqual(['Кружка с котом', 'Кружка и блюдце']);
  });

  test('-word means without it', async () => {
    const reply = await search(`query=${encodeURIComponent('кружка -кот')}`);
    expect(titles(reply)).toEqual(['Кружка и блюдце']);
  });

  test.each(['"', '-', '!!', '&|!():*', "'; drop table product; --", '%', 'a'.repeat(500)])(
    'takes «%s» without harm',
    async (query) => {
      expect((await search(`query=${encodeURIComponent(query)}`)).status).toBe(200);
    },
  );

  test('filters by source, currency, price and stock', async () => {
    expect(titles(await search(`source=${otherShop}`)).sort()).toEqual(['Cat mug', 'Wooden chess set']);
    expect(titles(await search(`source=${otherShop}&source=${shop}`))).toHaveLength(6);
    expect(titles(await search('currency=RUB&maxPrice=450.50'))).toEqual(['Ёлочная игрушка']);
    expect(titles(await search('currency=RUB&minPrice=790&maxPrice=2000'))).toEqual(['Кружка с котом']);
    expect(titles(await search('currency=RUB&inStock=false'))).toEqual(['Кружка и блюдце']);
    expect(titles(await search('currency=USD&inStock=true'))).toEqual(['Cat mug']);
  });

  test.each<readonly [query: string, path: string, message: unknown]>([
    ['minPrice=10', 'minPrice', 'needs currency beside it'],
    ['currency=RUB&maxPrice=10.555', 'maxPrice', 'RUB has 2 decimals'],
    ['currency=RUB&maxPrice=cheap', 'maxPrice', 'must be an amount in major units such as 1500 or 99.90'],
    ['currency=RUB&minPrice=20&maxPrice=10', 'minPrice', 'must not be above maxPrice'],
    ['inStock=yes', 'inStock', expect.any(String)],
    ['limit=0', 'limit', 'must be at least 1'],
    ['source=shop', 'source.0', expect.any(String)],
  ])('%s is refused', async (query, path, message) => {
    expect(await search(query)).toMatchObject({ status: 422, json: { errors: [{ in: 'query', path, message }] } });
  });

  test.each(['', `query=${encodeURIComponent('кружка mug игрушка')}&`])(
    'pages of «%s» are complete and without repeats',
    async (query) => {
      const whole = titles(await search(query));
      const paged: string[] = [];
      let cursor = '';
      do {
        const reply = await search(`${query}limit=1${cursor}`);
        paged.push(...titles(reply));
        const next = pick(reply, 'nextCursor');
        cursor = typeof next === 'string' ? `&cursor=${next}` : '';
      } while (cursor !== '');
      expect(paged).toEqual(whole);
    },
  );

  test('an item has amounts in major units, its photo, its source and what it lacks', async () => {
    expect(await itemOf('Кружка с котом')).toMatchObject({
      price: { amount: '790.00', currency: 'RUB' },
      oldPrice: { amount: '990.00', currency: 'RUB' },
      image: 'https://shop.example/1.jpg',
      source: { id: shop, name: 'Shop' },
      missing: [],
    });
    expect(await itemOf('Плед шерстяной')).toMatchObject({ price: null, image: null, missing: ['price'] });
  });
});

describe('one product', () => {
  test('has all its fields with where they were found', async () => {
    const id = await idOf('Wooden chess set');
    expect(await api.call('GET', `/api/products/${id}`)).toMatchObject({
      status: 200,
      json: {
        id,
        title: 'Wooden chess set',
        provenance: { title: { from: 'json-ld', confidence: 0.9 } },
        attributes: {},
        goneAt: null,
      },
    });
    expect((await api.call('GET', `/api/products/${randomUUID()}`)).status).toBe(404);
  });

  test('keeps the history of its price', async () => {
    await addProducts(api, otherShop, [{ title: 'Cat mug', priceMinor: 990, currency: 'USD', language: 'en' }]);
    const id = await idOf('Cat mug');
    const first = await api.call('GET', `/api/products/${id}/prices?limit=1`);
    expect(first.json).toMatchObject({ items: [{ price: { amount: '12.50', currency: 'USD' } }] });
    const rest = await api.call('GET', `/api/products/${id}/prices?cursor=${String(pick(first, 'nextCursor'))}`);
    expect(rest.json).toMatchObject({
      items: [{ price: { amount: '9.90', currency: 'USD' }, availability: 'in_stock' }],
      nextCursor: null,
    });
  });
});
