import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReplayActivities } from '../../activities/catalog/replays.ts';
import type { ShopReader, Visit } from '../../activities/ports.ts';
import { replayProgress, startReplay } from '../../client/replays.ts';
import { replayWorkflowId, type ReplayProgress } from '../../contracts/replays.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { addWatch } from '../../db/repositories/price-watches.ts';
import { createShopReader } from '../../providers/shops/shop-reader.ts';
import { shopOf, startCrawlStage, type CrawlStage } from '../support/crawl-stage.ts';
import { sourceConfig } from '../support/scripted-shop.ts';
import { withWorkers } from '../support/temporal.ts';
import type { replaySource } from '../../workflows/index.ts';

let stage: CrawlStage;
beforeAll(async () => {
  stage = await startCrawlStage();
});
afterAll(async () => {
  await stage.stop();
});

/** Reads bodies as the program does; fetching fails. */
const reader = createShopReader({
  fetchPage: () => Promise.reject(new Error('a replay fetches nothing')),
  close: () => Promise.resolve(),
});

/** A shop whose pages are really read: the first price is per month, the one in `.whole` is the right one. */
const shop = (count: number) =>
  shopOf(count, (n, request): Visit | Promise<Visit> => {
    const html = `<html><body><h1 class="name">Blue mug ${n}</h1><b class="monthly">${n}1.00 EUR</b><i class="whole">${n}12.00 EUR</i></body></html>`;
    const body = { url: request.url, contentType: 'text/html; charset=utf-8', bytes: Buffer.from(html) };
    return reader.reread(body, request);
  });
const config = (price: string) => sourceConfig({ fields: { title: { select: '.name' }, price: { select: price } } });

async function replay(sourceId: string, shops: ShopReader = reader): Promise<ReplayProgress> {
  const requestIndexing = () => Promise.resolve();
  const activities = { ...createReplayActivities({ orm: stage.orm, shops }), requestIndexing };
  return await withWorkers(stage.env, activities, async () => {
    await startReplay(stage.env.client, { sourceId, replayId: randomUUID() });
    const report = await stage.env.client.workflow.getHandle<typeof replaySource>(replayWorkflowId(sourceId)).result();
    expect(await replayProgress(stage.env.client, sourceId)).toEqual(report);
    return report;
  });
}

async function crawled(count: number): Promise<string> {
  const sourceId = await stage.addSource();
  const source = { sourceId, name: 'shop', state: 'active' as const };
  await putSource(stage.em(), { ...source, config: config('.monthly') });
  await stage.withShop(shop(count), async () => {
    await stage.crawl(sourceId);
  });
  await putSource(stage.em(), { ...source, config: config('.whole') });
  return sourceId;
}

test('a mended rule is applied to all kept pages without asking the shop, and nobody is told of a drop', async () => {
  const sourceId = await crawled(30);
  expect(await stage.prices()).toEqual([1100]);
  const productId = String((await stage.rows(`select id from product where url like '%/p/1'`))[0]?.['id']);
  const rule = { belowMinor: null, dropPercent: 1, backInStock: true, currency: 'EUR', hysteresisPercent: 1 };
  await addWatch(stage.em(), { id: randomUUID(), productId }, rule);
  const report = await replay(sourceId);
  expect(report).toMatchObject({ state: 'completed', pages: 30, products: 30, created: 0, changed: 30, held: 0 });
  expect(await stage.prices()).toEqual([1100, 11_200]);
  expect(await replay(sourceId)).toMatchObject({ pages: 30, changed: 0 });
  expect(await stage.prices()).toEqual([1100, 11_200]);
  expect(await stage.events('price-dropped')).toEqual([]);
});

test('a page that was read anew meanwhile is left to that reading', async () => {
  const sourceId = await crawled(1);
  const shops = { ...reader };
  shops.reread = async (...request) => {
    await stage.rows(`update raw_page set hash = 'newer'`);
    return await reader.reread(...request);
  };
  expect(await replay(sourceId, shops)).toMatchObject({ pages: 1, products: 0 });
  expect(await stage.prices()).toEqual([1100]);
});

test('a worker that dies in between repeats no page that was stored', async () => {
  const sourceId = await crawled(30);
  let reads = 0;
  const shops = { ...reader };
  shops.reread = async (...request) => {
    reads += 1;
    if (reads === 28) throw new Error('killed');
    return await reader.reread(...request);
  };
  expect(await replay(sourceId, shops)).toMatchObject({ pages: 30, products: 30, changed: 30 });
  expect(reads).toBe(33); // 25 stored, 3 read in vain, 5 once more
  expect(await stage.prices()).toEqual([1100, 11_200]);
});

test('a source has one replay at a time', async () => {
  const sourceId = await crawled(1);
  await startReplay(stage.env.client, { sourceId, replayId: randomUUID() });
  await expect(startReplay(stage.env.client, { sourceId, replayId: randomUUID() })).rejects.toMatchObject({
    code: 'replay-running',
  });
  await stage.env.client.workflow.getHandle(replayWorkflowId(sourceId)).terminate();
});
