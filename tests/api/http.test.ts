import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addSource, config, startApi, type TestApi } from './support.ts';

const TOKEN = 'kJ8vQ2xWm4ZrT7pLs9Yb3Nc6';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterEach(() => {
  api.temporal.failure = null;
});
afterAll(async () => {
  await api.stop();
});

/** A request with headers that fetch does not let out of a page's reach: Host. */
const statusWith = async (method: string, path: string, headers: Record<string, string>): Promise<number> =>
  await new Promise((resolve, reject) => {
    request(new URL(path, api.url), { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('every error is a problem', () => {
  test.each([
    ['GET', '/api/nothing', {}, 404, 'not-found'],
    ['GET', '/nothing', {}, 404, 'not-found'],
    ['GET', '/api/sources/%E0%A4%A', {}, 400, 'bad-request'],
    ['PATCH', '/api/sources', {}, 405, 'method-not-allowed'],
    ['DELETE', '/healthz', {}, 405, 'method-not-allowed'],
    ['POST', '/api/sources', { body: '{"name": ' }, 400, 'malformed-json'],
    ['POST', '/api/sources', { body: '[1]' }, 422, 'invalid-request'],
    ['POST', '/api/sources', { body: 'a=1', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
    ['POST', '/api/sources', { body: { name: 'x'.repeat(300_000) } }, 413, 'body-too-large'],
  ])('%s %s', async (...[method, path, options, status, code]) => {
    const reply = await api.call(method, path, options);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply).toMatchObject({
      status,
      json: { status, type: `/problems/${code}`, requestId: reply.headers.get('x-request-id') },
    });
    if (status === 405) expect(reply.headers.get('allow')).toMatch(/GET|POST/);
  });

  test('an unknown failure tells the log everything and the caller nothing', async () => {
    api.temporal.failure = new Error('relation "secret_table" at /srv/db.ts:7');
    const reply = await api.call('POST', '/api/sources', { body: { name: randomUUID(), config: config() } });
    expect(reply).toMatchObject({ status: 500, json: { type: '/problems/internal' } });
    expect(JSON.stringify(reply.json)).not.toMatch(/secret_table|srv/);
    const line = api.lines.find((text) => text.includes('secret_table')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ level: 50, requestId: reply.headers.get('x-request-id') });
  });
});

test('each request is one log line under its id, without its query', async () => {
  const id = randomUUID();
  await api.call('GET', '/api/products?query=private', { headers: { 'x-request-id': id } });
  await expect.poll(() => api.lines.find((text) => text.includes(id))).toBeDefined();
  const line = api.lines.find((text) => text.includes(id)) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ requestId: id, method: 'GET', path: '/api/products', status: 200 });
  expect(line).not.toContain('private');
});

describe('pages of other sites', () => {
  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{}, 200],
  ])('change nothing: %j is answered with %i', async (headers, status) => {
    const id = await addSource(api);
    expect(await statusWith('POST', `/api/sources/${id}/pause`, { ...headers })).toBe(status);
  });

  test('the own page may', async () => {
    const id = await addSource(api);
    const { host } = new URL(api.url);
    expect(await statusWith('POST', `/api/sources/${id}/pause`, { origin: `http://${host}` })).toBe(200);
  });

  test.each(['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', 'x y'])(
    'do not get in under the name «%s» that was pointed here',
    async (host) => {
      expect(await statusWith('GET', '/api/sources', { host })).toBe(403);
    },
  );

  test.each(['localhost:8080', '127.0.0.1', '[::1]:8080'])('this machine is «%s»', async (host) => {
    expect(await statusWith('GET', '/api/sources', { host })).toBe(200);
  });

  test('are not given answers: CORS is closed', async () => {
    const reply = await api.call('GET', '/api/sources', { headers: { origin: 'https://evil.example' } });
    expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the operator token, where it is set', () => {
  test.each([
    [undefined, 401],
    ['Bearer wrong', 401],
    [`Basic ${TOKEN}`, 401],
    [TOKEN, 401],
    [`Bearer ${TOKEN}`, 200],
  ])('«%s» is answered with %i', async (authorization, status) => {
    const url = await api.serve({ operatorToken: TOKEN });
    const headers = authorization === undefined ? {} : { authorization };
    for (const path of ['/api/sources', '/api/products', '/metrics']) {
      const reply = await api.call('GET', path, { url, headers });
      expect(reply.status).toBe(status);
      if (status === 401) expect(reply.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  test('is not needed for health, the documentation and the page itself', async () => {
    const url = await api.serve({ operatorToken: TOKEN });
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs'])
      expect((await api.call('GET', path, { url })).status).toBe(200);
  });

  test('opens other host names too', async () => {
    const url = new URL(await api.serve({ operatorToken: TOKEN }));
    const headers = { host: 'gifty.example', authorization: `Bearer ${TOKEN}` };
    const status = await new Promise((resolve) => {
      request(new URL('/api/sources', url), { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(200);
  });
});

test('too many requests are told to wait, health is not counted', async () => {
  const url = await api.serve({ requestsPerMinute: 3 });
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await api.call('GET', '/api/products', { url })).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const refused = await api.call('GET', '/api/products', { url });
  expect(refused).toMatchObject({ json: { type: '/problems/rate-limited' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await api.call('GET', '/healthz', { url })).status).toBe(200);
});

test('another address is not punished, when the proxy in front is trusted to name it', async () => {
  const url = await api.serve({ requestsPerMinute: 1, trustProxy: 1 });
  const from = async (address: string): Promise<number> =>
    (await api.call('GET', '/api/products', { url, headers: { 'x-forwarded-for': address } })).status;
  expect([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.2')]).toEqual([200, 429, 200]);
});

test('the policy allows own scripts and styles only, and photos of shops', async () => {
  const { headers } = await api.call('GET', '/docs');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).toContain("img-src 'self' data: https: http://127.0.0.1:8090");
  expect(policy).not.toContain('unsafe');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('Swagger UI comes from here, every file that its page names', async () => {
  const page = String((await api.call('GET', '/docs')).json);
  const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
  expect(files).toHaveLength(4);
  for (const file of files) expect((await api.call('GET', file)).status).toBe(200);
  expect((await api.call('GET', '/docs/package.json')).status).toBe(404);
});
