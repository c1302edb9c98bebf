/**
 * One test for each fault of the catalogue that this project set out to beat. Some are proven elsewhere, too:
 * 6 in tests/db/product-search.test.ts («the index of a space finds what an exact scan finds»), 7 in
 * tests/workflows/index-catalog.test.ts, 8 by SIGKILL in tests/faults/crawl.test.ts.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoundProduct, Visit } from '../../activities/ports.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { searchProducts } from '../../db/repositories/product-search.ts';
import { confirmProducts, upsertProducts, voteGone } from '../../db/repositories/products.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { buildVectorIndex, dropVectorIndex } from '../../db/repositories/vector-index.ts';
import { findSpace } from '../../db/repositories/vector-spaces.ts';
import { countStaleProducts } from '../../db/repositories/vectors.ts';
import { shopOf, startCrawlStage, type CrawlStage } from '../support/crawl-stage.ts';
import { indexProducts } from '../support/indexing.ts';
import { productRecord } from '../support/product-record.ts';
import { link, listing, productPage, sourceConfig } from '../support/scripted-shop.ts';

let stage: CrawlStage;
beforeAll(async () => {
  stage = await startCrawlStage();
});
afterAll(async () => {
  await stage.stop();
});

const search = async (query: string, maxPriceMinor?: number) =>
  await searchProducts(stage.em(), {
    ...{ query, limit: 5, cursor: null },
    filters: maxPriceMinor === undefined ? {} : { currency: 'EUR', maxPriceMinor },
  });
const count = async (from: string): Promise<unknown> =>
  (await stage.rows(`select count(*)::int as count from ${from}`))[0]?.['count'];
const mug = (n: number, amount = `${n}.00`): Visit => productPage(`/p/${n}`, amount, `Blue mug ${n}`);

test('3: a crawl that finds a new price keeps the vectors and every other column that others filled', async () => {
  const sourceId = await stage.addSource();
  let price = '9.00';
  await stage.withShop(
    shopOf(2, (n) => mug(n, n === 1 ? price : '5.00')),
    async () => {
      await stage.crawl(sourceId);
      const space = await indexProducts(stage.orm);
      const before = await stage.rows(
        'select product_id, space, text_hash, embedding::text from product_vector order by 1',
      );
      const identity = await stage.rows('select id, text_hash, first_seen_at from product order by id');
      price = '8.00';
      expect(await stage.crawl(sourceId)).toMatchObject({ changed: 1 });
      expect(
        await stage.rows('select product_id, space, text_hash, embedding::text from product_vector order by 1'),
      ).toEqual(before);
      expect(await stage.rows('select id, text_hash, first_seen_at from product order by id')).toEqual(identity);
      expect(await countStaleProducts(stage.em(), space)).toBe(0);
    },
  );
});

test('4: what a crawl stores is found by words at once and waits for its vectors by itself', async () => {
  const sourceId = await stage.addSource();
  await stage.withShop(
    shopOf(3, (n) => mug(n)),
    async () => {
      await stage.crawl(sourceId);
      expect((await search('blue mug')).items).toHaveLength(3);
      const space = await indexProducts(stage.orm);
      expect(await countStaleProducts(stage.em(), space)).toBe(0);
      expect(await count('product_vector')).toBe(3);
    },
  );
});

describe('5: what is not seen is not gone', () => {
  test('a crawl of one source leaves the products of others alone', async () => {
    const sourceId = await stage.addSource();
    const other = randomUUID();
    await putSource(stage.em(), { sourceId: other, name: 'other', config: sourceConfig(), state: 'active' });
    const url = 'http://shop.test/p/1'; // the same address, in another source
    await upsertProducts(stage.em(), other, [
      productRecord({ url, title: 'Blue mug 1', priceMinor: 100, currency: 'EUR' }),
    ]);
    await stage.withShop(
      shopOf(1, () => ({ outcome: 'gone', reason: 'status 404', soft: false })),
      async () => {
        for (let times = 0; times < 3; times += 1) await stage.crawl(sourceId);
        expect(await count(`product where gone_at is not null or gone_votes > 0`)).toBe(0);
      },
    );
  });

  test.each([500, 404, 429])('a catalogue page that answers %i is no end of the catalogue', async (status) => {
    const sourceId = await stage.addSource();
    let broken = false;
    const failed: Visit =
      status === 404
        ? { outcome: 'gone', reason: 'status 404', soft: false }
        : { outcome: 'failed', reason: `status ${status}` };
    const shop = (path: string): Visit => {
      if (path === '/') return listing(link('/p/1', 'product'), link('/?page=2', 'listing', true));
      if (path === '/?page=2') return broken ? failed : listing(link('/p/2', 'product'));
      return mug(Number(path.slice(3)));
    };
    await stage.withShop(shop, async () => {
      await stage.crawl(sourceId);
      broken = true;
      for (let times = 0; times < 3; times += 1) expect(await stage.crawl(sourceId)).toMatchObject({ products: 2 });
      expect(await count('product where gone_at is null')).toBe(2);
    });
  });

  test('40,000 addresses in one statement are no failure', async () => {
    const sourceId = await stage.addSource();
    const urls = Array.from({ length: 40_000 }, (_, n) => `http://shop.test/p/${n}`);
    await upsertProducts(stage.em(), sourceId, [productRecord({ url: urls[39_999] ?? '', title: 'Last' })]);
    await voteGone(stage.em(), sourceId, urls);
    expect(await count('product where gone_votes = 1')).toBe(1);
    await confirmProducts(stage.em(), sourceId, urls);
    expect(await count('product where gone_votes = 0')).toBe(1);
  });
});

test('6: the price is a filter of the search and not of its first results, and no migration costs the vector index', async () => {
  const sourceId = await stage.addSource();
  const near = Array.from({ length: 400 }, (_, n) =>
    productRecord({
      url: `http://shop.test/p/${n}`,
      title: 'Blue mug blue mug',
      priceMinor: 10_000 + n,
      currency: 'EUR',
    }),
  );
  const cheap = productRecord({
    url: 'http://shop.test/cheap',
    title: 'Blue mug with a saucer and a spoon',
    priceMinor: 500,
    currency: 'EUR',
  });
  await upsertProducts(stage.em(), sourceId, [...near, cheap]);
  const space = await findSpace(stage.em(), await indexProducts(stage.orm));
  expect((await search('blue mug', 1_000)).items.map(({ url }) => url)).toEqual([cheap.url]);
  if (space === null) throw new Error('no space');
  await buildVectorIndex(stage.em(), space);
  const indexes = `pg_indexes where tablename = 'product_vector' and indexdef like '%hnsw%'`;
  expect(await count(indexes)).toBe(1);
  await stage.orm.migrator.up();
  expect(await count(indexes)).toBe(1);
  // Whoever drops it all the same: each indexing looks after it.
  await dropVectorIndex(stage.em(), space.name);
  await buildVectorIndex(stage.em(), space);
  expect(await count(indexes)).toBe(1);
});

test('7: without a model nothing is stored as a vector, and the search goes on by words', async () => {
  const sourceId = await stage.addSource();
  await stage.rows('delete from embedding_space');
  await stage.withShop(
    shopOf(1, (n) => mug(n)),
    async () => {
      await stage.crawl(sourceId);
      const down = {
        model: { model: 'down', dimensions: 8, queryPrefix: '', passagePrefix: '' },
        embedPassages: () => Promise.reject(new Error('connection refused')),
      };
      await expect(indexProducts(stage.orm, down)).rejects.toThrow('connection refused');
      expect(await count('product_vector')).toBe(0);
      expect((await search('mug')).items).toHaveLength(1);
    },
  );
});

describe('8: no work is lost', () => {
  test('an item without a name or with a price that is none does not take the others with it', async () => {
    const sourceId = await stage.addSource();
    const item = (name: string, page: FoundProduct['page']): FoundProduct => ({
      url: `http://shop.test/${name}`,
      page,
    });
    const found = <T>(value: T) => ({ value, from: 'api' as const, confidence: 1 });
    const page = mug(1);
    if (page.outcome !== 'fetched') throw new Error('no page');
    const products = [
      item('nameless', { price: found({ amount: '5.00', currency: 'EUR' }) }),
      item('unpriced', { title: found('No price') }),
      item('priced', { title: found('With price'), price: found({ amount: '5.00', currency: 'EUR' }) }),
    ];
    await stage.withShop(
      () => ({ ...page, products }),
      async () => {
        expect(await stage.crawl(sourceId)).toMatchObject({ state: 'completed', products: 2, failed: 0 });
        expect(await stage.rows('select title, price_minor::int as price from product order by title')).toEqual([
          { title: 'No price', price: null },
          { title: 'With price', price: 500 },
        ]);
      },
    );
  });

  test('a write that fails is repeated with its pages, and each product is stored once', async () => {
    const sourceId = await stage.addSource();
    await stage.rows(`create function fail() returns trigger language plpgsql as $$
      begin raise exception 'disk full'; end $$`);
    await stage.rows('create trigger fail before insert on price_change execute function fail()');
    await stage.withShop(
      shopOf(5, (n) => mug(n)),
      async (visited) => {
        const crawl = stage.crawl(sourceId);
        await expect.poll(() => visited.length, { timeout: 20_000 }).toBeGreaterThan(6);
        expect(await count('product')).toBe(0);
        await stage.rows('drop trigger fail on price_change');
        expect(await crawl).toMatchObject({ state: 'completed', products: 5, created: 5 });
        expect([await count('product'), await count('price_change')]).toEqual([5, 5]);
      },
    );
  });
});

test('9: three schedules that fire at once crawl a source once, and no page is fetched twice', async () => {
  const sourceId = await stage.addSource();
  await stage.withShop(
    shopOf(20, (n) => mug(n)),
    async (visited) => {
      const args = [{ sourceId, mode: 'discovery' as const, againAfterMs: 50 }];
      const options = () => ({ workflowId: randomUUID(), taskQueue: TASK_QUEUES.workflows, args });
      // Either may reach the server first.
      const both = await Promise.allSettled([stage.crawl(sourceId), stage.crawl(sourceId)]);
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'crawl-running' });
      expect(visited).toHaveLength(21);
      await Promise.all([1, 2, 3].map(() => stage.env.client.workflow.execute('scheduledCrawl', options())));
      expect(visited.filter((path) => path.startsWith('/p/'))).toHaveLength(20);
      expect(await count(`crawl where state = 'running'`)).toBe(0);
    },
  );
});
