import { Connection, Client } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTemporalDoor } from '../../api/temporal-door.ts';
import { DependencyDownError, waitForDependency } from '../../api/wait-for.ts';
import { createOrm } from '../../db/orm.ts';
import { freePort } from '../support/free-port.ts';
import { config, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

describe('readiness', () => {
  test('is there when Postgres and Temporal answer', async () => {
    expect(await api.call('GET', '/readyz')).toMatchObject({ status: 200, json: { status: 'ready' } });
    expect(await api.call('GET', '/healthz')).toMatchObject({ status: 200, json: { status: 'ok' } });
  });

  test('names Temporal when it is down', async () => {
    const connection = Connection.lazy({ address: `127.0.0.1:${await freePort()}` });
    const temporal = createTemporalDoor({ client: new Client({ connection }), connection });
    const url = await api.serve({}, { temporal });
    expect(await api.call('GET', '/readyz', { url })).toMatchObject({ status: 503, json: { down: ['Temporal'] } });
    expect((await api.call('GET', '/healthz', { url })).status).toBe(200);
    const body = { name: 'Never', config: config() };
    expect(await api.call('POST', '/api/sources', { url, body })).toMatchObject({
      status: 503,
      json: { type: '/problems/temporal-unavailable' },
    });
    await connection.close();
  });

  test('names Postgres when it is down, and reads say so too', async () => {
    const orm = createOrm({ databaseUrl: `postgres://postgres@127.0.0.1:${await freePort()}/postgres` });
    const url = await api.serve({}, { em: () => orm.em.fork() });
    expect(await api.call('GET', '/readyz', { url })).toMatchObject({ status: 503, json: { down: ['Postgres'] } });
    for (const path of ['/api/sources', '/api/products', '/api/products?query=mug'])
      expect(await api.call('GET', path, { url })).toMatchObject({
        status: 503,
        json: { type: '/problems/database-unavailable' },
      });
    await orm.close();
  });

  test('does not wait longer than a second for either', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    api.temporal.gate = promise.then(() => undefined);
    const began = performance.now();
    expect(await api.call('GET', '/readyz')).toMatchObject({ status: 503, json: { down: ['Temporal'] } });
    expect(performance.now() - began).toBeLessThan(3000);
    resolve(undefined);
  });
});

test('metrics count requests by the pattern of their route', async () => {
  await api.call('GET', '/api/sources/00000000-0000-4000-8000-000000000000');
  await api.call('GET', '/wp-login.php');
  const { json, headers } = await api.call('GET', '/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  expect(json).toMatch(/^giftbuyer_requests_total\{method="GET",route="\/api\/sources\/:id",status="404"\} 1$/m);
  expect(json).toMatch(/^giftbuyer_requests_total\{method="GET",route="other",status="404"\} 1$/m);
  expect(json).toMatch(/^giftbuyer_request_latency_seconds_bucket\{le="0.005",/m);
  expect(json).toMatch(/^gifty_idempotent_replays_total 0$/m);
});

describe('a start without something that is needed', () => {
  const log = pino({ level: 'silent' });

  test('goes on as soon as it is there', async () => {
    let tries = 0;
    const connect = async (): Promise<string> => {
      tries += 1;
      if (tries < 3) throw new Error('connection refused');
      return 'connected';
    };
    const patience = { log, patienceMs: 10_000, everyMs: 1 };
    expect(await waitForDependency({ name: 'Temporal', advice: '', connect }, patience)).toBe('connected');
  });

  test('ends saying which and how to fix it', async () => {
    const connect = async (): Promise<never> => await Promise.reject(new Error('connection refused'));
    const dependency = {
      name: 'Temporal at 127.0.0.1:7233',
      advice: 'Start it, or correct TEMPORAL_ADDRESS.',
      connect,
    };
    const waiting = waitForDependency(dependency, { log, patienceMs: 0, everyMs: 1 });
    await expect(waiting).rejects.toThrow(DependencyDownError);
    await expect(waiting).rejects.toThrow(
      'Temporal at 127.0.0.1:7233 does not answer: connection refused. Start it, or correct TEMPORAL_ADDRESS.',
    );
  });
});
