import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Problem } from '../../api/problems.ts';
import { startWatches } from '../../api/watch-switch.ts';
import { pino } from 'pino';
import { addPerson, type Person } from './people.ts';
import { pick, startApi, type Reply, type TestApi } from './support.ts';

let api: TestApi;
let person: Person;
beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  person = await addPerson(api);
  api.temporal.calls.length = 0;
  api.temporal.failure = null;
});
afterAll(async () => {
  await api.stop();
});

const call = async (method: string, path: string, body?: unknown): Promise<Reply> =>
  await api.call(method, path, { headers: person.headers, ...(body !== undefined && { body }) });
const cap = async (): Promise<Reply> => await call('PATCH', '/api/settings', { capDayStars: 500 });

test('the switch is the one of the settings, whichever of the two is used', async () => {
  expect((await call('PUT', '/api/gift-watch', { on: true })).status).toBe(422); // no cap
  await cap();
  expect((await call('PUT', '/api/gift-watch', { on: true })).json).toMatchObject({ on: true, state: 'watching' });
  expect(pick(await call('GET', '/api/settings'), 'autobuyOn')).toBe(true);
  await call('PATCH', '/api/settings', { autobuyOn: false });
  expect((await call('GET', '/api/gift-watch')).json).toMatchObject({ on: false, onSince: null, state: 'off' });
  await call('PATCH', '/api/settings', { autobuyOn: true, zone: 'Europe/Moscow' });
  await call('PATCH', '/api/settings', { zone: 'UTC' });
  expect(api.temporal.calls.filter((one) => one.startsWith('watch'))).toEqual(['watch on', 'watch off', 'watch on']);
});

test('a watch is paused and resumed while it is on', async () => {
  expect(await call('POST', '/api/gift-watch/pause')).toMatchObject({
    status: 409,
    json: { type: '/problems/watch-off' },
  });
  await cap();
  await call('PUT', '/api/gift-watch', { on: true });
  expect(await call('POST', '/api/gift-watch/pause')).toMatchObject({ status: 202, json: { state: 'paused' } });
  expect(await call('POST', '/api/gift-watch/resume')).toMatchObject({ status: 202, json: { state: 'watching' } });
});

test('without Temporal it cannot be switched on, but off counts at once, and its state is said to be unknown', async () => {
  await cap();
  const down = new Problem('temporal-unavailable', 'Temporal does not answer');
  api.temporal.failure = down;
  expect((await call('PUT', '/api/gift-watch', { on: true })).status).toBe(503);
  expect(pick(await call('GET', '/api/settings'), 'autobuyOn')).toBe(false);
  api.temporal.failure = null;
  await call('PUT', '/api/gift-watch', { on: true });
  api.temporal.failure = down;
  const unknown = { on: true, state: 'unknown', error: 'temporal-unavailable' };
  expect((await call('GET', '/api/gift-watch')).json).toMatchObject(unknown);
  expect((await call('PUT', '/api/gift-watch', { on: false })).status).toBe(503);
  expect((await call('GET', '/api/gift-watch')).json).toMatchObject({ on: false, state: 'off' });
});

test('a watcher that Temporal has lost is said to be missing, and starts again with the API', async () => {
  await cap();
  await call('PUT', '/api/gift-watch', { on: true });
  api.temporal.watches.clear();
  expect((await call('GET', '/api/gift-watch')).json).toMatchObject({ on: true, state: 'not-running' });
  await startWatches({ em: api.em, temporal: api.temporal, log: pino({ level: 'silent' }) });
  expect((await call('GET', '/api/gift-watch')).json).toMatchObject({ on: true, state: 'watching' });
});
