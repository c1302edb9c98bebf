import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CrawlBatch } from '../../activities/catalog/crawl-batch.ts';
import { insertCrawl } from '../../db/repositories/crawls.ts';
import { addPages } from '../../db/repositories/frontier.ts';
import { blockHost, unblockHost } from '../../db/repositories/hosts.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { createFetcher } from '../../providers/shops/fetch/fetcher.ts';
import { createRobotsReader } from '../../providers/shops/robots-reader.ts';
import { createShopReader } from '../../providers/shops/shop-reader.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { sourceConfig } from '../support/scripted-shop.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(async () => {
  await database.stop();
});
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await database.orm.em.fork().execute('delete from source; delete from host_lease; delete from host_budget');
});

const em = () => database.orm.em.fork();
const sql = async (text: string) => await em().execute<Record<string, unknown>[]>(text);
const block = async (retryAfterMs: number | null) =>
  await blockHost(em(), { host: 'shop.test', reason: 'status 429', retryAfterMs });
const waitIsOver = async () => await sql(`update host_budget set blocked_until = now() - interval '1 second'`);

test('a host that does not say how long is left alone for 30 s, doubled each time, at most an hour, by all workers', async () => {
  const waits: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const { blocks, waitMs } = await block(null);
    expect(blocks).toBe(n + 1);
    const [row] = await sql(`select extract(epoch from blocked_until - now())::float8 as wait from host_budget`);
    // What is stored for the other workers is the same wait.
    expect(Number(row?.['wait'])).toBeCloseTo(waitMs / 1000, 0);
    waits.push(Math.round(waitMs / 1000));
    await waitIsOver();
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
});

test('what the host asks for is obeyed, up to an hour; zero still means slower', async () => {
  expect((await block(120_000)).waitMs).toBeCloseTo(120_000, -2);
  await waitIsOver();
  expect((await block(86_400_000)).waitMs).toBeCloseTo(3_600_000, -2);
  await waitIsOver();
  expect((await block(0)).waitMs).toBeCloseTo(1_000, -2);
});

test('answers to requests that were under way beside the first block count neither as blocks nor as pages', async () => {
  await block(null);
  expect(await block(null)).toMatchObject({ blocks: 1 });
  expect((await block(10)).waitMs).toBeGreaterThan(29_000);
  await unblockHost(em(), 'shop.test');
  expect(await sql('select blocks from host_budget')).toEqual([{ blocks: 1 }]);
  await waitIsOver();
  await unblockHost(em(), 'shop.test');
  expect(await sql('select blocks, block_reason from host_budget')).toEqual([{ blocks: 0, block_reason: null }]);
});

/** Runs one batch of a crawl with `pages` pages against a host that answers so. */
async function batchAgainst(pages: number, answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const host = `127.0.0.1:${address.port}`;
  const fetcher = createFetcher({ userAgent: 'GiftyBot/0.1', allow: [host] });
  closing.push(
    () => fetcher.close(),
    async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  );
  const [sourceId, crawlId] = [randomUUID(), randomUUID()];
  const config = sourceConfig({ limits: { delayMs: 0, concurrency: 2, maxPages: 100, maxDepth: 3 } });
  const crawl = { sourceId, crawlId, mode: 'full' as const };
  await putSource(em(), { sourceId, name: sourceId, config, state: 'active' });
  await insertCrawl(em(), crawl);
  const page = (n: number) => ({ url: `http://${host}/p/${n}`, kind: 'product' as const, depth: 0, barren: 0 });
  await addPages(
    em(),
    crawl,
    Array.from({ length: pages }, (_, n) => page(n)),
  );
  const orm = database.orm;
  const deps = { orm, shops: createShopReader(fetcher), robots: createRobotsReader(fetcher, 'GiftyBot/0.1') };
  const run = { crawl, config, token: randomUUID(), allowance: 100, signal: new AbortController().signal };
  return { asked, batch: () => new CrawlBatch(deps, { ...run, token: randomUUID() }).run() };
}

const noRobots =
  (answer: (response: ServerResponse) => void) => (request: IncomingMessage, response: ServerResponse) =>
    request.url === '/robots.txt' ? void response.writeHead(404).end() : answer(response);
const waiting = async () =>
  (await sql(`select count(*)::int as pages from frontier_page where state = 'pending' and attempts = 0`))[0]?.[
    'pages'
  ];

test('429 with Retry-After: the page waits with all others, untried, and no worker asks before', async () => {
  const { asked, batch } = await batchAgainst(
    5,
    noRobots((response) => response.writeHead(429, { 'retry-after': '7' }).end()),
  );
  const { waitMs, blocked } = await batch();
  expect(blocked).toBeNull();
  expect(waitMs).toBeGreaterThan(6_000);
  expect(waitMs).toBeLessThanOrEqual(7_000);
  expect(await waiting()).toBe(5);
  const before = asked.length;
  expect(before).toBeLessThanOrEqual(3);
  expect((await batch()).waitMs).toBeGreaterThan(5_000);
  expect(asked).toHaveLength(before);
});

test('403 with the mark of a protection holds the host back; a plain 403 is one page that is forbidden', async () => {
  const challenge = '<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>';
  const held = await batchAgainst(
    4,
    noRobots((response) => response.writeHead(403, { 'content-type': 'text/html' }).end(challenge)),
  );
  expect((await held.batch()).waitMs).toBeGreaterThan(25_000);
  expect(await sql(`select block_reason, blocks from host_budget where blocks > 0`)).toEqual([
    { block_reason: 'challenge by cloudflare (status 403)', blocks: 1 },
  ]);
  await sql('delete from source');
  const forbidden = await batchAgainst(
    3,
    noRobots((response) => response.writeHead(403, { 'content-type': 'text/html' }).end('no')),
  );
  expect(await forbidden.batch()).toEqual({ waitMs: 0, blocked: null });
  expect(await sql(`select distinct state, reason from frontier_page`)).toEqual([
    { state: 'skipped', reason: 'status 403' },
  ]);
});

test.each([500, 503, 429])(
  'robots.txt with status %i: nothing else is asked, and the host is left alone',
  async (status) => {
    const { asked, batch } = await batchAgainst(3, (_request, response) => response.writeHead(status).end());
    expect((await batch()).waitMs).toBeGreaterThan(25_000);
    expect(asked).toEqual(['/robots.txt']);
    expect((await batch()).waitMs).toBeGreaterThan(25_000);
    expect(asked).toEqual(['/robots.txt']);
    expect(await waiting()).toBe(3);
    expect(await sql('select blocks, block_reason from host_budget')).toEqual([
      { blocks: 1, block_reason: `robots.txt: status ${status}` },
    ]);
  },
);

test('robots.txt without any answer is asked again when the wait is over, and rules that came meanwhile hold', async () => {
  let down = true;
  const { asked, batch } = await batchAgainst(2, (request, response) => {
    if (down) response.destroy();
    else if (request.url === '/robots.txt') response.end('User-agent: *\nDisallow: /p/1\n');
    else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>page</title>');
  });
  expect((await batch()).waitMs).toBeGreaterThan(25_000);
  down = false;
  await sql(`update host_budget set blocked_until = now(), robots_fetched_at = now() - interval '31 seconds'`);
  expect(await batch()).toEqual({ waitMs: 0, blocked: null });
  expect(asked.filter((path) => path.startsWith('/p/'))).toEqual(['/p/0']);
  expect(await sql(`select reason from frontier_page where state = 'skipped'`)).toEqual([{ reason: 'robots.txt' }]);
});

test('a host that blocks six times in a row ends the crawl with its reason', async () => {
  const { batch } = await batchAgainst(
    2,
    noRobots((response) => response.writeHead(429, { 'retry-after': '1' }).end()),
  );
  for (let n = 0; n < 5; n += 1) {
    expect((await batch()).blocked).toBeNull();
    await waitIsOver();
  }
  expect((await batch()).blocked).toMatch(/asked to wait 6 times in a row: rate-limited/);
});
