import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { keepSticker } from '../../db/repositories/stickers.ts';
import { BOT_TOKEN } from '../support/outbox.ts';
import { sendingStage } from '../support/sending-stage.ts';

const stage = sendingStage();

test('each chat gets its messages once and in order', async () => {
  const { api, outbox, drain, texts } = stage();
  for (let i = 0; i < 12; i += 1) await outbox.text(String(1 + (i % 3)), `m${i}`);
  await outbox.text('1', 'm0', 'the same name again');
  expect(await drain()).toEqual({ sent: 12, nextInMs: null, stuck: null });
  expect(texts('1')).toEqual(['m0', 'm3', 'm6', 'm9']);
  expect(texts('3')).toEqual(['m2', 'm5', 'm8', 'm11']);
  expect(await drain()).toMatchObject({ sent: 0, nextInMs: null });
  expect(api.messages()).toHaveLength(12);
});

test('many messages never break the limits', async () => {
  const { api, outbox, drain } = stage();
  for (let i = 0; i < 90; i += 1) await outbox.text(i % 3 === 0 ? '-1001' : String(100 + i), `m${i}`);
  let report = await drain();
  while (report.nextInMs !== null) report = await drain();
  expect(api.messages()).toHaveLength(90);
  expect(api.counters()).toMatchObject({ limited: 0, peaks: { chat: 1, group: 20 } });
});

test('a sender that comes after a restart counts what the one before has sent', async () => {
  const { api, outbox, drain } = stage();
  for (let i = 0; i < 20; i += 1) await outbox.text('-1001', `m${i}`);
  await drain();
  for (let i = 20; i < 23; i += 1) await outbox.text('-1001', `m${i}`);
  await drain();
  expect(api.messages()).toHaveLength(23);
  expect(api.counters().limited).toBe(0);
});

describe('429', () => {
  test('the chat waits for as long as was asked, also in the next process; other chats do not', async () => {
    const { api, outbox, drain, texts, sql } = stage();
    api.inject({ kind: 'rate-limited', retryAfterSeconds: 40, chatId: '1' });
    await outbox.text('1', 'a');
    await outbox.text('1', 'b');
    await outbox.text('2', 'c');
    const { sent, nextInMs } = await drain();
    expect([sent, texts()]).toEqual([1, ['c']]);
    expect(nextInMs).toBeGreaterThan(39_000);
    expect((await drain()).nextInMs).toBeGreaterThan(39_000);
    expect(api.counters().requests['sendMessage']).toBe(2);
    await sql('update chat_pace set paused_until = now()');
    expect(await drain()).toMatchObject({ sent: 2, nextInMs: null });
    expect(texts('1')).toEqual(['a', 'b']);
  });

  test('when two chats are told to wait, the whole bot waits', async () => {
    const { api, outbox, drain, texts, sql } = stage();
    api.inject({ kind: 'rate-limited', retryAfterSeconds: 40, times: 2 });
    await outbox.text('1', 'a');
    await outbox.text('2', 'b');
    expect((await drain()).nextInMs).toBeGreaterThan(39_000);
    await outbox.text('3', 'c');
    expect((await drain()).nextInMs).toBeGreaterThan(39_000);
    expect(texts()).toEqual([]);
    await sql('update chat_pace set paused_until = now()');
    await sql('update outbox_sender set paused_until = now()');
    await drain();
    expect(texts().toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('a chat that is closed', () => {
  test.each([{ kind: 'blocked' }, { kind: 'chat-not-found' }] as const)(
    '%o: what waits for it is refused with the reason, other chats go on',
    async (fault) => {
      const { api, outbox, drain, states } = stage();
      api.inject({ ...fault, chatId: '1' });
      for (const key of ['a', 'b', 'c']) await outbox.text('1', key);
      await outbox.text('2', 'd');
      expect(await drain()).toMatchObject({ sent: 1, nextInMs: null });
      expect(await states()).toEqual({ a: 'refused', b: 'refused', c: 'refused', d: 'sent' });
      expect((await outbox.rows())[2]?.error).toMatch(/^blocked: /);
    },
  );

  test('a message that is refused for itself stops no other', async () => {
    const { api, outbox, drain } = stage();
    api.inject({ kind: 'refused', description: 'Bad Request: message is too long' });
    await outbox.text('1', 'a');
    await outbox.text('1', 'b');
    await drain();
    expect(await outbox.rows()).toMatchObject([
      { state: 'refused', error: 'Bad Request: message is too long' },
      { state: 'sent' },
    ]);
  });
});

describe('edits', () => {
  test('wait for their message; only the newest is sent', async () => {
    const { api, outbox, drain, texts, states } = stage();
    await outbox.text('1', 'a', 'three left');
    for (const left of ['two', 'one', 'none']) await outbox.edit('1', `a:${left}`, { of: 'a', html: `${left} left` });
    await outbox.text('1', 'b', 'other');
    await drain();
    expect(await states()).toEqual({ a: 'sent', 'a:two': 'refused', 'a:one': 'refused', 'a:none': 'sent', b: 'sent' });
    expect(texts('1')).toEqual(['none left', 'other']);
    expect(api.messages('1')[0]?.edits).toHaveLength(1);
  });

  test('of a message that never arrived are refused, of one that nobody wrote dropped', async () => {
    const { api, outbox, drain } = stage();
    api.inject({ kind: 'refused', description: 'Bad Request: no' });
    await outbox.text('1', 'a');
    await outbox.edit('1', 'a:1', { of: 'a', html: 'x' });
    await outbox.edit('1', 'b:1', { of: 'b', html: 'x' });
    expect(await drain()).toMatchObject({ sent: 0, nextInMs: null });
    expect((await outbox.rows()).slice(1)).toMatchObject([{ key: 'a:1', error: 'nothing to edit' }]);
  });
});

describe('stickers', () => {
  const sticker = (chatId: string, key: string, contentHash: string) => ({
    ...{ chatId, dedupeKey: key, edits: null },
    payload: { kind: 'sticker', contentHash, silent: true } as const,
  });

  test('are uploaded once for each bot, and again when the messenger has forgotten them', async () => {
    const { api, outbox, drain, sql, em } = stage();
    const contentHash = await keepSticker(em(), gzipSync(`{"v":"${outbox.userId}"}`));
    await outbox.add(sticker('1', 'a', contentHash));
    await drain();
    await outbox.add(sticker('2', 'b', contentHash));
    await drain();
    expect(api.messages().map(({ stickerHash }) => stickerHash)).toEqual([contentHash, contentHash]);
    expect(api.requests.map(({ parameters }) => typeof parameters['sticker'])).toEqual(['object', 'string']);
    await sql(`update sticker_at_bot set file_id = 'forgotten'`);
    await outbox.add(sticker('3', 'c', contentHash));
    expect(await drain()).toMatchObject({ sent: 1, nextInMs: null });
    expect(api.messages('3')).toMatchObject([{ stickerHash: contentHash }]);
  });

  test('one that is not kept is refused; the text after it goes on', async () => {
    const { outbox, drain } = stage();
    await outbox.add(sticker('1', 'a', 'ff'));
    await outbox.text('1', 'b');
    await drain();
    expect(await outbox.rows()).toMatchObject([
      { state: 'refused', error: 'the sticker is not kept' },
      { state: 'sent' },
    ]);
  });
});

describe('without a token that works', () => {
  test('messages are kept for it', async () => {
    const { api, outbox, drain, states } = stage();
    await outbox.text('1', 'a');
    expect(await drain({ botTokenOf: () => Promise.resolve(null) })).toMatchObject({ stuck: 'no-bot-token' });
    api.revoke(BOT_TOKEN);
    expect(await drain()).toEqual({ sent: 0, nextInMs: null, stuck: 'bot-token-invalid' });
    expect(await states()).toEqual({ a: 'pending' });
  });

  test('but for a day only', async () => {
    const { outbox, drain, sql } = stage();
    await outbox.text('1', 'a');
    await sql(`update outbox_message set created_at = now() - interval '25 hours'`);
    await sql(`update outbox_message set due_at = created_at`);
    await drain();
    expect(await outbox.rows()).toMatchObject([{ state: 'refused', error: 'expired' }]);
  });
});
