import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bot, Keyboard } from '@maxhub/max-bot-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { botIdOf } from '../../sandbox/max/sandbox.ts';
import { startMaxApi, type MaxApi } from '../../sandbox/max/server.ts';
import { chatIdOf } from '../../sandbox/max/state.ts';
import { startListener } from './webhook-listener.ts';

const TOKEN = 'f9LHodD0cOJZ0b30xpIJTfakefakefake';
const BOT = botIdOf(TOKEN);
const anna = { id: 501, name: 'Анна', language: 'ru' };
const CHAT = chatIdOf(anna.id);
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let max: MaxApi;
let clock = 0;
let today = 1_000_000_000_000;
beforeEach(async () => {
  clock = 0;
  today = 1_000_000_000_000;
  max = await startMaxApi({ now: () => clock, clock: () => today, retryMs: 5 });
  max.meet(BOT, anna);
});
afterEach(async () => {
  await max.stop();
});

/** The official client, each request a while after the last one: limits are tested by themselves. */
const bot = () => {
  const slow: typeof fetch = async (...request) => {
    clock += 1_000;
    return await fetch(...request);
  };
  return new Bot(TOKEN, { clientOptions: { baseUrl: max.url, fetch: slow } }).api;
};

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
const entries = () => max.chats.conversation(BOT, anna.id, null).entries;
const buttons = Keyboard.inlineKeyboard([[Keyboard.button.callback('Готово', 'done|1')]]);

test('the official client sends, edits, lists and deletes', async () => {
  const sent = await bot().sendMessageToUser(anna.id, '<b>Зарядка</b>', {
    format: 'html',
    attachments: [buttons],
    notify: false,
  });
  expect(sent).toMatchObject({
    recipient: { chat_id: CHAT, chat_type: 'dialog', user_id: 501 },
    body: { text: 'Зарядка', attachments: [buttons] },
  });
  await bot().editMessage(sent.body.mid, { text: 'Сделано', attachments: [] });
  expect(entries()).toMatchObject([{ text: 'Сделано', keyboard: [], edits: 1, silent: true, from: 'bot' }]);
  const again = await bot().sendMessageToChat(CHAT, 'ещё');
  expect((await bot().getMessages(CHAT)).messages.map(({ body }) => body.text)).toEqual(['ещё', 'Сделано']);
  expect(
    await bot()
      .getMessage(again.body.mid)
      .catch((err: unknown) => err),
  ).toHaveProperty('status', 404);
  await bot().deleteMessage(sent.body.mid);
  expect(entries()).toMatchObject([{ text: 'ещё' }]);
  expect(max.violations).toEqual([{ method: `GET /messages/${again.body.mid}`, problem: 'no such method' }]);
});

test('a picture and a file are uploaded, prepared and then sent', async () => {
  const image = await bot().uploadImage({ source: PNG });
  const file = await bot().uploadFile({ source: Buffer.from('BEGIN:VCALENDAR') });
  const early = await send({ attachments: [file.toJson()] });
  expect(early).toMatchObject({ status: 400, answer: { code: 'attachment.not.ready' } });
  clock += 1_000;
  await bot().sendMessageToChat(CHAT, 'Год', { attachments: [image.toJson(), buttons] });
  const sent = await bot().sendMessageToChat(CHAT, '', { attachments: [file.toJson()] });
  expect(entries()).toMatchObject([{ kind: 'picture', keyboard: [[{ text: 'Готово' }]] }, { kind: 'file' }]);
  const [attachment] = sent.body.attachments ?? [];
  if (attachment?.type !== 'file') throw new Error('no file');
  expect(attachment.size).toBe(15);
  expect(await (await fetch(attachment.payload.url)).text()).toBe('BEGIN:VCALENDAR');
  expect(max.violations).toEqual([]);
});

test('an address for uploads takes one file, and a picture must be one', async () => {
  const put = async (bytes: string | Buffer, url: string) => {
    const form = new FormData();
    form.set('data', new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)]), 'a.png');
    return (await fetch(url, { method: 'POST', body: form })).status;
  };
  const { url } = await bot().raw.uploads.getUploadUrl({ type: 'image' });
  expect(await put('no picture', url)).toBe(400);
  expect(await put(PNG, url)).toBe(200);
  expect(await put(PNG, url)).toBe(400);
  expect(max.violations).toHaveLength(2);
});

test('an unknown person has no dialog; who blocks the bot has a suspended one until he starts again', async () => {
  expect(await send({ text: 'x' }, 12)).toMatchObject({ status: 404, answer: { code: 'dialog.not.found' } });
  max.act(BOT, anna, { kind: 'block' });
  expect(await send()).toMatchObject({
    status: 403,
    answer: { code: 'chat.denied', message: 'error.dialog.suspended' },
  });
  max.act(BOT, anna, { kind: 'start' });
  expect((await send()).status).toBe(200);
});

test('without a marker only the last update comes; a marker reads what is before it', async () => {
  max.act(BOT, anna, { kind: 'start', payload: 'invite_x' });
  max.act(BOT, anna, { kind: 'say', text: 'привет' });
  max.act(BOT, anna, { kind: 'location', latitude: 55.75, longitude: 37.62 });
  const last = await bot().getUpdates([], {});
  expect(last.updates).toMatchObject([{ message: { body: { attachments: [{ type: 'location', latitude: 55.75 }] } } }]);
  const all = await bot().getUpdates([], { marker: 1 });
  expect(all.updates).toMatchObject([
    { update_type: 'bot_started', payload: 'invite_x', chat_id: CHAT, user: { user_id: 501 } },
    { update_type: 'message_created', message: { body: { text: 'привет' }, sender: { first_name: 'Анна' } } },
    { update_type: 'message_created' },
  ]);
  const next = bot().getUpdates(['message_created'], { marker: all.marker, timeout: 20 });
  max.act(BOT, anna, { kind: 'say', text: 'ещё' });
  expect((await next).updates).toMatchObject([{ message: { body: { text: 'ещё' } } }]);
  expect((await bot().getUpdates([], { marker: 1, timeout: 0 })).updates).toHaveLength(1);
});

test('a press is answered once, with a changed message and a notification', async () => {
  await bot().sendMessageToChat(CHAT, 'Зарядка?', { attachments: [buttons] });
  max.act(BOT, anna, { kind: 'press', button: 'Готово' });
  const [update] = (await bot().getUpdates()).updates;
  if (update?.update_type !== 'message_callback') throw new Error('no press');
  expect(update).toMatchObject({
    callback: { payload: 'done|1', user: { user_id: 501 } },
    message: { body: { text: 'Зарядка?' } },
  });
  const answer = { message: { text: 'Молодец', attachments: [] }, notification: 'Записано' };
  const path = `POST /answers?callback_id=${update.callback.callback_id}`;
  expect((await call(path, answer)).status).toBe(200);
  expect((await call(path, answer)).status).toBe(400);
  expect(max.chats.conversation(BOT, anna.id, null)).toMatchObject({
    entries: [{ text: 'Молодец', keyboard: [] }],
    toasts: [{ text: 'Записано' }],
  });
});

test('after a week only a message with buttons can be edited', async () => {
  const plain = await bot().sendMessageToChat(CHAT, 'a');
  const asking = await bot().sendMessageToChat(CHAT, 'b', { attachments: [buttons] });
  today += 8 * 24 * 60 * 60 * 1000;
  await bot().editMessage(asking.body.mid, { text: 'c' });
  await expect(bot().editMessage(plain.body.mid, { text: 'c' })).rejects.toHaveProperty('status', 400);
  expect(entries()).toMatchObject([{ text: 'a' }, { text: 'c', keyboard: [[{}]] }]);
});

test('each subscription is told with its secret, again until it takes it; what was unread is not lost', async () => {
  max.act(BOT, anna, { kind: 'say', text: 'one' });
  const [first, second] = await Promise.all([startListener(500), startListener()]);
  await bot().subscribe(first.url, 'sesame', []);
  await bot().subscribe(second.url, undefined, ['bot_stopped']);
  expect((await bot().getSubscriptions()).map(({ url }) => url)).toEqual([first.url, second.url]);
  max.act(BOT, anna, { kind: 'block' });
  expect((await first.nth(3)).headers['x-max-bot-api-secret']).toBe('sesame');
  expect(first.told.map(({ update }) => update['update_type'])).toEqual([
    'message_created',
    'message_created',
    'bot_stopped',
  ]);
  expect((await second.nth(1)).update).toMatchObject({ update_type: 'bot_stopped' });
  await bot().unsubscribe(first.url);
  expect(await bot().getSubscriptions()).toMatchObject([{ url: second.url, updateTypes: ['bot_stopped'] }]);
  await Promise.all([first.stop(), second.stop()]);
});

test('commands, messages, people and unread updates survive a restart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'max-'));
  const restart = async () => {
    await max.stop();
    max = await startMaxApi({ dataDir, now: () => clock });
  };
  await restart();
  max.act(BOT, anna, { kind: 'say', text: 'one' });
  await bot().setMyCommands([{ name: 'start', description: 'Начать' }]);
  await bot().sendMessageToChat(CHAT, 'two');
  const { marker } = await bot().getUpdates([], { marker: 1 });
  await restart();
  expect(await bot().getMyInfo()).toMatchObject({ user_id: Number(BOT), commands: [{ name: 'start' }] });
  max.act(BOT, anna, { kind: 'say', text: 'three' });
  expect((await bot().getUpdates([], { marker })).updates).toMatchObject([{ message: { body: { text: 'three' } } }]);
  expect(entries().map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  await rm(dataDir, { recursive: true });
});
