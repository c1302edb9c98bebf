import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CrawlBatch } from '../../activities/catalog/crawl-batch.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { createOrm } from '../../db/orm.ts';
import { insertCrawl } from '../../db/repositories/crawls.ts';
import { addPages } from '../../db/repositories/frontier.ts';
import { endLeases, renewLease, type LeaseClaim } from '../../db/repositories/host-leases.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { createFetcher } from '../../providers/shops/fetch/fetcher.ts';
import { createRobotsReader } from '../../providers/shops/robots-reader.ts';
import { createShopReader } from '../../providers/shops/shop-reader.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { sourceConfig } from '../support/scripted-shop.ts';

let database: TestDatabase;
/** Each stands for a worker: with connections of its own. */
let workers: MikroORM[];
beforeAll(async () => {
  database = await startDatabase();
  workers = [database.orm, createOrm({ databaseUrl: database.databaseUrl, maxConnections: 4 })];
});
afterAll(async () => {
  await workers[1]?.close();
  await database.stop();
});
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await database.orm.em.fork().execute('delete from source; delete from host_lease; delete from host_budget');
});

interface Sent {
  readonly at: number;
  readonly path: string;
  /** With this one. */
  readonly inFlight: number;
}

/** Counts what is in flight; `robots` is its robots.txt. */
async function startCountingShop({ latencyMs = 20, robots = '' } = {}) {
  const requests: Sent[] = [];
  let inFlight = 0;
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end(robots);
      return;
    }
    inFlight += 1;
    requests.push({ at: performance.now(), path: request.url ?? '', inFlight });
    void sleep(latencyMs).then(() => {
      inFlight -= 1;
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>page</title>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    host: `127.0.0.1:${address.port}`,
    requests,
  };
}

const gaps = (requests: readonly Sent[]) => requests.slice(1).map(({ at }, n) => at - (requests[n]?.at ?? 0));

interface Job {
  readonly worker: number;
  readonly host: string;
  readonly pages: number;
  readonly limits: Partial<SourceConfig['limits']>;
}

/** A source with its crawl, ready to run batches on one worker. */
async function prepare({ worker, host, pages, limits }: Job) {
  const orm = workers[worker] ?? database.orm;
  const [sourceId, crawlId] = [randomUUID(), randomUUID()];
  const config = sourceConfig({ limits: { delayMs: 0, concurrency: 4, maxPages: 1_000, maxDepth: 3, ...limits } });
  const crawl = { sourceId, crawlId, mode: 'full' as const };
  await putSource(orm.em.fork(), { sourceId, name: sourceId, config, state: 'active' });
  await insertCrawl(orm.em.fork(), crawl);
  const urls = Array.from({ length: pages }, (_, n) => `http://${host}/${sourceId}/${n}`);
  await addPages(
    orm.em.fork(),
    crawl,
    urls.map((url) => ({ url, kind: 'product' as const, depth: 0, barren: 0 })),
  );
  const fetcher = createFetcher({ userAgent: 'GiftyBot/0.1', allow: [host] });
  closing.push(() => fetcher.close());
  const deps = { orm, shops: createShopReader(fetcher), robots: createRobotsReader(fetcher, 'GiftyBot/0.1') };
  const batch = (signal = new AbortController().signal) =>
    new CrawlBatch(deps, { crawl, config, token: randomUUID(), allowance: 1_000, signal }).run();
  return { sourceId, crawlId, batch };
}

const pagesDone = async () => {
  const sql = `select count(*)::int as done from frontier_page where state = 'done'`;
  return (await database.orm.em.fork().execute<{ done: number }[]>(sql))[0]?.done;
};

test('two sources on one host and two workers keep to the smaller number of requests in flight', async () => {
  const shop = await startCountingShop();
  const wide = await prepare({ worker: 0, host: shop.host, pages: 120, limits: { concurrency: 8 } });
  const narrow = await prepare({ worker: 1, host: shop.host, pages: 40, limits: { concurrency: 3 } });
  // The narrow one is known of before either sends: from the first request to its last one its limit holds for both.
  await leaseOf({ host: shop.host, crawlId: narrow.crawlId, token: 'before', cap: 3 });
  await endLeases(database.orm.em.fork(), { token: 'before', placeMs: 10_000 });
  await Promise.all([wide.batch(), narrow.batch()]);
  expect(await pagesDone()).toBe(160);
  const both = shop.requests.slice(0, 1 + shop.requests.findLastIndex(({ path }) => path.includes(narrow.sourceId)));
  expect(both.length).toBeGreaterThan(40);
  expect(Math.max(...both.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(3);
  expect(Math.max(...shop.requests.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(8);
});

test('two sources on one host and two workers keep to the longer delay as soon as both send', async () => {
  const shop = await startCountingShop({ latencyMs: 5 });
  const quick = await prepare({ worker: 0, host: shop.host, pages: 12, limits: { delayMs: 50 } });
  const slow = await prepare({ worker: 1, host: shop.host, pages: 6, limits: { delayMs: 250 } });
  await Promise.all([quick.batch(), slow.batch()]);
  expect(await pagesDone()).toBe(18);
  const joined = shop.requests.findIndex(({ path }) => path.includes(slow.sourceId));
  const shared = shop.requests.slice(Math.max(0, joined - 1));
  expect(shared.length).toBeGreaterThanOrEqual(6);
  // Timers of two busy processes are late by different amounts, but by less than what tells the two delays apart.
  expect(Math.min(...gaps(shared))).toBeGreaterThan(150);
  expect(Math.min(...gaps(shop.requests))).toBeGreaterThan(25);
});

test('Crawl-delay holds where it is longer than the source wants, and a turn past the end of the batch is not waited for', async () => {
  const shop = await startCountingShop({ robots: 'User-agent: *\nCrawl-delay: 15\n' });
  const { batch } = await prepare({ worker: 0, host: shop.host, pages: 4, limits: { delayMs: 0 } });
  const stop = new AbortController();
  setTimeout(() => {
    stop.abort();
  }, 1_000);
  await batch(stop.signal);
  expect(shop.requests).toHaveLength(1);
  const { batch: next } = await prepare({ worker: 1, host: shop.host, pages: 2, limits: { delayMs: 60_000 } });
  expect((await next()).waitMs).toBeGreaterThan(10_000);
  expect(shop.requests).toHaveLength(1);
});

const lease: LeaseClaim = {
  host: 'shop.test',
  token: 'a',
  crawlId: randomUUID(),
  cap: 2,
  delayMs: 0,
  slots: 0,
  paceMs: 0,
  leaseMs: 60_000,
};
const leaseOf = async (claim: Partial<LeaseClaim>) => await renewLease(database.orm.em.fork(), { ...lease, ...claim });

test('what a killed worker held comes back when its lease runs out, and not before', async () => {
  expect(await leaseOf({ leaseMs: 400 })).toMatchObject({ slots: 2 });
  const retry = { token: 'b' };
  expect(await leaseOf(retry)).toMatchObject({ slots: 0 });
  await expect.poll(async () => (await leaseOf(retry)).slots, { interval: 50 }).toBe(2);
});
