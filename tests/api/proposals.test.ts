import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSource, config, pick, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

const propose = async (): Promise<string> => {
  const body = { name: randomUUID(), state: 'proposed', config: config() };
  return String(pick(await api.call('POST', '/api/sources', { body }), 'id'));
};

test('a proposal is in the backlog until it is activated, once', async () => {
  const id = await propose();
  expect(pick(await api.call('GET', '/api/sources?state=proposed'), 'items.0.id')).toBe(id);
  const reply = await api.call('POST', `/api/sources/${id}/activate`);
  expect([reply.status, pick(reply, 'state')]).toEqual([200, 'active']);
  expect(pick(await api.call('GET', '/api/sources?state=proposed'), 'items')).toEqual([]);
  const saves = api.temporal.calls.length;
  expect((await api.call('POST', `/api/sources/${id}/activate`)).status).toBe(200);
  expect(api.temporal.calls).toHaveLength(saves);
  expect((await api.call('POST', `/api/sources/${randomUUID()}/activate`)).status).toBe(404);
});

test('several at once; what is not there is named, and a paused source stays paused', async () => {
  const [first, second, paused, gone] = [await propose(), await propose(), await addSource(api), randomUUID()];
  await api.call('POST', `/api/sources/${paused}/pause`);
  const reply = await api.call('POST', '/api/sources/activate', {
    body: { ids: [first, second, paused, gone, first] },
  });
  expect(reply.status).toBe(200);
  expect([0, 1, 2].map((n) => pick(reply, `items.${n}.state`))).toEqual(['active', 'active', 'paused']);
  expect(pick(reply, 'missing')).toEqual([gone]);
  expect((await api.call('POST', '/api/sources/activate', { body: { ids: [] } })).status).toBe(422);
});
