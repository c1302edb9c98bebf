/**
 * Records one history per path of each workflow type into `histories/`: `node tests/replay/record.ts`.
 * Run it when a workflow type or a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createCrawlActivities } from '../../activities/catalog/crawls.ts';
import { createProposalActivities } from '../../activities/catalog/proposals.ts';
import { createReplayActivities } from '../../activities/catalog/replays.ts';
import { createRenderActivities } from '../../activities/catalog/rendering.ts';
import { createSourceActivities } from '../../activities/catalog/sources.ts';
import { createIndexActivities } from '../../activities/recommend/indexing.ts';
import type { ShopReader, Visit, VisitRequest } from '../../activities/ports.ts';
import { cancelCrawl, pauseCrawl, resumeCrawl, startCrawl } from '../../client/crawls.ts';
import { requestIndexing } from '../../client/indexing.ts';
import { startReplay } from '../../client/replays.ts';
import { executeRemoveSource, executeSaveSource, executeTryPage } from '../../client/sources.ts';
import { deleteCrawlSchedules, syncCrawlSchedules } from '../../client/schedules.ts';
import {
  crawlWorkflowId,
  removeSourceWorkflowId,
  reviewHubsWorkflowId,
  saveSourceWorkflowId,
  tryPageWorkflowId,
} from '../../contracts/catalog.ts';
import { replayWorkflowId } from '../../contracts/replays.ts';
import { indexCatalogWorkflowId } from '../../contracts/recommend.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { startDatabase } from '../support/database.ts';
import { link, listing, productPage, scriptedShop, sourceConfig } from '../support/scripted-shop.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

const [database, env] = await Promise.all([startDatabase(), startTemporal()]);
const sourceId = randomUUID();
const config = sourceConfig({ proposals: { perDay: 50, activate: 'trial', partners: [] } });
const source = { sourceId, name: 'Sample shop', config, state: 'active' as const };
let hubs: readonly string[] = [];
let failing = false;
let reached = (): void => undefined;
let hangs = false;
let grown = false;
let empty = false;

async function answer(path: string, { signal }: VisitRequest): Promise<Visit> {
  if (empty) return listing();
  if (failing) return { outcome: 'wait', reason: 'status 429', retryAfterMs: 1 };
  const more = grown ? [link('/p/3', 'product')] : [];
  if (path === '/') {
    const page = listing(link('/p/1', 'product'), link('/p/2', 'product'), ...more);
    return page.outcome === 'fetched' ? { ...page, hubs } : page;
  }
  if (hangs) {
    reached();
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  }
  return productPage(path, '10.50');
}

async function keep(workflowId: string, name: string): Promise<void> {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  const history = await env.client.workflow.getHandle(workflowId).fetchHistory();
  writeFileSync(file, historyToJSON(history));
}

async function crawl(name: string, during: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await startCrawl(env.client, { sourceId, crawlId: randomUUID(), mode: 'full' });
  await during();
  await env.client.workflow.getHandle(crawlWorkflowId(sourceId)).result();
  await keep(crawlWorkflowId(sourceId), name);
}

async function indexed(name: string): Promise<void> {
  await env.client.workflow.getHandle(indexCatalogWorkflowId('lexical')).result();
  await keep(indexCatalogWorkflowId('lexical'), name);
}

async function hanging(then: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => (reached = resolve));
  hangs = false;
  await then();
}

async function paused(): Promise<boolean> {
  const found = await database.orm.em.fork().execute<object[]>(`select 1 from crawl where state = 'paused'`);
  return found.length > 0;
}

async function record({ client }: TestWorkflowEnvironment): Promise<void> {
  await executeSaveSource(client, source);
  await keep(saveSourceWorkflowId(sourceId), 'saveSource.completed');
  await executeTryPage(client, 'record', { url: 'http://shop.test/p/1', config: source.config });
  await keep(tryPageWorkflowId('record'), 'tryPage.completed');
  await crawl('crawlSource.completed');
  await indexed('indexCatalog.completed');
  hangs = true;
  await crawl('crawlSource.paused-and-resumed', () =>
    hanging(async () => {
      await pauseCrawl(client, sourceId);
      while (!(await paused())) await new Promise((resolve) => setTimeout(resolve, 50));
      await resumeCrawl(client, sourceId);
    }),
  );
  hangs = true;
  await crawl('crawlSource.cancelled', () => hanging(() => cancelCrawl(client, sourceId)));
  const workflowId = 'scheduled-crawl';
  const args = [{ sourceId, mode: 'deep' as const }];
  await client.workflow.execute('scheduledCrawl', { workflowId, taskQueue: TASK_QUEUES.workflows, args });
  await keep(workflowId, 'scheduledCrawl.completed');
  grown = true;
  await crawl('crawlSource.completed');
  await indexed('indexCatalog.outgrown');
  await startReplay(client, { sourceId, replayId: randomUUID() });
  await client.workflow.getHandle(replayWorkflowId(sourceId)).result();
  await keep(replayWorkflowId(sourceId), 'replaySource.completed');
  hubs = ['http://shop.test/catalog/books/'];
  await crawl('crawlSource.found-hubs');
  await client.workflow.getHandle(reviewHubsWorkflowId(sourceId)).result();
  await keep(reviewHubsWorkflowId(sourceId), 'reviewHubs.tried');
  failing = true;
  await crawl('crawlSource.blocked');
  await executeRemoveSource(client, sourceId);
  await keep(removeSourceWorkflowId(sourceId), 'removeSource.completed');
}

/** A second shop, whose pages are empty without a browser. */
async function recordRendered({ client }: TestWorkflowEnvironment): Promise<void> {
  const app = { ...source, sourceId: randomUUID(), name: 'App shop', config: sourceConfig({ render: 'auto' }) };
  await executeSaveSource(client, app);
  empty = true;
  await startCrawl(client, { sourceId: app.sourceId, crawlId: randomUUID(), mode: 'full' });
  await client.workflow.getHandle(crawlWorkflowId(app.sourceId)).result();
  await keep(crawlWorkflowId(app.sourceId), 'crawlSource.rendered');
}

const { shops, robots } = scriptedShop(answer);
const browser: ShopReader = {
  ...shops,
  visit: async (request) => {
    empty = false;
    return await shops.visit(request);
  },
  tryPage: () => tryPage('http://shop.test/p/1', 'http://shop.test/p/2', 'http://shop.test/p/3'),
};
const schedules = {
  sync: syncCrawlSchedules.bind(null, env.client),
  remove: deleteCrawlSchedules.bind(null, env.client),
};
const tryPage = (...products: readonly string[]) =>
  Promise.resolve({
    ...{ url: 'http://shop.test/p/1', status: 200, kind: 'other' as const, reason: null, product: null },
    links: { products, listings: [] },
  });
const activities = {
  ...createCrawlActivities({ orm: database.orm, shops, robots }),
  ...createRenderActivities({ orm: database.orm, shops: { ...shops, tryPage: () => tryPage() }, robots, browser }),
  ...createProposalActivities({ orm: database.orm, shops: browser, robots, schedules }),
  ...createReplayActivities({ orm: database.orm, shops }),
  ...createSourceActivities({ orm: database.orm, schedules, shops: { ...shops, tryPage: () => tryPage() } }),
  ...createIndexActivities({
    orm: database.orm,
    embedder: null,
    indexing: { request: (kind) => requestIndexing(env.client, kind) },
  }),
};
await withWorkers(env, activities, async () => {
  await recordRendered(env);
  await record(env);
});
await Promise.all([database.stop(), env.teardown()]);
process.exit(0);
