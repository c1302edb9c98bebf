import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { BOT_TOKEN } from '../support/outbox.ts';
import { sendingStage } from '../support/sending-stage.ts';

const stage = sendingStage();

describe('an outcome that nobody knows', () => {
  test.each([{ kind: 'drop-after' }, { kind: 'drop-before' }, { kind: 'status', status: 502 }] as const)(
    '%o: the message is not repeated, the next ones go on',
    async (fault) => {
      const { api, outbox, drain, texts, states } = stage();
      api.inject({ ...fault, method: 'sendMessage' });
      await outbox.text('1', 'a');
      await outbox.text('1', 'b');
      expect(await drain()).toMatchObject({ sent: 1, nextInMs: null });
      expect(await states()).toEqual({ a: 'unknown', b: 'sent' });
      expect(texts().filter((text) => text === 'a').length).toBeLessThanOrEqual(1);
      expect(api.counters().requests['sendMessage']).toBe(2);
    },
  );

  test('an edit is repeated: it says the same twice', async () => {
    const { api, outbox, drain, states } = stage();
    await outbox.text('1', 'a', 'one');
    await drain();
    api.inject({ kind: 'drop-after', method: 'editMessageText' });
    await outbox.edit('1', 'a2', { of: 'a', html: 'two' });
    await drain();
    expect(await states()).toEqual({ a: 'sent', a2: 'sent' });
    expect(api.messages('1')).toMatchObject([{ text: 'two', edits: [{ text: 'one' }] }]);
  });

  test('while the API is down a question goes first: of many messages only one a chat is in doubt', async () => {
    const { api, outbox, drain, states } = stage();
    api.inject({ kind: 'status', status: 502, chatId: '1' }, { kind: 'status', status: 502, method: 'getMe' });
    for (let i = 0; i < 5; i += 1) await outbox.text('1', `m${i}`);
    await drain();
    expect(api.counters().requests).toMatchObject({ getMe: 2, sendMessage: 5 });
    expect(Object.values(await states())).toEqual(['unknown', 'sent', 'sent', 'sent', 'sent']);
  });

  test('a sender that died between sending and recording leaves its message unknown, once', async () => {
    const { outbox, drain, texts, states, sql, botsThat } = stage();
    await outbox.text('1', 'a');
    await outbox.text('1', 'b');
    const bots = botsThat(async (message, real) => {
      const sent = await real.send(message);
      await sql('alter table outbox_message rename to outbox_message_away');
      return sent;
    });
    await expect(drain({ bots })).rejects.toThrow();
    await sql(`alter table outbox_message_away rename to outbox_message`);
    expect(await states()).toEqual({ a: 'sending', b: 'pending' });
    expect(await drain()).toMatchObject({ sent: 1 });
    expect(await states()).toEqual({ a: 'unknown', b: 'sent' });
    expect(texts('1')).toEqual(['a', 'b']);
  });
});

test('nobody listens: nothing is lost, and it goes on when somebody does', async () => {
  const { outbox, drain, texts, botsThat } = stage();
  await outbox.text('1', 'a');
  await outbox.text('1', 'b');
  let tries = 0;
  const nowhere = createTelegramBots({ apiRoot: 'http://127.0.0.1:1' }).open(BOT_TOKEN);
  const bots = botsThat(async (message, real) => await (tries++ === 0 ? nowhere : real).send(message));
  expect(await drain({ bots })).toMatchObject({ sent: 2, nextInMs: null });
  expect(texts('1')).toEqual(['a', 'b']);
  expect(await outbox.rows()).toMatchObject([{ attempts: 2, error: null }, { attempts: 1 }]);
});

test('a sender that was replaced sends nothing more', async () => {
  const { outbox, drain, states, sql, botsThat } = stage();
  await outbox.text('1', 'a');
  await outbox.text('1', 'b');
  const bots = botsThat(async (message, real) => {
    await sql('update outbox_sender set fence = fence + 1');
    return await real.send(message);
  });
  expect(await drain({ bots })).toEqual({ sent: 1, nextInMs: null, stuck: 'another sender took over' });
  expect(await states()).toEqual({ a: 'sent', b: 'pending' });
});

test('a cancelled drain records what has left and begins nothing more', async () => {
  const { outbox, drain, states, botsThat } = stage();
  for (const key of ['a', 'b', 'c']) await outbox.text('1', key);
  const environment = new MockActivityEnvironment();
  const bots = botsThat(async (message, real) => {
    environment.cancel();
    return await real.send(message);
  });
  await expect(drain({ bots }, environment)).rejects.toThrow();
  expect(await states()).toEqual({ a: 'sent', b: 'pending', c: 'pending' });
});
