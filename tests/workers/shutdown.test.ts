import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { setWatch, watchState } from '../../client/stargifts.ts';
import { dataConverter } from '../../client/payload-codec.ts';
import { accountQueue } from '../../contracts/task-queues.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { startTemporal, testKeys } from '../support/temporal.ts';

let env: TestWorkflowEnvironment;

beforeAll(async () => {
  env = await startTemporal();
});

afterAll(async () => {
  await env.teardown();
});

/** A process that hosts accounts and has nothing but the watcher to do. */
async function startHost(onPoll: () => void) {
  const hostQueue = accountQueue(randomUUID());
  const activities = {
    openWatch: async () => await Promise.resolve(),
    chooseHost: async () => await Promise.resolve(hostQueue),
    pollGifts: async () => {
      onPoll();
      await Context.current().cancelled;
    },
  };
  const workers = await createWorkers({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: dataConverter(testKeys),
    queues: ['workflows', 'storage'],
    activities,
    hostQueue,
  });
  const running = Promise.all(workers.map(async (worker) => await worker.run()));
  return async () => {
    for (const worker of workers) worker.shutdown();
    await running;
  };
}

test('a host that is told to end does not wait for the polling, and the watcher goes on at the next host', async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const userId = randomUUID();
  const stopFirst = await startHost(first);
  await setWatch(env.client, userId, true);
  await vi.waitUntil(() => first.mock.calls.length > 0, { timeout: 15_000, interval: 20 });
  const startedAtMs = performance.now();
  await stopFirst();
  // The launcher ends a process that has not ended after 10 s.
  expect(performance.now() - startedAtMs).toBeLessThan(8_000);
  const stopSecond = await startHost(second);
  await vi.waitUntil(() => second.mock.calls.length > 0, { timeout: 20_000, interval: 20 });
  expect(await watchState(env.client, userId)).toMatchObject({ state: 'watching' });
  await stopSecond();
}, 60_000);
