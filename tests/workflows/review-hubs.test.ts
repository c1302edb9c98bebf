import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createCrawlActivities } from '../../activities/catalog/crawls.ts';
import { createProposalActivities } from '../../activities/catalog/proposals.ts';
import type { Visit } from '../../activities/ports.ts';
import { startCrawl } from '../../client/crawls.ts';
import { deleteCrawlSchedules, syncCrawlSchedules } from '../../client/schedules.ts';
import { crawlScheduleId, crawlWorkflowId, reviewHubsWorkflowId, type TryPageResult } from '../../contracts/catalog.ts';
import { DEFAULT_PROPOSALS, type ProposalRules } from '../../contracts/source-config.ts';
import { keepHubs } from '../../db/repositories/hubs.ts';
import { putSource } from '../../db/repositories/sources.ts';
import type { crawlSource, reviewHubs } from '../../workflows/index.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { link, listing, productPage, scriptedShop, sourceConfig } from '../support/scripted-shop.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

let database: TestDatabase;
let env: TestWorkflowEnvironment;
beforeAll(async () => {
  [database, env] = await Promise.all([startDatabase(), startTemporal()]);
});
afterAll(async () => {
  await Promise.all([database.stop(), env.teardown()]);
});
afterEach(async () => {
  await rows('delete from source');
});

const em = () => database.orm.em.fork();
const rows = async (sql: string) => await em().execute<Record<string, unknown>[]>(sql);
const sources = async (what: string) => await rows(`select ${what} from source where name <> 'finder' order by name`);

async function addFinder(proposals: Partial<ProposalRules> = {}): Promise<string> {
  const sourceId = randomUUID();
  const config = sourceConfig({
    links: { product: ['/p/*'], listing: ['/catalog/toys/*'], ignore: [] },
    fields: { sku: { select: '.sku' } },
    schedule: { discoveryEveryHours: 24, deepEveryHours: null, window: null },
    proposals: { ...DEFAULT_PROPOSALS, ...proposals },
  });
  await putSource(em(), { sourceId, name: 'finder', config, state: 'active' });
  return sourceId;
}

const yields = (count: number): TryPageResult => ({
  ...{ url: '', status: 200, kind: 'listing', reason: null, product: null },
  links: { products: Array.from({ length: count }, (_, n) => `http://shop.test/p/${n}`), listings: [] },
});

/** Crawls the finder, whose catalogue page leads to these hubs, and waits for the review. */
async function discover(sourceId: string, hubs: readonly string[], trial: (url: string) => TryPageResult) {
  const answer = (path: string): Visit => {
    if (path !== '/') return productPage(path, '1');
    const page = listing(link('/p/1', 'product'));
    return page.outcome === 'fetched'
      ? { ...page, hubs: hubs.map((path) => new URL(path, 'http://shop.test/').href) }
      : page;
  };
  const { shops, robots } = scriptedShop(answer);
  const tried: string[] = [];
  const schedules = {
    sync: syncCrawlSchedules.bind(null, env.client),
    remove: deleteCrawlSchedules.bind(null, env.client),
  };
  const trying = {
    ...shops,
    tryPage: ({ url }: { readonly url: string }) => {
      tried.push(url);
      return Promise.resolve(trial(url));
    },
  };
  const { orm } = database;
  const activities = {
    ...createCrawlActivities({ orm, shops, robots }),
    ...createProposalActivities({ orm, shops: trying, robots, schedules }),
    requestIndexing: () => Promise.resolve(),
  };
  return await withWorkers(env, activities, async () => {
    await startCrawl(env.client, { sourceId, crawlId: randomUUID(), mode: 'discovery' });
    const report = await env.client.workflow.getHandle<typeof crawlSource>(crawlWorkflowId(sourceId)).result();
    const review =
      (report.hubs ?? 0) > 0
        ? await env.client.workflow.getHandle<typeof reviewHubs>(reviewHubsWorkflowId(sourceId)).result()
        : null;
    return { report, review, tried };
  });
}

test('a category outside of the rules becomes a proposed source with the rules of its shop', async () => {
  const finder = await addFinder();
  const { review, tried } = await discover(finder, ['/catalog/books/', 'http://kids.shop.test/'], () => yields(3));
  expect(review).toEqual({ proposed: 2, activated: 0 });
  expect(tried).toEqual([]);
  expect(await sources('name, state, config')).toMatchObject([
    {
      name: 'kids.shop.test',
      state: 'proposed',
      config: {
        startUrls: ['http://kids.shop.test/'],
        links: { product: [], listing: [] },
        fields: {},
        proposals: { perDay: 0 },
      },
    },
    {
      name: 'shop.test/catalog/books',
      state: 'proposed',
      config: {
        startUrls: ['http://shop.test/catalog/books/'],
        links: { product: ['/p/*'], listing: ['/catalog/books/*'] },
        fields: { sku: { select: '.sku' } },
      },
    },
  ]);
  expect(await rows('select distinct found_on from source_hub')).toEqual([{ found_on: 'http://shop.test/' }]);
});

test('nothing is proposed twice: not by the next crawl, not after an operator threw it out, not where a source begins', async () => {
  const finder = await addFinder();
  const begins = sourceConfig({ startUrls: ['http://shop.test/catalog/own/'] });
  await putSource(em(), { sourceId: randomUUID(), name: 'own', config: begins, state: 'active' });
  const hubs = ['/catalog/books/', '/catalog/own/'];
  expect((await discover(finder, hubs, () => yields(0))).review).toEqual({ proposed: 1, activated: 0 });
  await rows(`delete from source where name = 'shop.test/catalog/books'`);
  const again = await discover(finder, [...hubs, '/catalog/new/'], () => yields(0));
  expect(again.review).toEqual({ proposed: 1, activated: 0 });
  expect(await sources('name')).toEqual([{ name: 'own' }, { name: 'shop.test/catalog/new' }]);
});

test('the quota is one of 24 hours; what it keeps back waits for its turn, oldest first', async () => {
  const finder = await addFinder({ perDay: 2 });
  const hubs = ['/c/1/', '/c/2/', '/c/3/', '/c/4/', '/c/5/'];
  const first = await discover(finder, hubs, () => yields(0));
  expect(first.report.hubs).toBe(5);
  expect(first.review).toEqual({ proposed: 2, activated: 0 });
  expect((await discover(finder, [], () => yields(0))).review).toEqual({ proposed: 0, activated: 0 });
  await rows(`update source_hub set proposed_at = proposed_at - interval '25 hours'`);
  expect((await discover(finder, [], () => yields(0))).review).toEqual({ proposed: 2, activated: 0 });
  expect(await sources('state')).toHaveLength(4);
});

test('with a trial, a proposal whose first page leads to products is crawled by its schedule, any other one waits', async () => {
  const finder = await addFinder({ activate: 'trial' });
  const trial = (url: string) => yields(url.includes('books') ? 5 : 0);
  const { review, tried } = await discover(finder, ['/catalog/books/', '/catalog/about/'], trial);
  expect(review).toEqual({ proposed: 2, activated: 1 });
  expect([...tried].sort()).toEqual(['http://shop.test/catalog/about/', 'http://shop.test/catalog/books/']);
  const states = await sources('id, state');
  expect(states.map(({ state }) => state)).toEqual(['proposed', 'active']);
  const schedule = env.client.schedule.getHandle(crawlScheduleId(String(states[1]?.['id']), 'discovery'));
  expect((await schedule.describe()).state.paused).toBe(false);
});

test('hubs of a source that was deleted meanwhile, and more than anybody will look at, are not kept', async () => {
  const hub = (n: number) => ({ url: `http://shop.test/c/${n}/`, foundOn: 'http://shop.test/' });
  await keepHubs(em(), randomUUID(), [hub(0)]);
  const finder = await addFinder();
  await keepHubs(
    em(),
    finder,
    Array.from({ length: 500 }, (_, n) => hub(n)),
  );
  await keepHubs(em(), finder, [hub(501)]);
  expect(await rows('select count(*)::int as hubs from source_hub')).toEqual([{ hubs: 500 }]);
});
