import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createCrawlActivities } from '../../activities/catalog/crawls.ts';
import { createSourceActivities } from '../../activities/catalog/sources.ts';
import type { Visit } from '../../activities/ports.ts';
import { cancelCrawl, startCrawl } from '../../client/crawls.ts';
import { deleteCrawlSchedules, syncCrawlSchedules } from '../../client/schedules.ts';
import { executeRemoveSource, executeSaveSource } from '../../client/sources.ts';
import { crawlScheduleId, crawlWorkflowId, type CrawlReport, type SourceInput } from '../../contracts/catalog.ts';
import type { CrawlSchedule } from '../../contracts/source-config.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import type { scheduledCrawl } from '../../workflows/index.ts';
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

const rows = async (sql: string) => await database.orm.em.fork().execute<Record<string, unknown>[]>(sql);
const schedule = (sourceId: string, mode: 'discovery' | 'deep') =>
  env.client.schedule.getHandle(crawlScheduleId(sourceId, mode));
const newSource = (own: Partial<SourceInput> = {}, times: Partial<CrawlSchedule> = {}): SourceInput => ({
  sourceId: randomUUID(),
  name: randomUUID(),
  state: 'active',
  config: sourceConfig({ schedule: { discoveryEveryHours: 24, deepEveryHours: 24, window: null, ...times } }),
  ...own,
});

interface Shop {
  /** Thrown by the opening of each crawl while it is set. */
  error: string | null;
  answer: (path: string) => Visit | Promise<Visit>;
}

async function withSources(fn: (shop: Shop) => Promise<void>): Promise<void> {
  const shop: Shop = {
    error: null,
    answer: (path) => (path === '/' ? listing(link('/p/1', 'product')) : productPage(path, '10')),
  };
  const { orm } = database;
  const { shops, robots } = scriptedShop((path) => shop.answer(path));
  const schedules = {
    sync: syncCrawlSchedules.bind(null, env.client),
    remove: deleteCrawlSchedules.bind(null, env.client),
  };
  const crawls = createCrawlActivities({ orm, shops, robots });
  const activities = {
    ...crawls,
    ...createSourceActivities({ orm, shops, schedules }),
    openCrawl: async (input: Parameters<typeof crawls.openCrawl>[0]) => {
      await crawls.openCrawl(input);
      if (shop.error !== null) throw ApplicationFailure.nonRetryable(shop.error);
    },
    requestIndexing: () => Promise.resolve(),
  };
  await withWorkers(env, activities, () => fn(shop));
}

async function runScheduled(sourceId: string, mode: 'discovery' | 'deep' = 'discovery'): Promise<CrawlReport | null> {
  return await env.client.workflow.execute<typeof scheduledCrawl>('scheduledCrawl', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: randomUUID(),
    args: [{ sourceId, mode, againAfterMs: 100 }],
  });
}
const sourceRow = async () => {
  const [row] = await rows(`select state, failures, last_error,
    round(extract(epoch from retry_at - now()) / 3600)::int as hours from source`);
  return row;
};

test('saving stores the source with its schedules, saving again changes both, removing leaves neither', async () => {
  await withSources(async () => {
    const source = newSource();
    await executeSaveSource(env.client, source);
    expect(await rows('select id, name, state from source')).toEqual([
      { id: source.sourceId, name: source.name, state: 'active' },
    ]);
    expect((await schedule(source.sourceId, 'deep').describe()).state.paused).toBe(false);

    const { config } = newSource({}, { discoveryEveryHours: null, deepEveryHours: 3 });
    await executeSaveSource(env.client, { ...source, config, state: 'paused' });
    const { state, spec } = await schedule(source.sourceId, 'deep').describe();
    expect(state.paused).toBe(true);
    expect(spec.intervals?.[0]?.every).toBe(3 * 3_600_000);
    await expect(schedule(source.sourceId, 'discovery').describe()).rejects.toThrow(/not found/i);

    await executeRemoveSource(env.client, source.sourceId);
    await executeRemoveSource(env.client, source.sourceId);
    await expect(schedule(source.sourceId, 'deep').describe()).rejects.toThrow(/not found/i);
    expect(await rows('select id from source')).toEqual([]);
  });
});

test('removing a source ends the crawl that runs for it', async () => {
  await withSources(async (shop) => {
    const source = newSource();
    await executeSaveSource(env.client, source);
    let reached = (): void => undefined;
    const inFlight = new Promise<void>((resolve) => (reached = resolve));
    shop.answer = async (path) => {
      reached();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return listing(link(`${path}1/`, 'listing'), link(`${path}2/`, 'listing'));
    };
    await startCrawl(env.client, { sourceId: source.sourceId, crawlId: randomUUID(), mode: 'full' });
    await inFlight;
    await executeRemoveSource(env.client, source.sourceId);
    const crawl = env.client.workflow.getHandle(crawlWorkflowId(source.sourceId));
    await crawl.result().catch(() => undefined);
    expect((await crawl.describe()).status.name).not.toBe('RUNNING');
    expect(await rows('select 1 from frontier_page')).toEqual([]);
  });
}, 60_000);

test('failures back off 1, 4 and 24 hours and then break the source; meanwhile nothing is due; a success clears it', async () => {
  await withSources(async (shop) => {
    const source = newSource();
    await executeSaveSource(env.client, source);
    shop.error = 'the shop is down';
    const seen: unknown[] = [];
    for (let failure = 1; failure <= 4; failure += 1) {
      expect(await runScheduled(source.sourceId)).toMatchObject({ state: 'failed', error: 'the shop is down' });
      seen.push(await sourceRow());
      expect(await runScheduled(source.sourceId)).toBeNull();
      await rows('update source set retry_at = now()');
    }
    const failed = { state: 'active', last_error: 'the shop is down' };
    expect(seen).toEqual([
      { ...failed, failures: 1, hours: 1 },
      { ...failed, failures: 2, hours: 4 },
      { ...failed, failures: 3, hours: 24 },
      { ...failed, failures: 4, hours: null, state: 'broken' },
    ]);
    shop.error = null;
    expect(await runScheduled(source.sourceId)).toBeNull();
    await executeSaveSource(env.client, source);
    expect(await sourceRow()).toMatchObject({ state: 'active', failures: 0, hours: null });
    shop.error = 'once more';
    await runScheduled(source.sourceId);
    await rows('update source set retry_at = now()');
    shop.error = null;
    expect(await runScheduled(source.sourceId)).toMatchObject({ state: 'completed' });
    expect(await sourceRow()).toEqual({ state: 'active', failures: 0, last_error: null, hours: null });
  });
}, 60_000);

test.each(['paused', 'proposed', 'broken'] as const)('a %s source is not crawled by its schedule', async (state) => {
  await withSources(async () => {
    const source = newSource({ state });
    await executeSaveSource(env.client, source);
    expect((await schedule(source.sourceId, 'deep').describe()).state.paused).toBe(true);
    expect(await runScheduled(source.sourceId)).toBeNull();
    expect(await runScheduled(randomUUID())).toBeNull();
  });
});

test('a weekly crawl with a window is due on the day when its week is over', async () => {
  await withSources(async () => {
    const window = { fromHour: 0, toHour: 24, timeZone: 'UTC' };
    const source = newSource({}, { window, discoveryEveryHours: 168, deepEveryHours: 24 });
    await executeSaveSource(env.client, source);
    expect(await runScheduled(source.sourceId)).toMatchObject({ state: 'completed' });
    expect(await runScheduled(source.sourceId)).toBeNull();
    expect(await runScheduled(source.sourceId, 'deep')).toMatchObject({ state: 'completed' });
    await rows(`update crawl set started_at = now() - interval '160 hours'`);
    expect(await runScheduled(source.sourceId)).toMatchObject({ state: 'completed' });
  });
});

test('outside of its window a scheduled crawl waits, one that was started by hand does not', async () => {
  await withSources(async (shop) => {
    const hour = new Date().getUTCHours();
    const window = { fromHour: (hour + 3) % 24, toHour: (hour + 4) % 24, timeZone: 'UTC' };
    const source = newSource({}, { window });
    await executeSaveSource(env.client, source);
    const asked: string[] = [];
    shop.answer = (path) => {
      asked.push(path);
      return path === '/' ? listing(link('/p/1', 'product')) : productPage(path, '10');
    };
    const waiting = runScheduled(source.sourceId);
    await expect.poll(() => rows(`select state from crawl`), { timeout: 10_000 }).toEqual([{ state: 'running' }]);
    const crawl = env.client.workflow.getHandle(crawlWorkflowId(source.sourceId));
    const batches = async () =>
      (await crawl.fetchHistory()).events?.filter(
        ({ timerStartedEventAttributes: timer }) => Number(timer?.startToFireTimeout?.seconds ?? 0) > 3_600,
      ).length;
    await expect.poll(batches, { timeout: 10_000 }).toBe(1);
    expect(asked).toEqual([]);
    await cancelCrawl(env.client, source.sourceId);
    expect(await waiting).toMatchObject({ state: 'cancelled' });
    await startCrawl(env.client, { sourceId: source.sourceId, crawlId: randomUUID(), mode: 'full' });
    expect(await env.client.workflow.getHandle(crawlWorkflowId(source.sourceId)).result()).toMatchObject({
      state: 'completed',
    });
    expect(asked).toEqual(['/', '/p/1']);
  });
}, 60_000);

test('a scheduled crawl waits for the other crawl of its source, and then runs', async () => {
  await withSources(async (shop) => {
    const source = newSource();
    await executeSaveSource(env.client, source);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const normal = shop.answer;
    shop.answer = async (path) => {
      await held;
      return await normal(path);
    };
    await startCrawl(env.client, { sourceId: source.sourceId, crawlId: randomUUID(), mode: 'full' });
    await expect.poll(() => rows(`select 1 from frontier_page where state = 'fetching'`)).toHaveLength(1);
    const scheduled = runScheduled(source.sourceId);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await rows('select 1 from crawl')).toHaveLength(1);
    release();
    expect(await scheduled).toMatchObject({ state: 'completed' });
    expect(await rows('select mode from crawl order by started_at')).toEqual([{ mode: 'full' }, { mode: 'discovery' }]);
  });
}, 60_000);
