import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';

const TOKEN = '1234567890:AAExampleExampleExampleExampleExamp';
let api: BotApi;
let clock = 0;
beforeEach(async () => {
  clock = 0;
  api = await startBotApi({ now: () => clock });
});
afterEach(async () => {
  await api.stop();
});

async function call(method: string, parameters: object = {}): Promise<unknown> {
  const response = await fetch(`${api.url}/bot${TOKEN}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  return await response.json();
}
const send = async (chatId: number | string, text = 'x') => await call('sendMessage', { chat_id: chatId, text });
const error = (code: number, description: unknown) => ({ ok: false, error_code: code, description });

test('an unknown method is not found, and a violation', async () => {
  expect(await call('sendMassage', {})).toEqual(error(404, 'Not Found'));
  expect(api.violations).toEqual([{ method: 'sendMassage', problem: 'unknown method' }]);
});

test.each([
  ['sendMessage', { chat_id: 1 }],
  ['sendMessage', { chat_id: 1, text: 'x', disable_web_page_preview: true }],
  ['sendMessage', { chat_id: 1, text: 'x', reply_markup: { inline_keyboard: [[{ txt: 'b' }]] } }],
  ['sendMessage', { chat_id: 1, text: 'x', parse_mode: 'html5' }],
  ['sendMessage', { chat_id: 1, text: '<br>', parse_mode: 'HTML' }],
  ['sendMessage', { chat_id: 1, text: 'я'.repeat(4097) }],
  ['sendMessage', { chat_id: 1, text: '<b> </b>', parse_mode: 'HTML' }],
  ['setMyCommands', { commands: [{ command: 'Start', description: 'x' }] }],
  ['deleteMessage', { chat_id: 1 }],
])('%s %o is refused, and a violation', async (method, parameters) => {
  expect(await call(method, parameters)).toMatchObject(error(400, expect.stringMatching(/^Bad Request: /)));
  expect(api.violations).toHaveLength(1);
});

test('4096 UTF-16 units fit when tags and references are read', async () => {
  const text = `<b>${'&lt;'.repeat(4_094)}😀</b>`;
  expect(await call('sendMessage', { chat_id: 1, text, parse_mode: 'HTML' })).toMatchObject({ ok: true });
});

test('a chat takes a small burst, a channel twenty a minute, a bot thirty a second', async () => {
  for (let i = 0; i < 3; i += 1) expect(await send(7)).toMatchObject({ ok: true });
  expect(await send(7)).toEqual({
    ...error(429, 'Too Many Requests: retry after 3'),
    parameters: { retry_after: 3 },
  });
  clock = 3_000;
  expect(await send(7)).toMatchObject({ ok: true });
  for (let i = 0; i < 20; i += 1) {
    clock += 1_000;
    expect(await send(-1001)).toMatchObject({ ok: true });
  }
  clock += 1_000;
  expect(await send(-1001)).toMatchObject({ parameters: { retry_after: 40 } });
  clock += 60_000;
  for (let i = 0; i < 30; i += 1) expect(await send(100 + i)).toMatchObject({ ok: true });
  expect(await send(200)).toMatchObject({ parameters: { retry_after: 1 } });
  expect(api.counters()).toMatchObject({ limited: 3, peaks: { bot: 30, chat: 3, group: 20 } });
});

test('updates wait until they are confirmed; a webhook and getUpdates exclude each other', async () => {
  api.push('1234567890', { message: { text: 'hi' } });
  expect(await call('getUpdates')).toEqual({ ok: true, result: [{ update_id: 1, message: { text: 'hi' } }] });
  expect(await call('getUpdates', { offset: 2 })).toEqual({ ok: true, result: [] });
  const polling = call('getUpdates', { offset: 2, timeout: 30 });
  api.push('1234567890', { message: { text: 'there' } });
  expect(await polling).toMatchObject({ result: [{ update_id: 2 }] });
  expect(await call('setWebhook', { url: 'https://gifty.test/hook', secret_token: 's' })).toMatchObject({ ok: true });
  expect(await call('getUpdates')).toMatchObject(error(409, expect.stringContaining('webhook is active')));
  await call('deleteWebhook');
  expect(await call('getUpdates')).toMatchObject({ ok: true });
});

test('forms and the query are understood, too', async () => {
  const url = `${api.url}/bot${TOKEN}/sendMessage`;
  const form = await fetch(url, { method: 'POST', body: new URLSearchParams({ chat_id: '-5', text: 'form' }) });
  expect(await form.json()).toMatchObject({ ok: true, result: { chat: { id: -5, type: 'group' }, text: 'form' } });
  expect(await (await fetch(`${url}?chat_id=5&text=query&disable_notification=true`)).json()).toMatchObject({
    ok: true,
  });
  expect(api.messages('5')).toMatchObject([{ text: 'query', silent: true }]);
});

test('the control API shows messages, counters and violations, and breaks what it is told to', async () => {
  const control = async (path: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return await (await fetch(`${api.url}/control/${path}`, init)).json();
  };
  expect(await control('faults', { kind: 'blocked', chatId: '9' })).toEqual({ ok: true });
  expect(await control('faults', { kind: 'nonsense' })).toHaveProperty('error');
  expect(await send(8)).toMatchObject({ ok: true });
  expect(await send(9)).toMatchObject(error(403, 'Forbidden: bot was blocked by the user'));
  expect(await send(9)).toMatchObject({ ok: true });
  expect(await control('messages?chat_id=9')).toMatchObject({ messages: [{ chatId: '9', text: 'x' }] });
  expect(await control('counters')).toMatchObject({ requests: { sendMessage: 3 }, limited: 0 });
  expect(await control('violations')).toEqual({ violations: [] });
  expect(await control('revoked', { token: TOKEN })).toEqual({ ok: true });
  expect(await call('getMe')).toEqual(error(401, 'Unauthorized'));
});

test('messages and files survive a restart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'bot-api-'));
  await api.stop();
  api = await startBotApi({ dataDir });
  await send(5, 'before');
  await api.stop();
  api = await startBotApi({ dataDir });
  await call('editMessageText', { chat_id: 5, message_id: 1, text: 'after' });
  await send(5, 'next');
  expect(api.messages('5')).toMatchObject([
    { messageId: 1, text: 'after' },
    { messageId: 2, text: 'next' },
  ]);
  await rm(dataDir, { recursive: true });
});
