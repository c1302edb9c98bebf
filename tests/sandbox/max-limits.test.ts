import { afterEach, beforeEach, expect, test } from 'vitest';
import { botIdOf } from '../../sandbox/max/sandbox.ts';
import { startMaxApi, type MaxApi } from '../../sandbox/max/server.ts';
import { chatIdOf } from '../../sandbox/max/state.ts';

const TOKEN = 'f9LHodD0cOJZ0b30xpIJTfakefakefake';
const BOT = botIdOf(TOKEN);
const anna = { id: 501, name: 'Анна', language: 'ru' };
const CHAT = chatIdOf(anna.id);
let max: MaxApi;
let clock = 0;
beforeEach(async () => {
  clock = 0;
  max = await startMaxApi({ now: () => clock });
  max.meet(BOT, anna);
});
afterEach(async () => {
  await max.stop();
});

async function call(request: string, body?: object, token: string = TOKEN) {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(`${max.url}${path}`, {
    method,
    headers: { authorization: token, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}
const send = async (body: object = { text: 'x' }, chat: number = CHAT) =>
  await call(`POST /messages?chat_id=${chat}`, body);

test.each([
  ['POST /messages', { text: 'x' }],
  ['POST /messages?chat_id=1&user_id=1', { text: 'x' }],
  [`POST /messages?chat_id=${CHAT}`, { text: 'x', parse_mode: 'HTML' }],
  [`POST /messages?chat_id=${CHAT}`, { text: 'я'.repeat(4_001) }],
  [`POST /messages?chat_id=${CHAT}`, { text: '<br>', format: 'html' }],
  [`POST /messages?chat_id=${CHAT}`, { text: '' }],
  [`POST /messages?chat_id=${CHAT}`, withRows([[]])],
  [`POST /messages?chat_id=${CHAT}`, withRows([Array.from({ length: 8 }, press)])],
  [`POST /messages?chat_id=${CHAT}`, withRows(Array.from({ length: 31 }, () => [press()]))],
  [
    `POST /messages?chat_id=${CHAT}`,
    withRows([[press(), press(), press(), { type: 'link', text: 'x', url: 'https://x.example' }]]),
  ],
  [`POST /messages?chat_id=${CHAT}`, withRows([[{ type: 'callback', text: 'x', payload: 'я'.repeat(1_025) }]])],
  [`POST /messages?chat_id=${CHAT}`, { attachments: [{ type: 'image', payload: {} }] }],
  [`POST /messages?chat_id=${CHAT}`, { text: 'x', attachments: Array.from({ length: 13 }, place) }],
  ['PUT /messages?message_id=12', { text: 'x' }],
  ['POST /answers?callback_id=1', {}],
  ['POST /uploads?type=picture', undefined],
  ['GET /updates?timeout=91', undefined],
  ['GET /updates?types=message', undefined],
  ['POST /subscriptions', { url: 'https://x.example', secret: 'a b' }],
  ['PATCH /me/commands', { commands: [{ name: 'Start', description: 'x' }] }],
  ['POST /chats/1/actions', { action: 'dancing' }],
  ['POST /message', { text: 'x' }],
  ['GET /me?access_token=x', undefined],
])('%s is refused, and a violation', async (request, body) => {
  expect((await call(request, body)).status).toBeGreaterThanOrEqual(400);
  expect(max.violations).toHaveLength(1);
});
function press() {
  return { type: 'callback', text: 'x', payload: 'y' };
}
function place() {
  return { type: 'location', latitude: 1, longitude: 1 };
}
function withRows(rows: object) {
  return { text: 'x', attachments: [{ type: 'inline_keyboard', payload: { buttons: rows } }] };
}

test('a token stands in the header, without a word before it', async () => {
  expect(await call('GET /me', undefined, `Bearer ${TOKEN}`)).toMatchObject({
    status: 401,
    answer: { code: 'verify.token' },
  });
  expect(max.violations).toHaveLength(1);
  max.revoke(TOKEN);
  expect((await call('GET /me')).status).toBe(401);
});

test('thirty requests a second to a bot, two messages a second to a dialog, edits among them', async () => {
  const first = await send();
  const { mid } = max.messages()[0] ?? { mid: '' };
  expect(first.status).toBe(200);
  expect((await call(`PUT /messages?message_id=${mid}`, { text: 'y' })).status).toBe(200);
  expect(await send()).toMatchObject({ status: 429, answer: { code: 'too.many.requests' } });
  max.meet(BOT, { id: 502, name: 'Boris' });
  expect((await send({ text: 'x' }, chatIdOf(502))).status).toBe(200);
  clock = 1_000;
  expect((await send()).status).toBe(200);
  for (let count = 1; count < 30; count += 1) expect((await call('GET /me')).status).toBe(200);
  expect((await call('GET /me')).status).toBe(429);
  expect(max.counters()).toMatchObject({ limited: 2, peaks: { bot: 30, chat: 2 } });
  expect(max.violations).toHaveLength(2);
});

test('faults of the control API: no answer, late, 5xx, 429 and blocked, each as often as wanted', async () => {
  max.inject({ kind: 'drop-after', method: 'POST /messages' }, { kind: 'status', status: 503, chatId: String(CHAT) });
  await expect(send()).rejects.toThrow();
  expect((await send()).status).toBe(503);
  max.inject({ kind: 'rate-limited', retryAfterSeconds: 1 }, { kind: 'blocked', method: 'POST /messages' });
  expect((await call('GET /me')).status).toBe(429);
  expect((await send()).status).toBe(403);
  expect(max.messages(anna.id)).toHaveLength(1);
  expect(max.violations).toEqual([]);
});
