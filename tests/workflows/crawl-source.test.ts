import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCrawlActivities } from '../../activities/catalog/crawls.ts';
import type { Visit, VisitRequest } from '../../activities/ports.ts';
import { cancelCrawl, crawlProgress, pauseCrawl, resumeCrawl, startCrawl } from '../../client/crawls.ts';
import { crawlWorkflowId, type CrawlReport } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { link, listing, productPage, scriptedShop, sourceConfig } from '../support/scripted-shop.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';
import type { crawlSource } from '../../workflows/index.ts';

let database: TestDatabase;
let env: TestWorkflowEnvironment;
let indexingRequests = 0;
beforeAll(async () => {
  [database, env] = await Promise.all([startDatabase(), startTemporal()]);
});
afterAll(async () => {
  await Promise.all([database.stop(), env.teardown()]);
});

const rows = async (sql: string) => await database.orm.em.fork().execute<Record<string, unknown>[]>(sql);

async function addSource(config: Partial<SourceConfig> = {}): Promise<string> {
  const sourceId = randomUUID();
  await rows('delete from source');
  await putSource(database.orm.em.fork(), { sourceId, name: sourceId, config: sourceConfig(config), state: 'active' });
  return sourceId;
}

async function crawl(sourceId: string, mode: 'full' | 'discovery' | 'deep' = 'full'): Promise<CrawlReport> {
  await startCrawl(env.client, { sourceId, crawlId: randomUUID(), mode });
  return await env.client.workflow.getHandle<typeof crawlSource>(crawlWorkflowId(sourceId)).result();
}

async function withShop(
  answer: (path: string, request: VisitRequest) => Visit | Promise<Visit>,
  fn: (visited: string[]) => Promise<void>,
): Promise<void> {
  const { visited, ...ports } = scriptedShop(answer);
  const requestIndexing = () => Promise.resolve(void (indexingRequests += 1));
  const activities = { ...createCrawlActivities({ orm: database.orm, ...ports }), requestIndexing };
  await withWorkers(env, activities, async () => await fn(visited));
}

const threeProducts = (path: string): Visit => {
  if (path === '/') return listing(link('/p/1', 'product'), link('/p/2', 'product'), link('/?page=2', 'listing', true));
  if (path === '/?page=2') return listing(link('/p/3', 'product'), link('/', 'listing'));
  return productPage(path, '10.50');
};

test('walks the catalogue, opens each product once and stores it with its first price', async () => {
  const sourceId = await addSource();
  await withShop(threeProducts, async (visited) => {
    const requestsBefore = indexingRequests;
    const report = await crawl(sourceId);
    expect(indexingRequests).toBe(requestsBefore + 1);
    expect(report).toMatchObject({ state: 'completed', fetched: 5, products: 3, created: 3, changed: 0, failed: 0 });
    expect([...visited].sort()).toEqual(['/', '/?page=2', '/p/1', '/p/2', '/p/3']);
    expect(await rows('select url, price_minor::int, currency, missing from product order by url')).toEqual(
      [1, 2, 3].map((n) => ({ url: `http://shop.test/p/${n}`, price_minor: 1050, currency: 'EUR', missing: [] })),
    );
    expect(await rows('select count(*)::int from price_change')).toEqual([{ count: 3 }]);
  });
});

test('a second crawl writes history only for what changed, and keeps what others added', async () => {
  const sourceId = await addSource();
  let price = '10.50';
  const shop = (path: string): Visit => (path === '/p/1' ? productPage(path, price) : threeProducts(path));
  await withShop(shop, async () => {
    await crawl(sourceId);
    await rows(`insert into product_vector (product_id, space, text_hash, embedding)
      select id, 'test', text_hash, '[1,2]' from product`);
    price = '9.00';
    expect(await crawl(sourceId)).toMatchObject({ products: 3, created: 0, changed: 1 });
    expect(await rows('select count(*)::int from price_change')).toEqual([{ count: 4 }]);
    expect(await rows('select count(*)::int from product_vector')).toEqual([{ count: 3 }]);
  });
});

test('a page that fails is tried three times, then left with its reason, and the crawl goes on', async () => {
  const sourceId = await addSource();
  const shop = (path: string): Visit =>
    path === '/p/2' ? { outcome: 'failed', reason: 'status 500' } : threeProducts(path);
  await withShop(shop, async (visited) => {
    expect(await crawl(sourceId)).toMatchObject({ state: 'completed', products: 2, failed: 1 });
    expect(visited.filter((path) => path === '/p/2')).toHaveLength(3);
    expect(await rows(`select url, reason from frontier_page where state = 'failed'`)).toEqual([
      { url: 'http://shop.test/p/2', reason: 'status 500' },
    ]);
  });
});

test('a product is gone only after two crawls in which its own page says so', async () => {
  const sourceId = await addSource();
  let gone = false;
  const shop = (path: string): Visit =>
    gone && path === '/p/1' ? { outcome: 'gone', reason: 'status 404', soft: false } : threeProducts(path);
  const goneUrls = async () => (await rows('select url from product where gone_at is not null')).map(({ url }) => url);
  await withShop(shop, async () => {
    await crawl(sourceId);
    gone = true;
    await crawl(sourceId);
    expect(await goneUrls()).toEqual([]);
    await crawl(sourceId, 'deep');
    expect(await goneUrls()).toEqual(['http://shop.test/p/1']);
    gone = false;
    await crawl(sourceId, 'deep');
    expect(await goneUrls()).toEqual([]);
  });
});

test('a pagination that never ends is left after five pages with nothing new', async () => {
  const sourceId = await addSource();
  const shop = (path: string): Visit => {
    const page = Number(/page=(\d+)/.exec(path)?.[1] ?? '1');
    return path.startsWith('/p/')
      ? productPage(path, '1')
      : listing(link('/p/1', 'product'), link(`/?page=${page + 1}`, 'listing', true));
  };
  await withShop(shop, async (visited) => {
    expect(await crawl(sourceId)).toMatchObject({ state: 'completed', products: 1 });
    expect(visited.length).toBeLessThanOrEqual(9);
  });
});

test('a host that asks to wait is left alone for that long', async () => {
  const sourceId = await addSource();
  let refusals = 1;
  const shop = (path: string): Visit =>
    path === '/p/1' && refusals-- > 0
      ? { outcome: 'wait', reason: 'status 429', retryAfterMs: 300 }
      : threeProducts(path);
  await withShop(shop, async () => {
    const startedAt = performance.now();
    expect(await crawl(sourceId)).toMatchObject({ state: 'completed', products: 3, failed: 0 });
    expect(performance.now() - startedAt).toBeGreaterThan(300);
  });
});

test('discovery leaves product pages for the next deep crawl', async () => {
  const sourceId = await addSource();
  await withShop(threeProducts, async (visited) => {
    expect(await crawl(sourceId, 'discovery')).toMatchObject({ products: 0 });
    expect(visited).toHaveLength(2);
    expect(await crawl(sourceId, 'deep')).toMatchObject({ products: 3 });
    expect(visited).toHaveLength(5);
  });
});

test('a crawl stops at its page limit', async () => {
  const sourceId = await addSource({ limits: { delayMs: 0, concurrency: 1, maxPages: 2, maxDepth: 10 } });
  await withShop(threeProducts, async (visited) => {
    expect(await crawl(sourceId)).toMatchObject({ state: 'completed', fetched: 2 });
    expect(visited).toHaveLength(2);
  });
});

test('pause puts back what is in flight, resume goes on, and the state is seen in between', async () => {
  const sourceId = await addSource({ limits: { delayMs: 0, concurrency: 1, maxPages: 100, maxDepth: 10 } });
  let reached = (): void => undefined;
  const inFlight = new Promise<void>((resolve) => (reached = resolve));
  let hanging = true;
  const shop = async (path: string, { signal }: VisitRequest): Promise<Visit> => {
    if (path === '/p/1' && hanging) {
      reached();
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    }
    return threeProducts(path);
  };
  await withShop(shop, async () => {
    const crawlId = randomUUID();
    await startCrawl(env.client, { sourceId, crawlId, mode: 'full' });
    await inFlight;
    await pauseCrawl(env.client, sourceId);
    await expect
      .poll(async () => await rows(`select state from crawl where id = '${crawlId}'`), { timeout: 10_000 })
      .toEqual([{ state: 'paused' }]);
    expect(await rows(`select count(*)::int from frontier_page where state = 'fetching'`)).toEqual([{ count: 0 }]);
    expect(await crawlProgress(env.client, sourceId)).toMatchObject({ state: 'paused', crawlId });
    hanging = false;
    await resumeCrawl(env.client, sourceId);
    const report = await env.client.workflow.getHandle<typeof crawlSource>(crawlWorkflowId(sourceId)).result();
    expect(report).toMatchObject({ state: 'completed', products: 3 });
  });
});

test('cancel ends the crawl as cancelled and keeps what it found', async () => {
  const sourceId = await addSource({ limits: { delayMs: 0, concurrency: 1, maxPages: 100, maxDepth: 10 } });
  let reached = (): void => undefined;
  const inFlight = new Promise<void>((resolve) => (reached = resolve));
  const shop = async (path: string, { signal }: VisitRequest): Promise<Visit> => {
    if (path === '/p/2') {
      reached();
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    }
    return threeProducts(path);
  };
  await withShop(shop, async () => {
    await startCrawl(env.client, { sourceId, crawlId: randomUUID(), mode: 'full' });
    await inFlight;
    await cancelCrawl(env.client, sourceId);
    const report = await env.client.workflow.getHandle<typeof crawlSource>(crawlWorkflowId(sourceId)).result();
    expect(report.state).toBe('cancelled');
    expect(await rows(`select count(*)::int from frontier_page where state in ('pending', 'fetching')`)).toEqual([
      { count: 0 },
    ]);
  });
});

test('a second start of a running crawl is refused', async () => {
  const sourceId = await addSource();
  await startCrawl(env.client, { sourceId, crawlId: randomUUID(), mode: 'full' });
  await expect(startCrawl(env.client, { sourceId, crawlId: randomUUID(), mode: 'full' })).rejects.toMatchObject({
    code: 'crawl-running',
  });
  await env.client.workflow.getHandle(crawlWorkflowId(sourceId)).terminate();
});
