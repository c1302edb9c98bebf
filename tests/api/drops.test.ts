import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addChannelRule } from '../../db/repositories/channel-rules.ts';
import { addAccount, addDrop, decide, openStream, putGift } from './gift-stage.ts';
import { addPerson, type Person } from './people.ts';
import { pick, startApi, type Reply, type TestApi } from './support.ts';

const TARGET = '-1001234567890';

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

const get = async (path: string): Promise<Reply> => await api.call('GET', path, { headers: person.headers });
const post = async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  await api.call('POST', path, { headers: { ...person.headers, ...headers }, ...(body !== undefined && { body }) });
const actions = async (): Promise<unknown> =>
  (await api.em().execute<{ action: string }[]>('select action from audit_entry where user_id = ? order by id', [person.id]))
    .map(({ action }) => action); // prettier-ignore

describe('a drop', () => {
  test('comes with its plan, what became of each gift, its purchases and sums', async () => {
    const { id, giftId } = await addDrop(api, person.id, 3);
    await decide(api, { dropId: id, seq: 1, state: 'PAID' });
    await decide(api, { dropId: id, seq: 2, state: 'REJECTED' });
    const reply = await get(`/api/drops/${id}`);
    expect(reply.json).toMatchObject({
      ...{ id, kind: 'release', state: 'planned', gifts: 2, spentStars: 10, openStars: 10, report: null, messages: [] },
      purchases: { planned: 1, form: 0, sending: 0, paid: 1, rejected: 1, unknown: 0 },
      plan: { gifts: [{ id: giftId }, { id: '5' }], skips: [{ giftId: '5', reason: 'above_max_price' }], deferred: [] },
      outcomes: [
        { giftId, outcome: 'bought', copies: 1, refused: 1, codes: ['STARGIFT_USAGE_LIMITED'] },
        { giftId: '5', outcome: 'skipped', reason: 'above_max_price' },
      ],
      firstPurchases: { items: [{ seq: 1, state: 'PAID' }, { seq: 2 }, { seq: 3 }], nextCursor: null },
    });
    expect(Number(pick(reply, 'firstFormMs'))).toBeGreaterThanOrEqual(0);
    const list = await get('/api/drops?state=planned');
    expect(list.json).toMatchObject({ items: [{ id, purchases: { paid: 1 } }], nextCursor: null });
  });

  test('lists its purchases in pages and by state', async () => {
    const { id } = await addDrop(api, person.id, 3);
    await decide(api, { dropId: id, seq: 2, state: 'PAID' });
    const first = await get(`/api/drops/${id}/purchases?limit=2`);
    expect(first.json).toMatchObject({ items: [{ seq: 1 }, { seq: 2 }] });
    const next = await get(`/api/drops/${id}/purchases?cursor=${String(pick(first, 'nextCursor'))}`);
    expect(next.json).toMatchObject({ items: [{ seq: 3 }], nextCursor: null });
    expect((await get(`/api/drops/${id}/purchases?state=PAID`)).json).toMatchObject({ items: [{ seq: 2 }] });
  });

  test('is listed with the others, newest first, in pages', async () => {
    const ids = [(await addDrop(api, person.id, 1)).id, (await addDrop(api, person.id, 1)).id].toReversed();
    const first = await get('/api/drops?limit=1');
    const next = await get(`/api/drops?limit=1&cursor=${String(pick(first, 'nextCursor'))}`);
    expect([pick(first, 'items.0.id'), pick(next, 'items.0.id')]).toEqual(ids);
    expect(pick(next, 'nextCursor')).toBeNull();
  });

  test('is stopped before its next purchase, even when Temporal does not answer', async () => {
    const { id } = await addDrop(api, person.id, 1);
    expect(await post(`/api/drops/${id}/stop`)).toMatchObject({ status: 202, json: { id } });
    expect(api.temporal.calls).toEqual([`stop ${id}`]);
    expect(pick(await get(`/api/drops/${id}`), 'stopAt')).not.toBeNull();
    expect(await actions()).toContain('drop.stopped');
    const other = await addDrop(api, person.id, 1);
    api.temporal.failure = new Error('gone');
    expect((await post(`/api/drops/${other.id}/stop`)).status).toBe(500);
    expect(pick(await get(`/api/drops/${other.id}`), 'stopAt')).not.toBeNull();
  });
});

describe('the stream of drops', () => {
  test('tells each purchase and each drop that changes, of its user alone, and goes on where it was', async () => {
    const { id } = await addDrop(api, person.id, 2);
    const stranger = await addPerson(api);
    const stream = await openStream(api, '/api/drops/events', { person });
    const others = await addDrop(api, stranger.id, 1);
    await decide(api, { dropId: others.id, seq: 1, state: 'PAID' });
    await decide(api, { dropId: id, seq: 1, state: 'PAID' });
    expect(await stream.next()).toMatchObject({ event: 'purchase', data: { dropId: id, seq: 1, state: 'PAID' } });
    const seen = await stream.next();
    expect(seen).toMatchObject({ event: 'drop', data: { id, purchases: { paid: 1, planned: 1 } } });
    stream.leave();
    await decide(api, { dropId: id, seq: 2, state: 'REJECTED' });
    const again = await openStream(api, '/api/drops/events', { person, after: seen.id });
    expect(await again.next()).toMatchObject({ event: 'purchase', data: { seq: 2, state: 'REJECTED' } });
    expect(await again.next()).toMatchObject({ event: 'drop', data: { purchases: { rejected: 1 } } });
    again.leave();
  });
});

describe('a dry run', () => {
  const channel = { channelId: TARGET, username: null, title: 'Gifts', access: [] };
  const open = { priceMin: null, priceMax: null, supplyMin: null, supplyMax: null };
  const addChannel = async () =>
    await addChannelRule(api.em(), { userId: person.id, ip: null }, { ...channel, ...open });
  const allow = async (body: object) =>
    await api.call('PATCH', '/api/settings', { headers: person.headers, body: { buyWithoutCap: true, ...body } });

  test('says what would be bought of what is on sale now, and buys nothing', async () => {
    const accountId = await addAccount(api, person.id, 95);
    await addChannel();
    await allow({});
    const gift = await putGift(api, person.id, { priceStars: 30 });
    await putGift(api, person.id, { priceStars: 30, isSoldOut: true, remaining: 0 });
    const reply = await post('/api/drops/dry-run');
    expect(reply).toMatchObject({
      status: 200,
      json: {
        ...{ dropId: null, autobuyOn: false, copies: 3, stars: 90, skips: [], deferred: [] },
        orders: [{ accountId, giftId: gift, target: TARGET, priceStars: 30, copies: 3 }],
        accounts: [{ accountId, balanceStars: 95, spendStars: 90 }],
      },
    });
    expect(await api.em().execute('select 1 from purchase where user_id = ?', [person.id])).toEqual([]);
  });

  test('of a past drop goes by the stars of then and the settings of now', async () => {
    const { id, giftId } = await addDrop(api, person.id, 1);
    await addChannel();
    await allow({ maxPriceStars: 20 });
    expect((await post('/api/drops/dry-run', { dropId: id })).json).toMatchObject({
      ...{ dropId: id, copies: 100, stars: 1000 },
      orders: [{ giftId, copies: 100 }],
      skips: [{ giftId: '5', reason: 'above_max_price' }],
    });
    expect((await post('/api/drops/dry-run', { dropId: randomUUID() })).status).toBe(404);
  });
});

describe('buying now', () => {
  const key = (name: string) => ({ 'idempotency-key': name });

  test('starts one drop for one key, however often it is asked', async () => {
    const accountId = await addAccount(api, person.id, 500);
    const gift = await putGift(api, person.id, { priceStars: 50 });
    const body = { accountId, target: TARGET, maxStars: 50 };
    const first = await post(`/api/star-gifts/${gift}/purchases`, body, key('a'));
    expect(first).toMatchObject({ status: 202, json: { kind: 'manual', state: 'running', purchases: { planned: 1 } } });
    expect(first.headers.get('location')).toBe(`/api/drops/${String(pick(first, 'id'))}`);
    const repeat = await post(`/api/star-gifts/${gift}/purchases`, body, key('a'));
    expect(repeat.headers.get('idempotency-replayed')).toBe('true');
    expect(pick(repeat, 'id')).toBe(pick(first, 'id'));
    // A crash after the start and before the answer: the same drop, though the gift has sold out since.
    await api.em().execute('delete from idempotency_record');
    await api.em().execute('update star_gift set is_sold_out = true where gift_id = ?', [gift]);
    expect(pick(await post(`/api/star-gifts/${gift}/purchases`, body, key('a')), 'id')).toBe(pick(first, 'id'));
    expect(await api.em().execute('select 1 from purchase where user_id = ?', [person.id])).toHaveLength(1);
    expect(api.temporal.calls).toEqual([`buy ${gift} 50`]);
    expect(await actions()).toContain('gift.ordered');
  });

  test('what cannot succeed is refused before anything starts', async () => {
    const accountId = await addAccount(api, person.id, 60);
    const refusal = async (part: Parameters<typeof putGift>[2], given: object = {}) => {
      const body = { accountId, target: TARGET, maxStars: 1000, ...given };
      const reply = await post(`/api/star-gifts/${await putGift(api, person.id, part)}/purchases`, body);
      return [reply.status, String(pick(reply, 'type')).replace('/problems/', '')];
    };
    expect(await refusal({ priceStars: 50, isSoldOut: true })).toEqual([409, 'gift-sold-out']);
    expect(await refusal({ priceStars: 50, isAuction: true })).toEqual([409, 'auction-only']);
    expect(await refusal({ priceStars: 50, requiresPremium: true })).toEqual([409, 'premium-required']);
    expect(await refusal({ priceStars: 61 })).toEqual([409, 'not-enough-stars']);
    expect(await refusal({ priceStars: 50 }, { maxStars: 49 })).toEqual([409, 'price-changed']);
    expect(await refusal({ priceStars: 50 }, { target: 'somewhere' })).toEqual([422, 'invalid-request']);
    const stranger = await addPerson(api);
    const theirs = await addAccount(api, stranger.id, 500);
    expect(await refusal({ priceStars: 50 }, { accountId: theirs })).toEqual([404, 'account-not-found']);
    expect(api.temporal.calls).toEqual([]);
  });
});
