import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';
import { startListener } from './webhook-listener.ts';

const BOT = '1234567890';
const TOKEN = `${BOT}:AAExampleExampleExampleExampleExamp`;
const anna = { id: 501, name: 'Анна', language: 'ru' };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let api: BotApi;
let clock = 0;
beforeEach(async () => {
  clock = 0;
  api = await startBotApi({ now: () => clock, retryMs: 5 });
});
afterEach(async () => {
  await api.stop();
});

const Answer = z.looseObject({ ok: z.boolean(), result: z.unknown().optional() });
const saying = (text: string): { readonly description: unknown } => ({
  description: expect.stringContaining(text),
});
async function call(method: string, parameters: object | FormData = {}) {
  // Each call a while after the last one: limits are tested elsewhere.
  clock += 3_000;
  const isForm = parameters instanceof FormData;
  const response = await fetch(`${api.url}/bot${TOKEN}/${method}`, {
    method: 'POST',
    ...(isForm
      ? { body: parameters }
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(parameters) }),
  });
  return Answer.parse(await response.json());
}
const updates = async () => z.array(z.record(z.string(), z.unknown())).parse((await call('getUpdates')).result);
const entries = () => api.chats.conversation(BOT, anna.id, 'ru').entries;
const file = (field: string, bytes: Buffer, more: Record<string, string> = {}) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ chat_id: String(anna.id), ...more })) form.set(name, value);
  form.set(field, new Blob([Uint8Array.from(bytes)]), 'план.ics');
  return form;
};
const keyboard = { inline_keyboard: [[{ text: 'Готово', callback_data: 'done|1' }]] };

test('a person says, starts with a payload, shares a place, sends a file; the bot is told of each', async () => {
  api.act(BOT, anna, { kind: 'start', payload: 'invite_x' });
  api.act(BOT, anna, { kind: 'say', text: 'завтра в 9' });
  api.act(BOT, anna, { kind: 'location', latitude: 55.75, longitude: 37.62 });
  api.act(BOT, anna, { kind: 'document', name: 'a.csv', data: Buffer.from('a,b').toString('base64') });
  const from = { id: 501, is_bot: false, first_name: 'Анна', language_code: 'ru' };
  const told = await updates();
  expect(told).toMatchObject([
    { message: { from, text: '/start invite_x', entities: [{ type: 'bot_command', length: 6 }] } },
    { message: { from, text: 'завтра в 9', chat: { id: 501, type: 'private' } } },
    { message: { location: { latitude: 55.75, longitude: 37.62 } } },
    { message: { document: { file_name: 'a.csv', file_size: 3 } } },
  ]);
  const { message } = z.object({ message: z.object({ document: z.object({ file_id: z.string() }) }) }).parse(told[3]);
  const { result } = await call('getFile', { file_id: message.document.file_id });
  const { file_path: path } = z.object({ file_path: z.string() }).parse(result);
  expect(await (await fetch(`${api.url}/file/bot${TOKEN}/${path}`)).text()).toBe('a,b');
  expect((await fetch(`${api.url}/file/bot999:nonsense/${path}`)).status).toBe(404);
});

test('a press is answered once, with a toast; an unknown or old one is refused', async () => {
  await call('sendMessage', { chat_id: anna.id, text: '<b>Зарядка</b>', parse_mode: 'HTML', reply_markup: keyboard });
  api.act(BOT, anna, { kind: 'press', button: 'Готово' });
  const [update] = await updates();
  const { callback_query: query } = z
    .object({ callback_query: z.object({ id: z.string(), data: z.string(), message: z.looseObject({}) }) })
    .parse(update);
  expect(query).toMatchObject({ data: 'done|1', message: { text: 'Зарядка', reply_markup: keyboard } });
  const answer = { callback_query_id: query.id, text: 'Записано' };
  expect(await call('answerCallbackQuery', answer)).toMatchObject({ ok: true });
  expect(await call('answerCallbackQuery', answer)).toMatchObject(saying('query is too old'));
  expect(api.chats.conversation(BOT, anna.id, null).toasts).toMatchObject([{ text: 'Записано', alert: false }]);
  expect(() => api.act(BOT, anna, { kind: 'press', button: 'Нет такой' })).toThrow('no message has a button');
});

test('an edit changes text and buttons in place; without buttons they go; the same again is refused', async () => {
  await call('sendMessage', { chat_id: anna.id, text: 'one', reply_markup: keyboard });
  const edit = { chat_id: anna.id, message_id: 1, text: 'two', reply_markup: keyboard };
  expect(await call('editMessageText', edit)).toMatchObject({ ok: true, result: { text: 'two' } });
  expect(await call('editMessageText', edit)).toMatchObject(saying('not modified'));
  expect(await call('editMessageReplyMarkup', { chat_id: anna.id, message_id: 1 })).toMatchObject({ ok: true });
  expect(entries()).toMatchObject([{ text: 'two', keyboard: [], edits: 2 }]);
  expect(await call('editMessageCaption', { chat_id: anna.id, message_id: 1, caption: 'x' })).toMatchObject(
    saying('no caption'),
  );
});

test('a reply keyboard stays until it is taken away, one for one time until it is used', async () => {
  const shown = () => api.chats.conversation(BOT, anna.id, null).replyKeyboard;
  const keys = [[{ text: 'Где я', request_location: true }, 'Нет']];
  const send = async (markup: object) => await call('sendMessage', { chat_id: 501, text: 'x', reply_markup: markup });
  await send({ keyboard: keys });
  api.act(BOT, anna, { kind: 'say', text: 'Нет' });
  expect(shown()).toMatchObject([
    [
      { text: 'Где я', kind: 'location' },
      { text: 'Нет', kind: 'text' },
    ],
  ]);
  await send({ remove_keyboard: true });
  expect(shown()).toBeNull();
  await send({ keyboard: keys, one_time_keyboard: true });
  expect(shown()).toHaveLength(1);
  api.act(BOT, anna, { kind: 'location', latitude: 1, longitude: 1 });
  expect(shown()).toBeNull();
});

test('pictures and files arrive with caption and buttons', async () => {
  const more = { caption: '<b>Год</b>', parse_mode: 'HTML', reply_markup: JSON.stringify(keyboard) };
  expect(await call('sendPhoto', file('photo', PNG, more))).toMatchObject({ result: { caption: 'Год' } });
  expect(await call('sendDocument', file('document', Buffer.from('BEGIN:VCALENDAR')))).toMatchObject({
    result: { document: { file_name: 'план.ics', file_size: 15 } },
  });
  expect(entries()).toMatchObject([{ kind: 'picture', keyboard: [[{ kind: 'press' }]] }, { kind: 'file' }]);
  const path = entries()[1]?.file?.path ?? '';
  expect(await (await fetch(`${api.url}${path}`)).text()).toBe('BEGIN:VCALENDAR');
});

test.each([
  ['sendPhoto', () => file('photo', Buffer.from('no picture'))],
  ['sendPhoto', () => file('photo', PNG, { caption: 'я'.repeat(1025) })],
  ['sendDocument', () => file('document', Buffer.alloc(0))],
  ['sendMessage', () => withRows([[{ text: 'x', callback_data: 'я'.repeat(33) }]])],
  ['sendMessage', () => withRows([Array.from({ length: 9 }, (_, i) => ({ text: 'x', callback_data: String(i) }))])],
  ['sendMessage', () => withRows(Array.from({ length: 101 }, (_, i) => [{ text: 'x', callback_data: String(i) }]))],
  ['sendMessage', () => withRows([[{ text: 'x', callback_data: 'a', url: 'https://x.example' }]])],
  ['sendMessage', () => withRows([[]])],
  ['sendMessage', () => ({ chat_id: 1, text: 'x', reply_markup: { keyboard: [[{ txt: 'x' }]] } })],
  ['sendChatAction', () => ({ chat_id: 1, action: 'sleeping' })],
  ['setMyCommands', () => ({ commands: [], scope: { type: 'chat' } })],
])('%s breaks a limit, which is a violation', async (method, parameters) => {
  expect(await call(method, parameters())).toMatchObject({ ok: false });
  expect(api.violations).toHaveLength(1);
});
const withRows = (rows: object) => ({ chat_id: anna.id, text: 'x', reply_markup: { inline_keyboard: rows } });

test('who blocks the bot is told nothing until he comes back', async () => {
  api.act(BOT, anna, { kind: 'block' });
  expect(await call('sendMessage', { chat_id: anna.id, text: 'x' })).toMatchObject({
    error_code: 403,
    description: 'Forbidden: bot was blocked by the user',
  });
  expect(() => api.act(BOT, anna, { kind: 'say', text: 'x' })).toThrow('unblock');
  api.act(BOT, anna, { kind: 'start' });
  expect(await call('sendMessage', { chat_id: anna.id, text: 'x' })).toMatchObject({ ok: true });
  expect(await updates()).toMatchObject([
    { my_chat_member: { old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } } },
    { my_chat_member: { new_chat_member: { status: 'member' } } },
    { message: { text: '/start' } },
  ]);
});

test('the menu is the narrowest one in the language of the person', async () => {
  const command = (description: string) => [{ command: 'start', description }];
  await call('setMyCommands', { commands: command('Start') });
  await call('setMyCommands', { commands: command('Начать'), language_code: 'ru' });
  await call('setMyCommands', { commands: command('Всё'), scope: { type: 'chat', chat_id: 7 } });
  const menu = (person: number, language: string) => api.chats.conversation(BOT, person, language).commands;
  expect(menu(501, 'ru')).toEqual([{ name: 'start', description: 'Начать' }]);
  expect(menu(501, 'de')).toEqual([{ name: 'start', description: 'Start' }]);
  expect(menu(7, 'ru')).toEqual([{ name: 'start', description: 'Всё' }]);
  expect(await call('getMyCommands', { language_code: 'ru' })).toMatchObject({ result: command('Начать') });
});

test('a webhook is told with the secret, again until it takes it, each chat in order', async () => {
  const listener = await startListener(500, 503);
  expect(await call('setWebhook', { url: listener.url, secret_token: 'sesame' })).toMatchObject({ ok: true });
  api.act(BOT, anna, { kind: 'say', text: 'one' });
  api.act(BOT, anna, { kind: 'say', text: 'two' });
  const { headers } = await listener.nth(4);
  expect(headers['x-telegram-bot-api-secret-token']).toBe('sesame');
  expect(listener.told.map(({ update }) => update)).toMatchObject(
    ['one', 'one', 'one', 'two'].map((text) => ({ message: { text } })),
  );
  expect(await call('getWebhookInfo')).toMatchObject({ result: { url: listener.url } });
  await listener.stop();
});

test('a second getUpdates ends the first', async () => {
  const first = call('getUpdates', { timeout: 30 });
  const second = call('getUpdates', { timeout: 1 });
  expect(await Promise.race([first, second])).toMatchObject(saying('terminated by other getUpdates request'));
  api.act(BOT, anna, { kind: 'say', text: 'x' });
  await Promise.all([first, second]);
});

test('updates, settings and blocks survive a restart, and ids go on', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'bot-api-'));
  const restart = async () => {
    await api.stop();
    api = await startBotApi({ dataDir, now: () => clock });
  };
  await restart();
  api.act(BOT, anna, { kind: 'say', text: 'one' });
  api.act(BOT, anna, { kind: 'block' });
  await call('getUpdates', { offset: 2 });
  await call('setMyCommands', { commands: [{ command: 'help', description: 'Help' }] });
  await restart();
  expect(await updates()).toMatchObject([{ update_id: 2, my_chat_member: {} }]);
  api.act(BOT, anna, { kind: 'start' });
  expect((await updates()).map(({ update_id: id }) => id)).toEqual([2, 3, 4]);
  expect(api.chats.conversation(BOT, anna.id, null)).toMatchObject({
    commands: [{ name: 'help' }],
    entries: [{ text: 'one', from: 'person' }, { text: '/start' }],
  });
  await rm(dataDir, { recursive: true });
});

test('the control API lets one act from outside', async () => {
  await call('getUpdates');
  const post = async (body: object) =>
    await (await fetch(`${api.url}/control/acts`, { method: 'POST', body: JSON.stringify(body) })).json();
  expect(await post({ person: anna, act: { kind: 'say', text: 'привет' } })).toEqual({ ok: true });
  expect(await post({ person: anna, act: { kind: 'dance' } })).toHaveProperty('error');
  const chat: unknown = await (await fetch(`${api.url}/control/chat?person=501`)).json();
  expect(chat).toMatchObject({ bot: BOT, entries: [{ text: 'привет' }] });
  const { version } = z.object({ version: z.int() }).parse(chat);
  const next = fetch(`${api.url}/control/chat?person=501&after=${version}`);
  await call('sendMessage', { chat_id: 501, text: 'и вам' });
  expect(await (await next).json()).toMatchObject({ entries: [{}, { text: 'и вам', from: 'bot' }] });
});
