import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteCrawlSchedules, syncCrawlSchedules } from '../../client/schedules.ts';
import { crawlScheduleId, type SourceInput } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { msUntilOpen } from '../../domain/catalog/crawl-window.ts';
import { sourceConfig } from '../support/scripted-shop.ts';
import { startTemporal } from '../support/temporal.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(async () => {
  await env.teardown();
});

const HOUR_MS = 3_600_000;
const JITTER_MS = 5 * 60_000;

const sourceWith = (schedule: Partial<SourceConfig['schedule']>, own: Partial<SourceInput> = {}): SourceInput => ({
  sourceId: randomUUID(),
  name: 'shop',
  state: 'active',
  config: sourceConfig({
    schedule: { discoveryEveryHours: 24, deepEveryHours: 24, window: null, ...schedule },
  }),
  ...own,
});

/** When the source's schedules will act, as Temporal says, epoch ms. */
async function nextActions(source: SourceInput, mode: 'discovery' | 'deep'): Promise<number[]> {
  await syncCrawlSchedules(env.client, source);
  const { info } = await env.client.schedule.getHandle(crawlScheduleId(source.sourceId, mode)).describe();
  return info.nextActionTimes.map((at) => at.getTime());
}
const spans = (times: readonly number[]) => times.slice(1).map((at, n) => at - (times[n] ?? 0));

describe('a night window', () => {
  test.each([
    ['at midday of a zone east of UTC', { fromHour: 11, toHour: 13, timeZone: 'Asia/Tokyo' }, 24],
    ['at night in Moscow', { fromHour: 1, toHour: 6, timeZone: 'Europe/Moscow' }, 24],
    ['across midnight, west of UTC', { fromHour: 22, toHour: 3, timeZone: 'America/New_York' }, 24],
    ['of one hour', { fromHour: 5, toHour: 6, timeZone: 'Asia/Kolkata' }, 24],
    ['several times in it', { fromHour: 22, toHour: 6, timeZone: 'Europe/Berlin' }, 3],
    ['for a weekly crawl', { fromHour: 2, toHour: 4, timeZone: 'Europe/Moscow' }, 168],
    ['to the end of the day', { fromHour: 20, toHour: 24, timeZone: 'UTC' }, 12],
  ])('really fires, and inside of it alone: %s', async (_name, window, hours) => {
    for (const mode of ['discovery', 'deep'] as const) {
      const times = await nextActions(sourceWith({ window, discoveryEveryHours: hours, deepEveryHours: hours }), mode);
      expect(times.length).toBeGreaterThanOrEqual(5);
      for (const at of times) expect(msUntilOpen(window, at)).toBe(0);
      const longest = Math.max(...spans(times));
      expect(longest).toBeLessThanOrEqual(25 * HOUR_MS + JITTER_MS);
    }
  });
});

test('without a window it fires every so many hours, each source at its own minute, the two modes half a turn apart', async () => {
  const source = sourceWith({ discoveryEveryHours: 24, deepEveryHours: 24 });
  const [discovery, deep] = [await nextActions(source, 'discovery'), await nextActions(source, 'deep')];
  for (const span of spans(discovery)) expect(Math.abs(span - 24 * HOUR_MS)).toBeLessThanOrEqual(JITTER_MS);
  const apart = Math.abs((discovery[0] ?? 0) - (deep[0] ?? 0));
  expect(Math.abs(apart - 12 * HOUR_MS)).toBeLessThanOrEqual(JITTER_MS);
  const others = await Promise.all(
    Array.from({ length: 5 }, async () => (await nextActions(sourceWith({}), 'deep'))[0] ?? 0),
  );
  expect(new Set(others.map((at) => Math.floor(at / HOUR_MS))).size).toBeGreaterThan(1);
});

test('an hourly crawl fires every hour', async () => {
  const times = await nextActions(sourceWith({ deepEveryHours: 1 }), 'deep');
  for (const span of spans(times)) expect(Math.abs(span - HOUR_MS)).toBeLessThanOrEqual(JITTER_MS);
});

test('a saved source changes its schedules: times, pause, and none where none is wanted; removing is repeatable', async () => {
  const source = sourceWith({ window: { fromHour: 1, toHour: 6, timeZone: 'UTC' } });
  await syncCrawlSchedules(env.client, source);
  await syncCrawlSchedules(env.client, source);
  const deep = env.client.schedule.getHandle(crawlScheduleId(source.sourceId, 'deep'));
  expect((await deep.describe()).state.paused).toBe(false);

  const changed = sourceWith(
    { deepEveryHours: 2, discoveryEveryHours: null },
    { sourceId: source.sourceId, state: 'paused' },
  );
  await syncCrawlSchedules(env.client, changed);
  const { state, spec, policies, action } = await deep.describe();
  expect(state.paused).toBe(true);
  expect(spec.calendars ?? []).toEqual([]);
  expect(spec.intervals?.[0]?.every).toBe(2 * HOUR_MS);
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 10 * 60_000 });
  expect(action).toMatchObject({ workflowType: 'scheduledCrawl', args: [{ sourceId: source.sourceId, mode: 'deep' }] });
  const discovery = env.client.schedule.getHandle(crawlScheduleId(source.sourceId, 'discovery'));
  await expect(discovery.describe()).rejects.toThrow(/not found/i);

  await syncCrawlSchedules(env.client, { ...changed, state: 'active' });
  expect((await deep.describe()).state.paused).toBe(false);
  await deleteCrawlSchedules(env.client, source.sourceId);
  await deleteCrawlSchedules(env.client, source.sourceId);
  await expect(deep.describe()).rejects.toThrow(/not found/i);
});
