import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCrawlActivities } from '../../activities/catalog/crawls.ts';
import { createRenderActivities } from '../../activities/catalog/rendering.ts';
import type { ShopReader } from '../../activities/ports.ts';
import { startCrawl } from '../../client/crawls.ts';
import { crawlWorkflowId, type CrawlReport } from '../../contracts/catalog.ts';
import type { RenderMode } from '../../contracts/source-config.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { createFetcher } from '../../providers/shops/fetch/fetcher.ts';
import { createBrowserFetcher } from '../../providers/shops/render/browser-fetcher.ts';
import { whyNoBrowser } from '../../providers/shops/render/playwright.ts';
import { createRobotsReader } from '../../providers/shops/robots-reader.ts';
import { createShopReader } from '../../providers/shops/shop-reader.ts';
import { startScriptShop, type ScriptShop } from '../../sandbox/script-shop.ts';
import { chosenQueues } from '../../workers/chosen-queues.ts';
import type { crawlSource } from '../../workflows/index.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { sourceConfig } from '../support/scripted-shop.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

const noBrowser = whyNoBrowser({ chromium: undefined, proxies: [] });

describe('the queues of a worker', () => {
  test('are all that it can serve; a browser that is asked for and not there is refused with the reason', () => {
    expect(chosenQueues([], null)).toMatchObject({ withoutBrowser: null });
    expect(chosenQueues([], null).queues).toContain('render');
    const without = chosenQueues([], 'no Chromium was found');
    expect(without.queues).not.toContain('render');
    expect(without.withoutBrowser).toBe('no Chromium was found');
    expect(without.queues).toEqual(Object.values(TASK_QUEUES).filter((queue) => queue !== 'render'));
    expect(chosenQueues(['--queues', 'scrape, render'], null).queues).toEqual(['scrape', 'render']);
    expect(() => chosenQueues(['--queues', 'render'], 'no Chromium was found')).toThrow(
      '--queues: «render» cannot be served here: no Chromium was found',
    );
    expect(() => chosenQueues(['--queues', 'rendering'], null)).toThrow(/no queue «rendering»; there are workflows/);
  });
});

describe.skipIf(noBrowser !== null)(
  `with a real browser${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  () => {
    let database: TestDatabase;
    let env: TestWorkflowEnvironment;
    let shop: ScriptShop;
    beforeAll(async () => {
      [database, env, shop] = await Promise.all([startDatabase(), startTemporal(), startScriptShop()]);
    });
    afterAll(async () => {
      await Promise.all([database.stop(), env.teardown(), shop.stop()]);
    });
    afterEach(async () => {
      await rows('delete from source; delete from host_budget');
    });
    const rows = async (sql: string) => await database.orm.em.fork().execute<Record<string, unknown>[]>(sql);

    async function addSource(render: RenderMode): Promise<string> {
      const sourceId = randomUUID();
      const config = sourceConfig({ startUrls: [`${shop.url}/catalog/`], render });
      await putSource(database.orm.em.fork(), { sourceId, name: render, config, state: 'active' });
      return sourceId;
    }

    /** Counts what the browser is asked for. */
    async function withBrowser(fn: (opened: string[]) => Promise<void>): Promise<void> {
      const { orm } = database;
      const plain = createFetcher({ userAgent: 'GiftyBot/0.1', allow: [shop.host] });
      const rendered = createBrowserFetcher({
        userAgent: 'GiftyBot/0.1',
        allow: [shop.host],
        chromium: undefined,
        plain,
      });
      const opened: string[] = [];
      const reader = createShopReader(rendered);
      const browser: ShopReader = {
        ...reader,
        visit: async (request) => {
          opened.push(new URL(request.url).pathname);
          return await reader.visit(request);
        },
      };
      const deps = { orm, shops: createShopReader(plain), robots: createRobotsReader(plain, 'GiftyBot/0.1') };
      const requestIndexing = () => Promise.resolve();
      const activities = {
        ...createCrawlActivities(deps),
        ...createRenderActivities({ ...deps, browser }),
        requestIndexing,
      };
      try {
        await withWorkers(env, activities, () => fn(opened));
      } finally {
        await rendered.close();
        await plain.close();
      }
    }

    async function crawl(sourceId: string): Promise<CrawlReport> {
      await startCrawl(env.client, { sourceId, crawlId: randomUUID(), mode: 'full' });
      return await env.client.workflow.getHandle<typeof crawlSource>(crawlWorkflowId(sourceId)).result();
    }
    const verdict = async () => (await rows('select rendering from source'))[0]?.['rendering'];
    const products = () => rows('select title, price_minor::int as price, currency from product order by url');
    const BOXES = [1250, 1990, 450, 3200].map((price, n) => ({
      title: `Music box no. ${n + 1}`,
      price,
      currency: 'EUR',
    }));

    test('auto: a run without a browser comes first; when it lacks the products, the same crawl goes on in one, and so do the next ones', async () => {
      const sourceId = await addSource('auto');
      await withBrowser(async (opened) => {
        expect(await crawl(sourceId)).toMatchObject({ state: 'completed', products: 4, created: 4 });
        expect(await products()).toEqual(BOXES);
        expect(await verdict()).toBe('browser');
        expect([...opened].sort()).toEqual(['/catalog/', '/item/1', '/item/2', '/item/3', '/item/4']);
        const before = shop.asked.filter(({ path }) => path === '/catalog/').length;
        expect(await crawl(sourceId)).toMatchObject({ state: 'completed', created: 0, changed: 0 });
        expect(shop.asked.filter(({ path }) => path === '/catalog/')).toHaveLength(before + 1);
        expect(await products()).toEqual(BOXES);
      });
    }, 120_000);

    test('auto: the verdict is looked into again after a week, without touching what is known', async () => {
      const sourceId = await addSource('auto');
      await withBrowser(async () => {
        await crawl(sourceId);
        await rows(`update source set rendering_since = now() - interval '8 days'`);
        expect(await crawl(sourceId)).toMatchObject({ state: 'completed' });
        expect(await verdict()).toBe('browser');
        expect(await rows(`select rendering_since > now() - interval '1 hour' as fresh from source`)).toEqual([
          { fresh: true },
        ]);
        expect(await products()).toEqual(BOXES);
      });
    }, 120_000);

    test('never stays without; a changed configuration forgets the verdict', async () => {
      const sourceId = await addSource('never');
      await withBrowser(async (opened) => {
        expect(await crawl(sourceId)).toMatchObject({ state: 'completed', products: 0 });
        expect(opened).toEqual([]);
        await rows(`update source set rendering = 'browser'`);
        const config = sourceConfig({ startUrls: [`${shop.url}/catalog/`], render: 'auto' });
        await putSource(database.orm.em.fork(), { sourceId, name: 'never', config, state: 'active' });
        expect(await verdict()).toBeNull();
      });
    }, 60_000);

    test('always opens everything in a browser from the start', async () => {
      const sourceId = await addSource('always');
      await withBrowser(async (opened) => {
        expect(await crawl(sourceId)).toMatchObject({ state: 'completed', products: 4, fetched: 5 });
        expect(opened).toHaveLength(5);
      });
    }, 60_000);
  },
);
