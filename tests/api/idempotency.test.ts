import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newIdFor } from '../../api/idempotency.ts';
import { Problem } from '../../api/problems.ts';
import { finishCrawl } from '../../db/repositories/crawls.ts';
import { claimIdempotencyKey, purgeIdempotencyRecords } from '../../db/repositories/idempotency.ts';
import { addSource, config, pick, startApi, type Reply, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterEach(() => {
  api.temporal.failure = null;
  api.temporal.gate = Promise.resolve();
});
afterAll(async () => {
  await api.stop();
});

const create = async (key: string, name: string, url = api.url): Promise<Reply> =>
  await api.call('POST', '/api/sources', {
    url,
    body: { name, config: config() },
    headers: { 'idempotency-key': key },
  });
const crawl = async (key: string, sourceId: string): Promise<Reply> =>
  await api.call('POST', `/api/sources/${sourceId}/crawls`, { headers: { 'idempotency-key': key } });
/** As if the process had died: the key is taken, long ago, and there is no answer. */
const crash = async (key: string): Promise<void> => {
  await api
    .em()
    .execute(
      `update idempotency_record set status = null, body = null, created_at = now() - interval '1 hour' where key = ?`,
      [key],
    );
};

describe('the same key', () => {
  test('with the same request gets the same answer, also from another process', async () => {
    const key = randomUUID();
    const name = randomUUID();
    const first = await create(key, name);
    const saved = api.temporal.calls.length;
    const restarted = await api.serve();
    for (const url of [api.url, restarted]) {
      const again = await create(key, name, url);
      expect(again).toMatchObject({ status: 201, json: first.json });
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    }
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(api.temporal.calls).toHaveLength(saved);
  });

  test('with another request is refused', async () => {
    const key = randomUUID();
    await create(key, randomUUID());
    expect(await create(key, randomUUID())).toMatchObject({
      status: 422,
      json: { type: '/problems/idempotency-key-reused' },
    });
  });

  test('does not care about the order of fields or defaults that are written out', async () => {
    const key = randomUUID();
    const name = randomUUID();
    await create(key, name);
    const body = { state: 'active', config: { kind: 'page', ...config() }, name };
    const again = await api.call('POST', '/api/sources', { body, headers: { 'idempotency-key': key } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  test('while the first request is being handled is 409, and afterwards the first answer', async () => {
    const key = randomUUID();
    const name = randomUUID();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    api.temporal.gate = promise.then(() => undefined);
    const first = create(key, name);
    await expect.poll(() => api.temporal.calls.at(-1)).toBe(`save ${name} active`);
    const second = await create(key, name);
    expect(second).toMatchObject({ status: 409, json: { type: '/problems/request-in-progress' } });
    expect(second.headers.get('retry-after')).toBe('2');
    resolve(undefined);
    const { json } = await first;
    expect(await create(key, name)).toMatchObject({ status: 201, json });
  });

  test('of many at once, one is handled', async () => {
    const sourceId = await addSource(api);
    const before = api.temporal.calls.length;
    const key = randomUUID();
    const replies = await Promise.all(Array.from({ length: 10 }, () => crawl(key, sourceId)));
    expect(api.temporal.calls.slice(before)).toEqual(['start full']);
    const statuses = new Set(replies.map(({ status }) => status));
    expect([...statuses].every((status) => status === 202 || status === 409)).toBe(true);
    expect(statuses).toContain(202);
  });

  test('can be used again after a failure or a refusal, which changed nothing', async () => {
    const key = randomUUID();
    const name = randomUUID();
    api.temporal.failure = new Problem('temporal-unavailable', 'Temporal does not answer');
    expect((await create(key, name)).status).toBe(503);
    api.temporal.failure = null;
    expect((await create(key, name)).status).toBe(201);
    expect((await api.call('POST', '/api/sources', { body: {}, headers: { 'idempotency-key': 'k' } })).status).toBe(
      422,
    );
    expect((await create('k', randomUUID())).status).toBe(201);
  });
});

describe('after a crash between the work and its answer', () => {
  test('a source is not made twice: its id follows from the key', async () => {
    const key = randomUUID();
    const name = randomUUID();
    const { json } = await create(key, name);
    await crash(key);
    const again = await create(key, name);
    expect(again.status).toBe(201);
    expect(pick(again, 'id')).toBe(pick({ ...again, json }, 'id'));
    const rows = await api.em().execute<object[]>('select id from source where name = ?', [name]);
    expect(rows).toHaveLength(1);
  });

  test('a crawl that runs is recognised as the one that was asked for', async () => {
    const sourceId = await addSource(api);
    const key = randomUUID();
    const first = await crawl(key, sourceId);
    await crash(key);
    // The process died before it could note the crawl, and no worker has taken it yet.
    await api.em().execute('delete from crawl where source_id = ?', [sourceId]);
    const again = await crawl(key, sourceId);
    expect(again.status).toBe(202);
    expect(pick(again, 'crawlId')).toBe(pick(first, 'crawlId'));
    expect((await crawl(randomUUID(), sourceId)).status).toBe(409);
  });

  test('a crawl that has ended meanwhile is not run again', async () => {
    const sourceId = await addSource(api);
    const key = randomUUID();
    const crawlId = String(pick(await crawl(key, sourceId), 'crawlId'));
    await finishCrawl(api.em(), { crawlId, sourceId, state: 'completed', error: null });
    api.temporal.running.delete(sourceId);
    await crash(key);
    const before = api.temporal.calls.length;
    expect(await crawl(key, sourceId)).toMatchObject({ status: 202, json: { crawlId, state: 'completed' } });
    expect(api.temporal.calls).toHaveLength(before);
  });

  test('the key stays taken for as long as a handler may run', async () => {
    const request = { key: randomUUID(), route: 'POST /x', requestHash: 'a' };
    expect(await claimIdempotencyKey(api.em(), request, 60_000)).toMatchObject({ kind: 'mine' });
    expect(await claimIdempotencyKey(api.em(), request, 60_000)).toEqual({ kind: 'in-progress' });
    expect(await claimIdempotencyKey(api.em(), { ...request, requestHash: 'b' }, 0)).toEqual({ kind: 'other-request' });
    await crash(request.key);
    expect(await claimIdempotencyKey(api.em(), request, 60_000)).toMatchObject({ kind: 'mine' });
  });
});

test.each(['', 'two words', 'ключ', 'x'.repeat(256)])('«%s» is no key', async (key) => {
  const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
  const reply = await api.call('POST', '/api/sources', { body: { name: randomUUID(), config: config() }, headers });
  expect(reply).toMatchObject({ status: 400, json: { type: '/problems/invalid-idempotency-key' } });
});

test('records are forgotten after their time, and a forgotten key names the same thing still', async () => {
  const key = randomUUID();
  const name = randomUUID();
  const first = await create(key, name);
  await api.em().execute(`update idempotency_record set created_at = now() - interval '2 days' where key = ?`, [key]);
  await purgeIdempotencyRecords(api.em(), 86_400_000);
  const again = await create(key, name);
  expect(again.headers.get('idempotency-replayed')).toBeNull();
  expect(pick(again, 'id')).toBe(pick(first, 'id'));
});

test('ids that follow from keys are valid UUIDs, equal for equal keys and addresses only', () => {
  const ids = Array.from({ length: 500 }, (_, count) => newIdFor(`key-${count}`, 'POST /a'));
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set([...ids, newIdFor('key-0', 'POST /b'), newIdFor(null, 'POST /a')]).size).toBe(502);
  expect(newIdFor('key-0', 'POST /a')).toBe(ids[0]);
});
