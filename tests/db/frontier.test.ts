import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCrawl } from '../../db/repositories/crawls.ts';
import { addPages, claimPages, releasePages } from '../../db/repositories/frontier.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { sourceConfig } from '../support/scripted-shop.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(async () => {
  await database.stop();
});

const em = () => database.orm.em.fork();

async function crawlWith(paths: readonly string[]): Promise<string> {
  const [sourceId, crawlId] = [randomUUID(), randomUUID()];
  await putSource(em(), { sourceId, name: sourceId, config: sourceConfig(), state: 'active' });
  await insertCrawl(em(), { sourceId, crawlId, mode: 'full' });
  const pages = paths.map((path) => ({
    url: `http://shop.test${path}`,
    kind: 'product' as const,
    depth: 1,
    barren: 0,
  }));
  await addPages(em(), { sourceId, crawlId, mode: 'full' }, pages);
  return crawlId;
}

const claimed = async (crawlId: string, token: string, limit = 50) =>
  (await claimPages(em(), { crawlId, token, limit })).map(({ url, crashes }) => `${new URL(url).pathname} ${crashes}`);

test('what a dead batch held is claimed again after the untried pages, and costs it no try', async () => {
  const crawlId = await crawlWith(['/a', '/b', '/c']);
  expect(await claimed(crawlId, 'first', 1)).toEqual(['/a 0']);
  expect(await claimed(crawlId, 'second', 2)).toEqual(['/b 0', '/c 0']);
  expect(await claimed(crawlId, 'second', 2)).toEqual(['/a 1']);
  expect(await claimed(crawlId, 'second', 2)).toEqual([]);
});

test('what a batch gave back is no crash', async () => {
  const crawlId = await crawlWith(['/a']);
  expect(await claimed(crawlId, 'first')).toEqual(['/a 0']);
  await releasePages(em(), 'first');
  expect(await claimed(crawlId, 'second')).toEqual(['/a 0']);
});

test('pages on which three batches died are claimed one by one, so that the guilty one takes no other with it', async () => {
  const crawlId = await crawlWith(['/a', '/b']);
  for (const crashes of [0, 1, 2]) {
    expect(await claimed(crawlId, `batch ${crashes}`)).toEqual([`/a ${crashes}`, `/b ${crashes}`]);
  }
  expect(await claimed(crawlId, 'alone')).toEqual(['/a 3']);
  expect(await claimed(crawlId, 'alone')).toEqual(['/b 3']);
});
