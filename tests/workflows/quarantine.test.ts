import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shopOf, startCrawlStage, type CrawlStage } from '../support/crawl-stage.ts';
import { productPage } from '../support/scripted-shop.ts';

let stage: CrawlStage;
beforeAll(async () => {
  stage = await startCrawlStage();
});
afterAll(async () => {
  await stage.stop();
});

describe('an implausible price', () => {
  test('of a moment is asked for again in the same crawl and never written', async () => {
    const sourceId = await stage.addSource();
    const answers = ['10.00', '1000.00', '10.00'];
    const shop = shopOf(1, () => productPage('/p/1', answers.shift() ?? '10.00'));
    await stage.withShop(shop, async (visited) => {
      await stage.crawl(sourceId);
      expect(await stage.crawl(sourceId)).toMatchObject({ products: 1, changed: 0 });
      expect(visited.filter((path) => path === '/p/1')).toHaveLength(3);
      expect(await stage.prices()).toEqual([1000]);
      expect(await stage.rows('select 1 from quarantine')).toEqual([]);
      expect(await stage.events('quarantined')).toMatchObject([{ doubt: 'price-jump', priceMinor: 100_000 }]);
    });
  });

  test('that a second fetch confirms is written once; the fetch is the last one and sends no validators', async () => {
    const sourceId = await stage.addSource();
    let price = '10.00';
    const validators: (string | null)[] = [];
    const shop = shopOf(3, (n, { etag }) => {
      const page = productPage(`/p/${n}`, n === 1 ? price : '5.00');
      if (n === 1) validators.push(etag);
      return page.outcome === 'fetched' ? { ...page, etag: `"${n}-${price}"` } : page;
    });
    await stage.withShop(shop, async (visited) => {
      await stage.crawl(sourceId);
      price = '100.00';
      visited.length = 0;
      expect(await stage.crawl(sourceId)).toMatchObject({ state: 'completed', changed: 1 });
      expect(visited.filter((path) => path === '/p/1')).toHaveLength(2);
      expect(visited.at(-1)).toBe('/p/1');
      expect(validators).toEqual([null, '"1-10.00"', null]);
      expect(await stage.prices()).toEqual([1000, 10_000]);
      expect(await stage.rows('select 1 from quarantine')).toEqual([]);
    });
  });

  test('a sale of 70 % is written at once', async () => {
    const sourceId = await stage.addSource();
    let price = '10.00';
    await stage.withShop(
      shopOf(1, () => productPage('/p/1', price)),
      async (visited) => {
        await stage.crawl(sourceId);
        price = '3.00';
        visited.length = 0;
        await stage.crawl(sourceId);
        expect(visited).toEqual(['/', '/p/1']);
        expect(await stage.prices()).toEqual([1000, 300]);
      },
    );
  });
});

test('a price of zero, or one that vanished, waits for another crawl', async () => {
  const sourceId = await stage.addSource();
  let broken: string | null = '10.00';
  const shop = shopOf(2, (n) => productPage(`/p/${n}`, n === 1 ? broken : '5.00'));
  await stage.withShop(shop, async () => {
    await stage.crawl(sourceId);
    for (const answer of ['0.00', null, '0.00']) {
      broken = answer;
      await stage.crawl(sourceId);
      expect(await stage.prices()).toEqual([1000]);
    }
    await stage.crawl(sourceId);
    expect(await stage.prices()).toEqual([1000, 0]);
  });
});

test('a page that shows another product, or a missing one beside a price, keeps the product as it is', async () => {
  const sourceId = await stage.addSource();
  let titles = ['Blue mug', 'Red vase'];
  await stage.withShop(
    shopOf(2, (n) => productPage(`/p/${n}`, '9.00', titles[n - 1])),
    async () => {
      await stage.crawl(sourceId);
      titles = ['Страница не найдена', 'Red vase, large'];
      await stage.crawl(sourceId);
      expect(await stage.rows('select title from product order by url')).toEqual([
        { title: 'Blue mug' },
        { title: 'Red vase, large' },
      ]);
      expect(await stage.events('quarantined')).toMatchObject([{ doubt: 'missing-page' }]);
    },
  );
});

test('a banner price on all pages reaches none of them', async () => {
  const sourceId = await stage.addSource();
  let banner: string | null = null;
  await stage.withShop(
    shopOf(20, (n) => productPage(`/p/${n}`, banner ?? `${20 + n}.00`)),
    async () => {
      await stage.crawl(sourceId);
      banner = '25.00';
      await stage.crawl(sourceId);
      const changed = await stage.rows('select distinct product_id from price_change where previous_minor is not null');
      expect(changed.length).toBeLessThan(4); // the ones seen before it was a pattern
      expect((await stage.rows(`select 1 from quarantine where doubt = 'shared-price'`)).length).toBeGreaterThanOrEqual(
        16,
      );
    },
  );
});
