import express from 'express';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listen } from '../../api/server.ts';
import { webhookRouter } from '../../api/webhooks.ts';
import type { TalkInput } from '../../contracts/dialog.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';

const SECRET = 'a-secret-of-the-webhook-0123';
const from = { id: 42, is_bot: false, first_name: 'Ann' };
const update = (id: number) => ({
  update_id: id,
  message: { message_id: 1, from, chat: { id: 42, type: 'private' }, date: 1, text: 'hello' },
});

let database: TestDatabase;
let api: Awaited<ReturnType<typeof listen>>;
let woken: TalkInput[] = [];
let isDown = false;
beforeAll(async () => {
  database = await startDatabase();
  const webhooks = webhookRouter({
    ...{ secret: SECRET, em: () => database.orm.em.fork(), log: { warn: () => undefined } },
    wakeTalks(chats) {
      if (isDown) return Promise.reject(new Error('Temporal does not answer'));
      woken.push(...chats);
      return Promise.resolve();
    },
  });
  api = await listen(express().use(webhooks), { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  api.server.close();
  await database.stop();
});
beforeEach(() => {
  woken = [];
  isDown = false;
});

async function post(messenger: string, body: unknown, secret: string | null = SECRET): Promise<number> {
  const header = messenger === 'max' ? 'X-Max-Bot-Api-Secret' : 'X-Telegram-Bot-Api-Secret-Token';
  const { status } = await fetch(`${api.url}/webhooks/${messenger}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret !== null && { [header]: secret }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return status;
}
const rows = async () => await database.orm.em.fork().execute<object[]>('select update_key from inbox_update');

test('who does not know the secret is not read', async () => {
  expect(await post('telegram', update(1), null)).toBe(401);
  expect(await post('telegram', update(1), `${SECRET}x`)).toBe(401);
  expect(await post('max', '{', 'x')).toBe(401);
  expect(await rows()).toEqual([]);
});

test('an update is taken in and handed over before it is answered, once', async () => {
  isDown = true;
  expect(await post('telegram', update(7))).toBe(503);
  isDown = false;
  expect(await post('telegram', update(7))).toBe(200);
  expect(await post('telegram', update(7))).toBe(200);
  expect(await rows()).toHaveLength(1);
  expect(woken).toEqual(Array.from({ length: 2 }, () => ({ messenger: 'telegram', chatId: '42' })));
});

test('MAX tells, too; what is nothing for the bot is taken and forgotten', async () => {
  const user = { user_id: 5, first_name: 'A', is_bot: false };
  const started = { update_type: 'bot_started', timestamp: 1, chat_id: 77, user };
  expect(await post('max', started)).toBe(200);
  expect(woken).toEqual([{ messenger: 'max', chatId: '77' }]);
  expect(await post('max', { update_type: 'chat_title_changed', timestamp: 1 })).toBe(200);
  expect(await post('telegram', {})).toBe(200);
});

test('a body that is too large, or no JSON, is refused', async () => {
  expect(await post('telegram', { text: 'x'.repeat(300_000) })).toBe(413);
  expect(await post('telegram', '{')).toBe(400);
});
