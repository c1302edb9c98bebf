import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../api/problems.ts';
import { addSource, config, pick, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

const about = (text: string): unknown => expect.stringContaining(text);
const wrongFields = async (body: unknown): Promise<unknown> => {
  const reply = await api.call('POST', '/api/sources', { body });
  expect(reply.status).toBe(422);
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  return pick(reply, 'errors');
};

describe('a source', () => {
  test('needs a name and a start URL; the rest has defaults', async () => {
    const made = await api.call('POST', '/api/sources', { body: { name: 'Own shop', config: config() } });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/sources/${String(pick(made, 'id'))}`);
    expect(made.json).toMatchObject({
      name: 'Own shop',
      state: 'active',
      products: 0,
      lastCrawl: null,
      config: {
        kind: 'page',
        limits: { delayMs: 1000, concurrency: 2, maxPages: 10_000, maxDepth: 20 },
        schedule: { discoveryEveryHours: 24, deepEveryHours: 24, window: null },
      },
    });
    const read = await api.call('GET', String(made.headers.get('location')));
    expect(read.json).toEqual(made.json);
  });

  test('is replaced, paused, resumed and deleted through Temporal', async () => {
    const id = await addSource(api, 'Steered');
    const put = { name: 'Steered again', config: { ...config('https://other.example/'), currency: 'RUB' } };
    expect(await api.call('PUT', `/api/sources/${id}`, { body: put })).toMatchObject({
      status: 200,
      json: { id, name: 'Steered again', config: { currency: 'RUB' } },
    });
    expect((await api.call('POST', `/api/sources/${id}/pause`)).json).toMatchObject({ state: 'paused' });
    expect((await api.call('POST', `/api/sources/${id}/resume`)).json).toMatchObject({ state: 'active' });
    expect((await api.call('DELETE', `/api/sources/${id}`)).status).toBe(204);
    expect((await api.call('GET', `/api/sources/${id}`)).status).toBe(404);
    expect(api.temporal.calls).toEqual(
      expect.arrayContaining(['save Steered again active', 'save Steered again paused', 'remove']),
    );
  });

  test('keeps its name to itself', async () => {
    const id = await addSource(api, 'Taken');
    const body = { name: 'Taken', config: config() };
    expect(await api.call('POST', '/api/sources', { body })).toMatchObject({
      status: 409,
      json: { type: '/problems/source-name-taken' },
    });
    expect((await api.call('PUT', `/api/sources/${id}`, { body })).status).toBe(200);
    const other = await addSource(api);
    expect((await api.call('PUT', `/api/sources/${other}`, { body })).status).toBe(409);
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s of an id that does not exist, or is none, is 404', async (method) => {
    const options = method === 'PUT' ? { body: { name: randomUUID(), config: config() } } : {};
    expect((await api.call(method, `/api/sources/${randomUUID()}`, options)).status).toBe(404);
    expect((await api.call(method, '/api/sources/none', options)).status).toBe(404);
  });

  test('is not saved when Temporal is down, and the answer says so', async () => {
    api.temporal.failure = new Problem('temporal-unavailable', 'Temporal does not answer');
    const reply = await api.call('POST', '/api/sources', { body: { name: 'Never', config: config() } });
    api.temporal.failure = null;
    expect(reply).toMatchObject({ status: 503, json: { type: '/problems/temporal-unavailable' } });
  });
});

describe('the list of sources', () => {
  test('is paged by cursor, complete and without repeats', async () => {
    for (const name of ['page a', 'page b', 'page c', 'page d', 'page e']) await addSource(api, name);
    const names: unknown[] = [];
    let cursor = '';
    do {
      const reply = await api.call('GET', `/api/sources?limit=2${cursor}`);
      names.push(pick(reply, 'items.0.name'), pick(reply, 'items.1.name'));
      const next = pick(reply, 'nextCursor');
      cursor = typeof next === 'string' ? `&cursor=${next}` : '';
    } while (cursor !== '');
    const seen = names.filter((name) => name !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(['page a', 'page b', 'page c', 'page d', 'page e']));
  });

  test('is filtered by state, and unknown filters are refused by name', async () => {
    const id = await addSource(api);
    await api.call('POST', `/api/sources/${id}/pause`);
    const paused = await api.call('GET', '/api/sources?state=paused');
    expect(paused.json).toMatchObject({ items: [{ id, state: 'paused' }], nextCursor: null });
    expect(await api.call('GET', '/api/sources?stat=paused')).toMatchObject({
      status: 422,
      json: { errors: [{ in: 'query', path: 'stat', message: 'is not a known field' }] },
    });
    expect(await api.call('GET', '/api/sources?cursor=nonsense')).toMatchObject({
      status: 400,
      json: { type: '/problems/invalid-cursor' },
    });
  });
});

describe('a wrong field is named with its rule', () => {
  const cases: readonly (readonly [what: string, change: object, path: string, message: string])[] = [
    ['a NUL', { links: { ignore: ['a\0'] } }, 'config.links.ignore.0', 'must not hold NUL or half a surrogate pair'],
    ['no start URL', { startUrls: [] }, 'config.startUrls', 'must have at least one URL'],
    [
      'another protocol',
      { startUrls: ['ftp://x.example/'] },
      'config.startUrls.0',
      'must be an absolute http or https URL',
    ],
    ['a relative URL', { startUrls: ['/sitemap.xml'] }, 'config.startUrls.0', 'must be an absolute http or https URL'],
    [
      'a password',
      { startUrls: ['https://a:b@x.example/'] },
      'config.startUrls.0',
      'must not hold a user name or password',
    ],
    [
      'concurrency',
      { limits: { concurrency: 17 } },
      'config.limits.concurrency',
      'must be a whole number from 1 to 16',
    ],
    [
      'half a page',
      { limits: { maxPages: 1.5 } },
      'config.limits.maxPages',
      'must be a whole number from 1 to 1000000',
    ],
    ['a misspelt limit', { limits: { delay: 1 } }, 'config.limits.delay', 'is not a known field'],
    ['a misspelt field', { fields: { titel: { select: 'h1' } } }, 'config.fields.titel', 'is not a known field'],
    [
      'a bad selector',
      { fields: { title: { select: 'h1[' } } },
      'config.fields.title.select',
      'must be a CSS selector',
    ],
    [
      'a bad pseudo',
      { fields: { title: { select: 'a:foo' } } },
      'config.fields.title.select',
      'must be a CSS selector',
    ],
    ['currency', { currency: 'RUR' }, 'config.currency', 'must be an ISO 4217 code such as RUB'],
    ['language', { language: 'Russian' }, 'config.language', 'must be a BCP 47 primary language such as ru'],
    ['api without rules', { kind: 'api' }, 'config.api', 'is required when kind is api'],
    [
      'time zone',
      { schedule: { window: { fromHour: 1, toHour: 6, timeZone: 'Moscow' } } },
      'config.schedule.window.timeZone',
      'must be an IANA time zone such as Europe/Moscow',
    ],
    [
      'an empty window',
      { schedule: { window: { fromHour: 1, toHour: 1, timeZone: 'UTC' } } },
      'config.schedule.window.toHour',
      'must differ from fromHour; null instead of a window = always',
    ],
  ];
  test.each(cases)('%s', async (...[, change, path, message]) => {
    const errors = await wrongFields({ name: randomUUID(), config: { ...config(), ...change } });
    expect(errors).toEqual([{ in: 'body', path, message }]);
  });

  test('all of them at once, and what is absent is said to be required', async () => {
    expect(await wrongFields({ config: { startUrls: ['x'], currency: 'XX' }, colour: 1 })).toEqual(
      expect.arrayContaining([
        { in: 'body', path: 'name', message: 'is required' },
        { in: 'body', path: 'config.startUrls.0', message: 'must be an absolute http or https URL' },
        { in: 'body', path: 'config.currency', message: 'must be an ISO 4217 code such as RUB' },
        { in: 'body', path: 'colour', message: 'is not a known field' },
      ]),
    );
    expect(await wrongFields({})).toEqual(
      expect.arrayContaining([{ in: 'body', path: 'config', message: 'is required' }]),
    );
  });

  test('an API source is read by dot paths, not selectors', async () => {
    const fields = { title: { select: 'a..b' }, price: { select: 'price', attribute: 'content' } };
    const bad = { ...config(), kind: 'api', api: { items: '', url: 'link' }, fields };
    expect(await wrongFields({ name: 'api', config: bad })).toEqual([
      { in: 'body', path: 'config.fields.title.select', message: about('dot path') },
      { in: 'body', path: 'config.fields.price.attribute', message: about('page sources only') },
    ]);
  });
});

test('a page is tried with nothing but its URL', async () => {
  const reply = await api.call('POST', '/api/sources/try', { body: { url: 'https://shop.example/p/1' } });
  expect(reply).toMatchObject({
    status: 200,
    json: { kind: 'product', product: { title: { value: 'Чашка', from: 'json-ld', confidence: 0.9 } } },
  });
});
