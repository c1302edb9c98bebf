import { randomUUID } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCrawlCounts, finishCrawl, insertCrawl } from '../../db/repositories/crawls.ts';
import { addEvents } from '../../db/repositories/events.ts';
import { addProducts, addSource, pick, startApi, type TestApi } from './support.ts';

let api: TestApi;
let sourceId: string;
let productId: string;
beforeAll(async () => {
  api = await startApi();
  sourceId = await addSource(api, 'Shop');
  await addProducts(api, sourceId, [{ title: 'Кружка', priceMinor: 79_000 }]);
  productId = String(pick(await api.call('GET', '/api/products'), 'items.0.id'));
});
afterAll(async () => {
  await api.stop();
});

describe('watches', () => {
  const path = () => `/api/products/${productId}/watches`;

  test('are added in the currency of the product, listed and removed', async () => {
    const added = await api.call('POST', path(), { body: { below: '500.50', backInStock: true } });
    expect(added).toMatchObject({
      status: 201,
      json: {
        below: '500.50',
        currency: 'RUB',
        backInStock: true,
        armed: true,
        hysteresisPercent: 5,
        dropPercent: null,
      },
    });
    expect(pick(await api.call('GET', path()), 'items')).toEqual([added.json]);
    const address = `${path()}/${String(pick(added, 'id'))}`;
    expect((await api.call('DELETE', address)).status).toBe(204);
    expect((await api.call('DELETE', address)).status).toBe(404);
    expect(pick(await api.call('GET', path()), 'items')).toEqual([]);
  });

  test('with the same Idempotency-Key are one', async () => {
    const given = { body: { dropPercent: 20 }, headers: { 'idempotency-key': randomUUID() } };
    const [first, second] = [await api.call('POST', path(), given), await api.call('POST', path(), given)];
    expect(second.json).toEqual(first.json);
    expect(pick(await api.call('GET', path()), 'items')).toHaveLength(1);
  });

  test.each([
    [{}, ''],
    [{ below: '5', dropPercent: 5 }, 'dropPercent'],
    [{ below: '1.005' }, 'below'],
    [{ dropPercent: 0 }, 'dropPercent'],
    [{ below: '5', currency: 'XXY' }, 'currency'],
  ])('that make no sense are refused: %j', async (body, field) => {
    const reply = await api.call('POST', path(), { body });
    expect(reply).toMatchObject({ status: 422, json: { errors: [{ in: 'body', path: field }] } });
  });

  test('of a product that does not exist are not found', async () => {
    const nowhere = `/api/products/${randomUUID()}/watches`;
    expect((await api.call('POST', nowhere, { body: { dropPercent: 5 } })).status).toBe(404);
    expect((await api.call('GET', nowhere)).status).toBe(404);
  });
});

test('events come newest first, by kind and source, each once, page by page', async () => {
  const event = { sourceId, productId: null, payload: { error: 'status 500' } };
  const [first = 0] = await addEvents(api.em(), [{ ...event, kind: 'source-broken', dedupeKey: 'one' }]);
  await addEvents(api.em(), [
    { ...event, kind: 'source-broken', dedupeKey: 'one' },
    { ...event, kind: 'layout-changed', dedupeKey: 'two' },
    { ...event, kind: 'source-broken', dedupeKey: 'three' },
  ]);
  const page = await api.call('GET', `/api/events?source=${sourceId}&limit=2`);
  expect(page.json).toMatchObject({ items: [{ kind: 'source-broken' }, { kind: 'layout-changed', hasSample: false }] });
  const rest = await api.call('GET', `/api/events?limit=2&cursor=${String(pick(page, 'nextCursor'))}`);
  expect(rest.json).toMatchObject({ items: [{ id: first, payload: { error: 'status 500' } }], nextCursor: null });
  expect(pick(await api.call('GET', '/api/events?kind=layout-changed'), 'items')).toHaveLength(1);
  expect(pick(await api.call('GET', `/api/events?source=${randomUUID()}`), 'items')).toEqual([]);
  expect((await api.call('GET', '/api/events?kind=other')).status).toBe(422);
});

test('the page that was kept with an event is shown as text, never as a page', async () => {
  const event = { kind: 'layout-changed' as const, sourceId, productId: null, payload: {}, dedupeKey: 'sample' };
  const [id = 0] = await addEvents(api.em(), [event]);
  expect((await api.call('GET', `/api/events/${id}/sample`)).status).toBe(404);
  const html = '<h1>Кружка</h1><script>alert(1)</script>';
  await api.em().execute('update event set sample = ? where id = ?', [zstdCompressSync(Buffer.from(html)), id]);
  const reply = await api.call('GET', `/api/events/${id}/sample`);
  expect(reply).toMatchObject({ status: 200, json: html });
  expect(reply.headers.get('content-type')).toContain('text/plain');
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a replay is started once and answers at its address', async () => {
  const started = await api.call('POST', `/api/sources/${sourceId}/replays`);
  expect(started).toMatchObject({ status: 202, json: { sourceId, state: 'running', pages: 0 } });
  expect((await api.call('GET', String(started.headers.get('location')))).json).toEqual(started.json);
  expect(api.temporal.calls.at(-1)).toBe(`replay ${sourceId}`);
  expect((await api.call('POST', `/api/sources/${randomUUID()}/replays`)).status).toBe(404);
  expect((await api.call('GET', `/api/replays/${randomUUID()}`)).status).toBe(404);
});

test('the quality of a source is told in shares', async () => {
  const crawlId = randomUUID();
  await insertCrawl(api.em(), { crawlId, sourceId, mode: 'full' });
  const counts = { fetched: 4, unchanged: 0, failed: 0, products: 4, created: 4, changed: 0 };
  const quality = { pages: 4, counts: { title: 4, price: 3, image: 2, availability: 1, plausible: 4 } };
  await addCrawlCounts(api.em(), crawlId, { ...counts, quality });
  await finishCrawl(api.em(), { crawlId, sourceId, state: 'completed', error: null });
  const shares = { title: 1, price: 0.75, image: 0.5, availability: 0.25, plausible: 1 };
  expect((await api.call('GET', `/api/sources/${sourceId}/quality`)).json).toMatchObject({
    items: [{ crawlId, layoutChanged: false, pages: 4, shares }],
  });
});
