import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visit } from '../../activities/ports.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { addWatch } from '../../db/repositories/price-watches.ts';
import { shopOf, startCrawlStage, type CrawlStage } from '../support/crawl-stage.ts';
import { listing, productPage } from '../support/scripted-shop.ts';

let stage: CrawlStage;
beforeAll(async () => {
  stage = await startCrawlStage();
});
afterAll(async () => {
  await stage.stop();
});

describe('a shop whose pages changed', () => {
  test('is told of once, with a page that shows it; nothing is gone by its word; it is over when the pages are right', async () => {
    const sourceId = await stage.addSource();
    let answer = (n: number): Visit => productPage(`/p/${n}`, `${n}.00`, `Gift ${n}`);
    const withBody = (visit: Visit): Visit =>
      visit.outcome === 'fetched'
        ? {
            ...visit,
            body: { url: 'http://shop.test/x', contentType: 'text/html', bytes: Buffer.from('<h1>page</h1>') },
          }
        : visit;
    await stage.withShop(
      shopOf(12, (n) => withBody(answer(n))),
      async () => {
        await stage.crawl(sourceId);
        answer = (n) =>
          n === 12 ? { outcome: 'gone', reason: 'status 404', soft: false } : productPage(`/p/${n}`, null, `Gift ${n}`);
        await stage.crawl(sourceId);
        await stage.crawl(sourceId);
        expect(await stage.events('layout-changed')).toMatchObject([
          {
            drops: [
              { field: 'price', share: 0, norm: 1 },
              { field: 'plausible', share: 0 },
            ],
            sample: true,
          },
        ]);
        expect(await stage.rows('select gone_votes from product where gone_votes > 0')).toEqual([]);
        expect(await stage.prices()).toEqual([100]);
        answer = (n) => productPage(`/p/${n}`, `${n}.00`, `Gift ${n} `);
        await stage.crawl(sourceId);
        expect(await stage.rows('select layout_suspect_since from source')).toEqual([{ layout_suspect_since: null }]);
        expect(await stage.rows('select 1 from quarantine')).toEqual([]);
        answer = (n) => productPage(`/p/${n}`, null, `Gift ${n}`);
        await stage.crawl(sourceId);
        expect(await stage.events('layout-changed')).toHaveLength(2);
      },
    );
  });

  test('or shows «not found» on every page with status 200 loses no product', async () => {
    const sourceId = await stage.addSource();
    let down = false;
    const shop = shopOf(12, (n) =>
      down ? { outcome: 'gone', reason: 'soft 404', soft: true } : productPage(`/p/${n}`, '9.00', `Gift ${n}`),
    );
    await stage.withShop(shop, async () => {
      await stage.crawl(sourceId);
      down = true;
      await stage.crawl(sourceId, 'deep');
      await stage.crawl(sourceId, 'deep');
      await stage.crawl(sourceId, 'deep');
      expect(await stage.rows('select 1 from product where gone_at is not null')).toEqual([]);
      expect(await stage.events('layout-changed')).toHaveLength(1);
    });
  });
});

test('a product that is gone is told of once', async () => {
  const sourceId = await stage.addSource();
  let gone = false;
  const shop = shopOf(1, (n) =>
    gone ? { outcome: 'gone', reason: 'status 410', soft: false } : productPage(`/p/${n}`, '9.00', 'Blue mug'),
  );
  await stage.withShop(shop, async () => {
    await stage.crawl(sourceId);
    gone = true;
    for (let times = 0; times < 3; times += 1) await stage.crawl(sourceId, 'deep');
    expect(await stage.events('product-gone')).toMatchObject([{ title: 'Blue mug', url: 'http://shop.test/p/1' }]);
  });
});

test('a source that fails four times in a row is told of once, with the error, and a success mends it', async () => {
  const sourceId = await stage.addSource();
  let down = true;
  const wait: Visit = { outcome: 'wait', reason: 'status 429', retryAfterMs: 1 };
  await stage.withShop(
    () => (down ? wait : listing()),
    async () => {
      for (let times = 0; times < 5; times += 1) await stage.crawl(sourceId);
      const told = await stage.events('source-broken');
      expect(told).toMatchObject([{ failures: 4 }]);
      expect(told[0]?.['error']).toMatch(/status 429/);
      expect(await stage.rows('select state from source')).toEqual([{ state: 'broken' }]);
      down = false;
      await stage.crawl(sourceId);
      expect(await stage.rows('select state, failures from source')).toEqual([{ state: 'active', failures: 0 }]);
    },
  );
});

test('who follows a product is told of a drop and of its return, each once', async () => {
  const sourceId = await stage.addSource();
  let [price, stock]: ['10.00' | '8.00' | '8.10' | '9.00', 'in_stock' | 'out_of_stock'] = ['10.00', 'in_stock'];
  const shop = shopOf(1, (n) => {
    const page = productPage(`/p/${n}`, price, 'Blue mug');
    if (page.outcome !== 'fetched') return page;
    const availability = { value: stock, from: 'json-ld' as const, confidence: 0.9 };
    return {
      ...page,
      bodyHash: price + stock,
      products: page.products.map((found) => ({ ...found, page: { ...found.page, availability } })),
    };
  });
  await stage.withShop(shop, async () => {
    await stage.crawl(sourceId);
    const productId = String((await stage.rows('select id from product'))[0]?.['id']);
    const rule = { belowMinor: 850, dropPercent: null, backInStock: true, currency: 'EUR', hysteresisPercent: 5 };
    await addWatch(stage.em(), { id: randomUUID(), productId }, rule);
    const seen = [['8.00'], ['8.10'], ['8.00'], ['8.00', 'out_of_stock'], ['8.00'], ['9.00'], ['8.00']] as const;
    for (const [nextPrice, nextStock = 'in_stock'] of seen) {
      [price, stock] = [nextPrice, nextStock];
      await stage.crawl(sourceId);
    }
    expect(await stage.events('price-dropped')).toMatchObject([
      { priceMinor: 800, fromMinor: 1000, currency: 'EUR', title: 'Blue mug' },
      { priceMinor: 800, fromMinor: 900 },
    ]);
    expect(await stage.events('back-in-stock')).toHaveLength(1);
  });
});

test('a scheduled deep crawl opens what is due: the never read, the watched, the overdue', async () => {
  const sourceId = await stage.addSource();
  await stage.withShop(
    shopOf(4, (n) => productPage(`/p/${n}`, '9.00', `Gift ${n}`)),
    async (visited) => {
      await stage.crawl(sourceId);
      await stage.rows(`update frontier_page set due_at = now() - interval '1 hour' where url like '%/p/2'`);
      await stage.rows(`update frontier_page set due_at = null where url like '%/p/3'`);
      const [product] = await stage.rows(`select id from product where url like '%/p/4'`);
      const rule = { belowMinor: 1, dropPercent: null, backInStock: false, currency: 'EUR', hysteresisPercent: 5 };
      await addWatch(stage.em(), { id: randomUUID(), productId: String(product?.['id']) }, rule);
      visited.length = 0;
      const options = { workflowId: randomUUID(), taskQueue: TASK_QUEUES.workflows };
      await stage.env.client.workflow.execute('scheduledCrawl', { ...options, args: [{ sourceId, mode: 'deep' }] });
      expect(visited[0]).toBe('/p/4');
      expect([...visited].sort()).toEqual(['/p/2', '/p/3', '/p/4']);
      expect(
        await stage.rows(`select refresh_hours::int as hours from frontier_page where kind = 'product' order by id`),
      ).toEqual([24, 36, 36, 36].map((hours) => ({ hours })));
    },
  );
});
