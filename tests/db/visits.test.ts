import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { insertCrawl } from '../../db/repositories/crawls.ts';
import { addKnownPages, addPages, claimPages, type ClaimedPage } from '../../db/repositories/frontier.ts';
import { addWatch } from '../../db/repositories/price-watches.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { recordVisits, type PageVisit, type VisitScope } from '../../db/repositories/visits.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { productRecord } from '../support/product-record.ts';
import { sourceConfig } from '../support/scripted-shop.ts';

let database: TestDatabase;
let sourceId: string;
let crawlId: string;
beforeAll(async () => {
  database = await startDatabase();
});
beforeEach(async () => {
  await em().execute('delete from source');
  sourceId = randomUUID();
  await putSource(em(), { sourceId, name: 'Shop', config: sourceConfig(), state: 'active' });
  crawlId = await begin();
});
afterAll(async () => {
  await database.stop();
});

const em = () => database.orm.em.fork();
const url = 'http://shop.test/p/1';
const count = async (table: string): Promise<number> =>
  (await em().execute<{ count: number }[]>(`select count(*)::int as count from ${table}`))[0]?.count ?? -1;

async function begin(): Promise<string> {
  const id = randomUUID();
  const scope = { sourceId, crawlId: id, mode: 'full' as const };
  await insertCrawl(em(), scope);
  await addPages(em(), scope, [{ url, kind: 'product', depth: 0, barren: 0 }]);
  await addKnownPages(em(), scope, ['product']);
  return id;
}

async function claim(token: string): Promise<ClaimedPage> {
  const [page] = await claimPages(em(), { crawlId, token, limit: 1 });
  if (page === undefined) throw new Error('nothing to claim');
  return page;
}

const scope = (token: string, confirmAfterMs = 0): VisitScope => ({
  sourceId,
  crawlId,
  mode: 'full',
  token,
  confirmAfterMs,
});
const visitOf = ({ id, refreshHours }: ClaimedPage, priceMinor: number): PageVisit => ({
  ...{
    pageId: id,
    kind: 'product',
    outcome: 'fetched',
    reason: null,
    etag: '"1"',
    lastModified: null,
    bodyHash: 'hash',
  },
  ...{ barren: 0, refreshHours, links: [], url, softGone: false, raw: null },
  products: [productRecord({ url, title: 'Blue mug', priceMinor, currency: 'EUR', availability: 'in_stock' })],
});

test('a doubted reading whose write is repeated, by the same batch or by one thought dead, confirms nothing', async () => {
  await recordVisits(em(), scope('one'), [visitOf(await claim('one'), 1000)]);
  crawlId = await begin();
  const page = await claim('dead');
  await claim('alive'); // the page of a batch that lost its heartbeat
  await recordVisits(em(), scope('dead'), [visitOf(page, 100_000)]);
  expect(await count('quarantine')).toBe(0);
  await recordVisits(em(), scope('alive'), [visitOf(page, 100_000)]);
  await recordVisits(em(), scope('alive'), [visitOf(page, 100_000)]);
  await recordVisits(em(), scope('dead'), [visitOf(page, 100_000)]);
  expect([await count('quarantine'), await count('price_change'), await count('event')]).toEqual([1, 1, 1]);
  expect((await claim('second')).etag).toBeNull();
  await recordVisits(em(), scope('second'), [visitOf(page, 100_000)]);
  await recordVisits(em(), scope('second'), [visitOf(page, 100_000)]);
  expect([await count('quarantine'), await count('price_change'), await count('event')]).toEqual([0, 2, 1]);
});

test('a page is asked a second time once in a crawl, and never before its time', async () => {
  await recordVisits(em(), scope('one'), [visitOf(await claim('one'), 1000)]);
  crawlId = await begin();
  await recordVisits(em(), scope('two', 60_000), [visitOf(await claim('two'), 100_000)]);
  expect(await claimPages(em(), { crawlId, token: 'early', limit: 1 })).toEqual([]);
  await em().execute('update frontier_page set ready_at = now()');
  await recordVisits(em(), scope('three'), [visitOf(await claim('three'), 300_000)]);
  expect(await claimPages(em(), { crawlId, token: 'four', limit: 1 })).toEqual([]);
  expect(await count('price_change')).toBe(1);
});

test('what cannot be written as a whole leaves nothing behind', async () => {
  await recordVisits(em(), scope('one'), [visitOf(await claim('one'), 1000)]);
  const [product] = await em().execute<{ id: string }[]>('select id from product');
  const rule = { belowMinor: 900, dropPercent: null, backInStock: false, currency: 'EUR', hysteresisPercent: 5 };
  await addWatch(em(), { id: randomUUID(), productId: product?.id ?? '' }, rule);
  crawlId = await begin();
  const page = await claim('two');
  // The kept page is written last.
  const raw = { url, contentType: '\u0000', hash: 'hash', body: Buffer.alloc(0) };
  const bad = { ...visitOf(page, 800), raw };
  await expect(recordVisits(em(), scope('two'), [bad])).rejects.toThrow();
  expect([await count('price_change'), await count('event')]).toEqual([1, 0]);
  await recordVisits(em(), scope('two'), [visitOf(page, 800)]);
  expect([await count('price_change'), await count('event')]).toEqual([2, 1]);
});

test('a page that answered as before is closed and counted once, by who holds it, and its product is alive', async () => {
  await recordVisits(em(), scope('one'), [visitOf(await claim('one'), 1000)]);
  await em().execute(`update product set gone_votes = 1, gone_at = now(), last_seen_at = '2026-01-01'`);
  crawlId = await begin();
  const page = await claim('dead');
  await claim('alive');
  const unchanged = { ...visitOf(page, 0), outcome: 'unchanged' as const, etag: null, products: [] };
  expect(await recordVisits(em(), scope('dead'), [unchanged])).toMatchObject({ unchanged: 0 });
  expect(await recordVisits(em(), scope('alive'), [unchanged])).toMatchObject({ unchanged: 1, fetched: 0 });
  expect(await recordVisits(em(), scope('alive'), [unchanged])).toMatchObject({ unchanged: 0 });
  const [stored] = await em().execute<object[]>(
    `select page.state, claim, etag, refresh_hours, due_at > now() + interval '35 hours' as later, crawl.unchanged, gone_at,
       gone_votes, last_seen_at > now() - interval '1 minute' as seen
     from frontier_page as page join crawl on crawl.id = crawl_id, product`,
  );
  expect(stored).toEqual({
    ...{ state: 'done', claim: null, etag: '"1"', refresh_hours: 36, later: true, unchanged: 1 },
    ...{ gone_at: null, gone_votes: 0, seen: true },
  });
});
