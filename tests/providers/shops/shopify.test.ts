import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CrawlBatch } from '../../../activities/catalog/crawl-batch.ts';
import { insertCrawl } from '../../../db/repositories/crawls.ts';
import { addPages } from '../../../db/repositories/frontier.ts';
import { putSource } from '../../../db/repositories/sources.ts';
import { shopify } from '../../../providers/shops/adapters/shopify.ts';
import { createFetcher } from '../../../providers/shops/fetch/fetcher.ts';
import type { Fetcher } from '../../../providers/shops/fetch/fetch-options.ts';
import { createRobotsReader } from '../../../providers/shops/robots-reader.ts';
import { createShopReader } from '../../../providers/shops/shop-reader.ts';
import { startPlatformShop, type PlatformShop } from '../../../sandbox/platform-shop.ts';
import { startDatabase, type TestDatabase } from '../../support/database.ts';
import { sourceConfig } from '../../support/scripted-shop.ts';

let shop: PlatformShop;
let fetcher: Fetcher;
let database: TestDatabase;
beforeAll(async () => {
  [shop, database] = await Promise.all([startPlatformShop({ products: 205, perPage: 20 }), startDatabase()]);
  fetcher = createFetcher({ userAgent: 'GiftyBot/0.1', allow: [shop.host] });
});
afterAll(async () => {
  await fetcher.close();
  await Promise.all([shop.stop(), database.stop()]);
});

const configOf = (startUrl: string) => sourceConfig({ adapter: 'shopify', startUrls: [startUrl], currency: 'EUR' });
const seedsOf = (startUrl: string) =>
  createShopReader(fetcher)
    .seeds(configOf(startUrl))
    .pages.map(({ url }) => url);
const read = (products: unknown) => {
  const url = 'https://shop.example/products.json?limit=250&page=3';
  const text = () => JSON.stringify({ products });
  return shopify.read({ url, text }, { url, kind: 'api', config: configOf('https://shop.example/') });
};

test('any page of the shop leads to its feed, a collection to its own', () => {
  expect(seedsOf('https://shop.example/')).toEqual(['https://shop.example/products.json?limit=250&page=1']);
  expect(seedsOf('https://shop.example/en-gb/collections/gifts?sort=new')).toEqual([
    'https://shop.example/en-gb/collections/gifts/products.json?limit=250&page=1',
  ]);
});

test('a whole crawl by pages of which nobody says how many there are: every product once, with price and stock', async () => {
  const em = () => database.orm.em.fork();
  const config = configOf(`${shop.url}/`);
  const crawl = { sourceId: randomUUID(), crawlId: randomUUID(), mode: 'full' as const };
  await putSource(em(), { sourceId: crawl.sourceId, name: 'platform', config, state: 'active' });
  await insertCrawl(em(), crawl);
  const deps = { orm: database.orm, shops: createShopReader(fetcher), robots: createRobotsReader(fetcher, 'GiftyBot') };
  const pages = deps.shops.seeds(config).pages.map((page) => ({ ...page, depth: 0, barren: 0 }));
  await addPages(em(), crawl, pages);
  const run = { crawl, config, token: randomUUID(), allowance: 1_000, signal: new AbortController().signal };
  await new CrawlBatch(deps, run).run();
  const stored = await em().execute<Record<string, unknown>[]>(
    `select count(*)::int as products, count(*) filter (where price_minor is not null and currency = 'EUR')::int as priced,
       count(*) filter (where availability = 'out_of_stock')::int as sold_out from product`,
  );
  expect(stored).toEqual([{ products: 205, priced: 205, sold_out: 29 }]);
  expect(shop.asked.filter((path) => path !== '/robots.txt')).toHaveLength(12);
});

test('sizes are variants, the cheapest in stock is the price, what it cost before is kept', () => {
  const variant = (title: string, price: string, available: boolean) => ({ title, sku: title, price, available });
  const { products, reason } = read([
    {
      title: 'Mug &amp; saucer',
      handle: 'mug',
      body_html: '<p>Blue</p>',
      vendor: '',
      variants: [
        variant('S', '5.00', false),
        { ...variant('M', '8.00', true), compare_at_price: '12.00' },
        variant('L', '11.00', true),
      ],
      images: [{ src: '//cdn.example/1.jpg' }, { src: 'https://cdn.example/2.jpg' }],
    },
    { handle: 'untitled' },
  ]);
  expect(reason).toBe('1 items without a title or a handle');
  expect(products).toHaveLength(1);
  expect(products[0]).toMatchObject({
    url: 'https://shop.example/products/mug',
    page: {
      title: { value: 'Mug & saucer', from: 'api' },
      description: { value: 'Blue' },
      price: { value: { amount: '8.00', currency: 'EUR' } },
      highPrice: { value: { amount: '11.00' } },
      oldPrice: { value: { amount: '12.00' } },
      availability: { value: 'in_stock' },
      images: { value: ['https://cdn.example/2.jpg'] },
    },
  });
  expect(products[0]?.page.variants?.value.map(({ name, availability }) => [name, availability])).toEqual([
    ['S', 'out_of_stock'],
    ['M', 'in_stock'],
    ['L', 'in_stock'],
  ]);
});

test('the next page follows each page that holds something, and none follows an empty one', () => {
  expect(read([{ title: 'a', handle: 'a' }]).links).toEqual([
    { url: 'https://shop.example/products.json?limit=250&page=4', kind: 'api', continues: true },
  ]);
  expect(read([]).links).toEqual([]);
});

test('an answer that is no feed is a failed visit; try it shows what a feed yields', async () => {
  const config = configOf(`${shop.url}/`);
  const reader = createShopReader(fetcher);
  const signal = new AbortController().signal;
  const url = `${shop.url}/products.json?page=1&limit=250`;
  const tried = await reader.tryPage({ url, config }, signal);
  expect(tried).toMatchObject({ status: 200, kind: 'listing', reason: '20 products' });
  expect(tried.product?.title?.value).toBe('Hand-made gift no. 1');
  expect(tried.links.products).toHaveLength(20);
  expect(await reader.tryPage({ url: `${shop.url}/closed`, config }, signal)).toMatchObject({
    status: 404,
    product: null,
  });
  const bodies = { url, contentType: 'text/html', bytes: Buffer.from('<html>closed</html>') };
  expect(await reader.reread(bodies, { url, kind: 'api', config })).toEqual({
    outcome: 'failed',
    reason: 'the answer is not a list of products',
  });
});
