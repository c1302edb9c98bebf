import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTemporal } from '../../client/connect.ts';
import { startCrawl } from '../../client/crawls.ts';
import { registerSearchAttributes } from '../../client/search-attributes.ts';
import { executeSaveSource } from '../../client/sources.ts';
import { loadConfig } from '../../config/env.ts';
import { createOrm } from '../../db/orm.ts';
import { sourceConfig } from '../support/scripted-shop.ts';
import { startBigShop, type BigShop } from './big-shop.ts';
import { startStack, type Stack } from '../support/processes.ts';

const PRODUCTS = 2_000;
const WORKER_KILLS = 10;
const CONCURRENCY = 8;

let shop: BigShop;
let stack: Stack;
let orm: MikroORM;
beforeAll(async () => {
  shop = await startBigShop({ products: PRODUCTS, latencyMs: 25 });
  stack = await startStack({ workers: 1, fetchAllow: shop.host });
  orm = createOrm({ databaseUrl: stack.databaseUrl });
  await orm.migrator.up();
  for (const worker of stack.workers) await worker.start();
});
afterAll(async () => {
  await orm.close();
  await stack.stop();
  await shop.stop();
});

/** The first column of the first row; a database that is down counts as no answer yet. */
async function value(sql: string): Promise<unknown> {
  const [row] = await orm.em
    .fork()
    .execute<Record<string, unknown>[]>(sql)
    .catch(() => []);
  return row === undefined ? undefined : Object.values(row)[0];
}

async function connect(): Promise<Client> {
  const namespace = 'default';
  const client = await connectTemporal({ address: stack.temporalAddress, namespace, keys: loadConfig().GIFTY_KEYS });
  await registerSearchAttributes(client.connection, namespace);
  return client;
}

const fetchedAtLeast = async (pages: number) =>
  await expect.poll(() => value(`select fetched >= ${pages} from crawl`), { timeout: 60_000, interval: 50 }).toBe(true);

test('ten killed workers, a killed Temporal and a killed database: every product once, none lost', async () => {
  const client = await connect();
  const sourceId = randomUUID();
  const config = sourceConfig({
    startUrls: [`${shop.url}/sitemap.xml`],
    limits: { delayMs: 0, concurrency: CONCURRENCY, maxPages: 5_000, maxDepth: 5 },
  });
  await executeSaveSource(client, { sourceId, name: 'big', config, state: 'active' });
  await startCrawl(client, { sourceId, crawlId: randomUUID(), mode: 'full' });

  const step = PRODUCTS / (WORKER_KILLS + 3);
  for (let kill = 1; kill <= WORKER_KILLS; kill += 1) {
    await fetchedAtLeast(kill * step);
    await stack.workers[0]?.restart();
  }
  await fetchedAtLeast((WORKER_KILLS + 1) * step);
  await stack.temporal.restart();
  await fetchedAtLeast((WORKER_KILLS + 2) * step);
  await stack.postgres.restart();

  await expect.poll(() => value('select state from crawl'), { timeout: 120_000, interval: 200 }).toBe('completed');
  expect(await value('select count(*)::int from product')).toBe(PRODUCTS);
  expect(await value('select count(*)::int from price_change')).toBe(PRODUCTS);
  expect(await value(`select count(*)::int from frontier_page where state <> 'done'`)).toBe(0);
  // A kill repeats what was in flight or not written yet: the open requests and one group of answers.
  const refetched = [...shop.hits].reduce((sum, [path, hits]) => sum + (path.startsWith('/p/') ? hits - 1 : 0), 0);
  expect(refetched).toBeLessThanOrEqual((WORKER_KILLS + 2) * (CONCURRENCY + 25));
}, 400_000);
