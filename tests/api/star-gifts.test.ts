import { gunzipSync, gzipSync } from 'node:zlib';
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeLedger } from '../../db/repositories/gift-ledger.ts';
import { keepSticker } from '../../db/repositories/stickers.ts';
import { aGift } from '../support/gift-plans.ts';
import { openStream, putGift } from './gift-stage.ts';
import { addOwned } from './owned.ts';
import { addPerson, type Person } from './people.ts';
import { pick, startApi, type Reply, type TestApi } from './support.ts';

let api: TestApi;
let person: Person;
beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  person = await addPerson(api);
});
afterAll(async () => {
  await api.stop();
});

const get = async (path: string): Promise<Reply> => await api.call('GET', path, { headers: person.headers });
const ids = (reply: Reply): unknown[] => {
  const items = pick(reply, 'items');
  return Array.isArray(items) ? items.map((item: { id: string }) => item.id) : [];
};

describe('the list of gifts', () => {
  test('is filtered, sorted and paged', async () => {
    const cheap = await putGift(api, person.id, { priceStars: 10, total: 5000 });
    const dear = await putGift(api, person.id, { priceStars: 900, total: 100, upgradeStars: 25 });
    const gone = await putGift(api, person.id, { priceStars: 50, remaining: 0, isSoldOut: true });
    const plain = await putGift(api, person.id, { priceStars: 25, isLimited: false, total: null, remaining: null });
    expect(ids(await get('/api/star-gifts'))).toEqual([plain, gone, dear, cheap]);
    expect(ids(await get('/api/star-gifts?limited=true&soldOut=false&sort=cheapest'))).toEqual([cheap, dear]);
    expect(ids(await get('/api/star-gifts?limited=false'))).toEqual([plain]);
    expect(ids(await get('/api/star-gifts?upgradable=true'))).toEqual([dear]);
    expect(ids(await get('/api/star-gifts?soldOut=true'))).toEqual([gone]);
    expect(ids(await get('/api/star-gifts?minPrice=25&maxPrice=50&sort=dearest'))).toEqual([gone, plain]);
    const walked: unknown[] = [];
    for (let cursor = ''; ;) {
      const page = await get(`/api/star-gifts?sort=scarcest&limit=1${cursor}`);
      walked.push(...ids(page));
      const next = pick(page, 'nextCursor');
      if (typeof next !== 'string') break;
      cursor = `&cursor=${next}`;
    }
    expect(walked).toEqual([dear, gone, cheap, plain]);
  });

  test('takes no cursor that is not one of its own', async () => {
    for (const position of ['"x"', '"99999999999999999999:1"', '"1:99999999999999999999"', '7']) {
      const cursor = Buffer.from(position).toString('base64url');
      expect((await get(`/api/star-gifts?cursor=${cursor}`)).status).toBe(400);
    }
  });
});

test('a gift comes with what happened to it, its stock over time, and how long it took to sell out', async () => {
  const id = await putGift(api, person.id, { remaining: 1000 });
  const appearedAt = Date.now() - 60_000;
  const poll = async (remaining: number) => {
    const isSoldOut = remaining === 0;
    const gift = aGift(id, { remaining, isSoldOut, firstSaleAt: 1_000, lastSaleAt: isSoldOut ? 43_000 : null });
    const changes = isSoldOut ? [{ kind: 'sold-out' as const, giftId: id, lastedMs: 42_000 }] : [];
    await writeLedger(api.em(), {
      ...{ userId: person.id, changes, baseline: false },
      changed: [{ gift, appearedAt, locks: {} }],
    });
  };
  for (const remaining of [999, 998, 500, 500, 1, 0]) await poll(remaining);
  expect((await get(`/api/star-gifts/${id}`)).json).toMatchObject({
    ...{ id, isSoldOut: true, soldOutAfterMs: 42_000, animation: null },
    events: [{ kind: 'sold-out', giftId: id, data: { lastedMs: 42_000 } }],
    // Single copies of a thousand draw no point of their own.
    stock: [1000, 998, 500, 1, 0].map((remaining) => ({ remaining })),
  });
  expect((await get('/api/star-gifts/99999999999999999999')).status).toBe(404);
  expect((await get('/api/star-gifts/9999999999999999999')).status).toBe(404);
});

describe('the stream of gifts', () => {
  test("tells what happens to one's own gifts, and goes on after the last event", async () => {
    await addOwned(api, person.id, 'star-gifts');
    const stranger = await addPerson(api);
    const stream = await openStream(api, '/api/star-gifts/events', { person });
    await addOwned(api, stranger.id, 'star-gifts');
    const first = await addOwned(api, person.id, 'star-gifts');
    const seen = await stream.next();
    expect(seen).toMatchObject({ event: 'gift', data: { kind: 'appeared', giftId: first, gift: { id: first } } });
    stream.leave();
    const missed = await addOwned(api, person.id, 'star-gifts');
    const again = await openStream(api, '/api/star-gifts/events', { person, after: seen.id });
    expect(again.from).toBe(seen.id);
    expect(await again.next()).toMatchObject({ data: { giftId: missed } });
    again.leave();
  });

  test('starts from now with an id that is not one of its own', async () => {
    await addOwned(api, person.id, 'star-gifts');
    for (const after of ['nonsense', '999999999999']) {
      const stream = await openStream(api, '/api/star-gifts/events', { person, after });
      const id = await addOwned(api, person.id, 'star-gifts');
      expect(await stream.next()).toMatchObject({ data: { giftId: id } });
      stream.leave();
    }
  });
});

describe('a refresh', () => {
  const refresh = async (): Promise<Reply> =>
    await api.call('POST', '/api/star-gifts/refresh', { headers: person.headers });
  const lines = (reply: Reply): unknown[] =>
    String(reply.json).trim().split('\n').map((line): unknown => JSON.parse(line)); // prettier-ignore

  test('goes through the watcher and tells its stages as they begin', async () => {
    await addOwned(api, person.id, 'accounts');
    const reply = await refresh();
    expect(reply.headers.get('content-type')).toContain('application/x-ndjson');
    expect(lines(reply)).toEqual([{ stage: 'fetch' }, { stage: 'done', gifts: 3, events: 1, dropId: null }]);
    api.temporal.poll = null;
    expect(lines(await refresh())).toEqual([{ stage: 'fetch' }, { error: 'no-account' }]);
    api.temporal.poll = { gifts: 3, events: 1, dropId: null };
  });

  test('without an account is refused at once; its address takes POST alone', async () => {
    expect(await refresh()).toMatchObject({ status: 409, json: { type: '/problems/no-account' } });
    expect(await get('/api/star-gifts/refresh')).toMatchObject({ status: 405 });
  });
});

describe('an animation', () => {
  const LOTTIE = '{"v":"5.5.2","layers":[]}';
  const show = async (giftId: string, hash: string): Promise<void> => {
    await api.em().execute('update star_gift set sticker_hash = ? where gift_id = ?', [hash, giftId]);
  };
  const withAnimation = async (bytes: Buffer): Promise<string> => {
    const id = await putGift(api, person.id);
    await show(id, await keepSticker(api.em(), bytes));
    return id;
  };

  test('is served as it is kept, for good under its hash, and 304 to who has it', async () => {
    const bytes = gzipSync(LOTTIE);
    const id = await withAnimation(bytes);
    const hash = createHash('sha256').update(bytes).digest('hex');
    const address = String(pick(await get(`/api/star-gifts/${id}`), 'animation'));
    expect(address).toBe(`/api/star-gifts/${id}/animation?v=${hash}`);
    const reply = await get(address);
    expect(reply).toMatchObject({ status: 200, json: { v: '5.5.2' } });
    expect(reply.headers.get('content-encoding')).toBe('gzip');
    expect(reply.headers.get('content-type')).toContain('application/json');
    expect(reply.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(reply.headers.get('etag')).toBe(`"${hash}"`);
    expect((await get(`/api/star-gifts/${id}/animation`)).headers.get('cache-control')).toBe('private, no-cache');
    const headers = { ...person.headers, 'if-none-match': `"${hash}"` };
    expect((await api.call('GET', address, { headers })).status).toBe(304);
  });

  test('is inflated for a client that takes no gzip', async () => {
    const id = await withAnimation(gzipSync(LOTTIE));
    const headers = { ...person.headers, 'accept-encoding': 'identity' };
    const body = await new Promise<{ encoding: unknown; text: string }>((resolve, reject) => {
      request(`${api.url}/api/star-gifts/${id}/animation`, { headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => {
          resolve({ encoding: res.headers['content-encoding'], text: Buffer.concat(chunks).toString() });
        });
      })
        .on('error', reject)
        .end();
    });
    expect(body).toEqual({ encoding: undefined, text: LOTTIE });
  });

  test('that inflates to more than 2 MB, is no gzip or no JSON object, is not served', async () => {
    const bomb = gzipSync(Buffer.alloc(40_000_000, '{'));
    expect(bomb.length).toBeLessThan(65_536);
    for (const bytes of [bomb, Buffer.from('plain'), gzipSync('<svg>'), gzipSync(LOTTIE).subarray(0, 20)])
      expect((await get(`/api/star-gifts/${await withAnimation(bytes)}/animation`)).status).toBe(404);
    await expect(keepSticker(api.em(), randomBytes(65_537))).rejects.toThrow();
  });

  test('of a gift without one is 404, and nobody can put bytes under the hash of others', async () => {
    const id = await putGift(api, person.id);
    expect((await get(`/api/star-gifts/${id}/animation`)).status).toBe(404);
    const bytes = gzipSync(LOTTIE);
    const hash = await keepSticker(api.em(), bytes);
    expect(await keepSticker(api.em(), gzipSync('{"evil":1}'))).not.toBe(hash);
    await show(id, hash);
    expect((await get(`/api/star-gifts/${id}/animation`)).json).toEqual(JSON.parse(gunzipSync(bytes).toString()));
  });
});

test('the figures are read from Postgres at each scrape', async () => {
  await addOwned(api, person.id, 'drops');
  await api.em().execute(`update purchase set state = 'UNKNOWN', sent_at = now() - interval '1 minute'`);
  const text = String((await api.call('GET', '/metrics', { url: await api.serve() })).json);
  expect(text).toMatch(/^gifty_purchases_total\{outcome="unknown",code=""\} 1$/m);
  expect(text).toMatch(/^gifty_unknown_purchases 1$/m);
  expect(Number(/^gifty_unknown_purchase_age_seconds (\S+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(60);
  expect(text).toMatch(/^gifty_figures_up 1$/m);
});
