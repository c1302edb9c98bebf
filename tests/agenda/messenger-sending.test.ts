import { describe, expect, test } from 'vitest';
import { seeChat } from '../../db/repositories/chats.ts';
import { keepMessageFile } from '../../db/repositories/message-files.ts';
import { replyInChat } from '../../db/repositories/tell-person.ts';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';
import { chatIdOf } from '../../sandbox/max/state.ts';
import { MAX_BOT, ownBotStage, TELEGRAM_BOT } from '../support/own-bot-stage.ts';

const stage = ownBotStage();

const text = (html: string, rest: object = {}): OutboxPayload => ({ kind: 'text', html, silent: false, ...rest });
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const keyboard = [[{ kind: 'press', text: 'Done', data: 'remind.done|1' }]] as const;

describe('a person is told', () => {
  test('in the chat used last, once for each name', async () => {
    const { user, tell, drain, telegram, max, sql } = stage();
    const userId = await user({ messenger: 'telegram', person: 11 }, { messenger: 'max', person: 12 });
    expect(await tell({ userId, dedupeKey: 'a', payload: text('<b>one</b>', { keyboard }) })).toBe('max');
    await tell({ userId, dedupeKey: 'a', payload: text('again') });
    await sql(
      `update chat set last_seen_at = now() + interval '1 minute' where messenger = 'telegram' and user_id = ?`,
      [userId],
    );
    expect(await tell({ userId, dedupeKey: 'b', payload: text('two') })).toBe('telegram');
    expect(await drain('max')).toMatchObject({ sent: 1, nextInMs: null });
    expect(await drain('telegram')).toMatchObject({ sent: 1, nextInMs: null });
    expect(max.messages(12).map((message) => message.text)).toEqual(['one']);
    expect(telegram.messages('11').map((message) => message.text)).toEqual(['two']);
  });

  test('nowhere, when nobody ever talked to a bot', async () => {
    const { user, tell } = stage();
    expect(await tell({ userId: await user(), dedupeKey: 'a', payload: text('one') })).toBeNull();
  });

  test.each(['telegram', 'max'] as const)(
    '%s: edits go where their message went, with its keyboard',
    async (messenger) => {
      const { user, tell, drain, telegram, max, sql } = stage();
      const userId = await user({ messenger, person: 21 });
      await tell({ userId, dedupeKey: 'a', payload: text('25:00', { keyboard }) });
      await drain(messenger);
      await sql(
        `insert into chat (messenger, chat_id, user_id, person_id, name, last_seen_at)
      values (?, 99, ?, 99, '', now() + interval '1 hour')`,
        [messenger === 'max' ? 'telegram' : 'max', userId],
      );
      expect(await tell({ userId, dedupeKey: 'a2', payload: { kind: 'edit', html: '24:00' }, edits: 'a' })).toBe(
        messenger,
      );
      expect(await tell({ userId, dedupeKey: 'b2', payload: { kind: 'edit', html: 'x' }, edits: 'b' })).toBeNull();
      await drain(messenger);
      const said = messenger === 'max' ? max.messages(21) : telegram.messages('21');
      expect(said.map((message) => message.text)).toEqual(['24:00']);
    },
  );
});

describe.each(['telegram', 'max'] as const)('%s', (messenger) => {
  const method = messenger === 'max' ? 'POST /messages' : 'sendMessage';
  const said = (person: number): string[] =>
    (messenger === 'max' ? stage().max.messages(person) : stage().telegram.messages(String(person))).map(
      ({ text: one }) => one,
    );
  const api = () => (messenger === 'max' ? stage().max : stage().telegram);

  test.each([{ kind: 'drop-before' }, { kind: 'status', status: 502 }, { kind: 'late', ms: 5_000 }] as const)(
    'an outcome that nobody knows is said again: %o',
    async (fault) => {
      const { user, tell, drain, states, bots } = stage();
      const userId = await user({ messenger, person: 31 });
      const own = bots(fault.kind === 'late' ? 300 : 5_000);
      api().inject({ ...fault, method });
      await tell({ userId, dedupeKey: 'a', payload: text('one') });
      await tell({ userId, dedupeKey: 'b', payload: text('two') });
      let report = await drain(messenger, { own });
      while (report.nextInMs !== null) report = await drain(messenger, { own });
      expect(await states(userId)).toEqual({ a: 'sent', b: 'sent' });
      expect([...new Set(said(31))]).toEqual(['one', 'two']);
    },
  );

  test('what a dead process was sending is said again', async () => {
    const { user, tell, drain, states, sql } = stage();
    const userId = await user({ messenger, person: 32 });
    await tell({ userId, dedupeKey: 'a', payload: text('one') });
    await sql(`update outbox_message set state = 'sending', attempts = 1`);
    await drain(messenger);
    expect(await states(userId)).toEqual({ a: 'sent' });
    await tell({ userId, dedupeKey: 'b', payload: text('two') });
    await sql(`update outbox_message set state = 'sending', attempts = 20 where dedupe_key = 'b'`);
    await drain(messenger);
    expect(await states(userId)).toMatchObject({ b: 'unknown' });
  });

  test('who has blocked the bot is told nothing more before he writes again', async () => {
    const { user, tell, drain, states, em } = stage();
    const userId = await user({ messenger, person: 33 });
    const person = { id: 33, name: 'Ann' };
    if (messenger === 'telegram') stage().telegram.act(TELEGRAM_BOT, person, { kind: 'start' });
    api().act(messenger === 'max' ? MAX_BOT : TELEGRAM_BOT, person, { kind: 'block' });
    for (const key of ['a', 'b']) await tell({ userId, dedupeKey: key, payload: text(key) });
    expect(await drain(messenger)).toMatchObject({ sent: 0, nextInMs: null });
    expect(await states(userId)).toEqual({ a: 'refused', b: 'refused' });
    expect(await tell({ userId, dedupeKey: 'c', payload: text('c') })).toBeNull();
    const chatId = messenger === 'max' ? String(chatIdOf(33)) : '33';
    await seeChat(em(), userId, { messenger, chatId, personId: '33', name: 'Ann', language: null });
    expect(await tell({ userId, dedupeKey: 'd', payload: text('d') })).toBe(messenger);
  });

  test('pictures, files and long texts arrive whole', async () => {
    const { user, tell, drain, em, states } = stage();
    const userId = await user({ messenger, person: 34 });
    const contentHash = await keepMessageFile(em(), PNG);
    const long = Array.from({ length: 300 }, (_, line) => `<i>line ${line} of a long text</i>`).join('\n');
    await tell({
      userId,
      dedupeKey: 'a',
      payload: { kind: 'picture', html: '<b>2026</b>', contentHash, keyboard, silent: true },
    });
    await tell({
      userId,
      dedupeKey: 'b',
      payload: { kind: 'file', html: '', name: 'habits.csv', contentHash, silent: true },
    });
    await tell({ userId, dedupeKey: 'c', payload: text(long, { keyboard }) });
    let report = await drain(messenger);
    while (report.nextInMs !== null) report = await drain(messenger);
    expect(new Set(Object.values(await states(userId)))).toEqual(new Set(['sent']));
    const lines = said(34).slice(2).join('\n').split('\n');
    expect(lines).toEqual(Array.from({ length: 300 }, (_, line) => `line ${line} of a long text`));
    const chats = api().chats.conversation(messenger === 'max' ? MAX_BOT : TELEGRAM_BOT, 34, null).entries;
    expect(chats.slice(0, 2)).toMatchObject([
      { kind: 'picture', text: '2026', file: { bytes: PNG.length } },
      { kind: 'file', file: { name: 'habits.csv', bytes: PNG.length } },
    ]);
    expect(chats.at(-1)?.keyboard).toMatchObject([[{ text: 'Done', data: 'remind.done|1' }]]);
  });

  test('limits hold for many chats with many messages, edits and pictures', async () => {
    const { user, tell, drain, em, states } = stage();
    const contentHash = await keepMessageFile(em(), PNG);
    const people = Array.from({ length: 12 }, (_, place) => 400 + place);
    const users = await Promise.all(people.map(async (person) => await user({ messenger, person })));
    for (const [place, userId] of users.entries()) {
      for (let n = 0; n < 4; n += 1) await tell({ userId, dedupeKey: `m${n}`, payload: text(`m${n}`) });
      if (place % 3 === 0)
        await tell({ userId, dedupeKey: 'p', payload: { kind: 'picture', html: '', contentHash, silent: true } });
      await tell({ userId, dedupeKey: 'e', payload: { kind: 'edit', html: 'edited' }, edits: 'm0' });
    }
    let report = await drain(messenger);
    while (report.nextInMs !== null) report = await drain(messenger);
    expect(api().counters().limited).toBe(0);
    const all = await Promise.all(users.map(states));
    expect(new Set(all.flatMap(Object.values))).toEqual(new Set(['sent']));
  });
});

test('what somebody waits for goes before what nobody asked for', async () => {
  const { user, tell, drain, em, telegram } = stage();
  const userId = await user({ messenger: 'telegram', person: 51 });
  for (let n = 0; n < 40; n += 1)
    await tell({
      userId: await user({ messenger: 'telegram', person: 500 + n }),
      dedupeKey: 'r',
      payload: text(`r${n}`),
    });
  const chat = { messenger: 'telegram', chatId: '51' } as const;
  await replyInChat(em(), { userId, dedupeKey: 'dialog:1', payload: text('answer') }, chat);
  await drain('telegram');
  expect(
    telegram
      .messages()
      .map((message) => message.text)
      .indexOf('answer'),
  ).toBeLessThan(30);
  expect(telegram.messages()).toHaveLength(41);
});

test('Telegram asks where one is by a keyboard that goes with the next message', async () => {
  const { user, tell, drain, telegram } = stage();
  const userId = await user({ messenger: 'telegram', person: 61 });
  const place = { keyboard: [[{ kind: 'location', text: 'Here' }]] } as const;
  const shown = () => telegram.chats.conversation(TELEGRAM_BOT, 61, null).replyKeyboard;
  await tell({ userId, dedupeKey: 'a', payload: text('where?', place) });
  await drain('telegram');
  expect(shown()).toMatchObject([[{ text: 'Here', kind: 'location' }]]);
  await tell({ userId, dedupeKey: 'b', payload: text('with buttons', { keyboard }) });
  await tell({ userId, dedupeKey: 'c', payload: text('thanks') });
  let report = await drain('telegram');
  while (report.nextInMs !== null) report = await drain('telegram');
  expect(shown()).toBeNull();
});

test('a button whose message is gone is answered below', async () => {
  const { user, drain, em, telegram, max } = stage();
  const telegramUser = await user({ messenger: 'telegram', person: 71 });
  const maxUser = await user({ messenger: 'max', person: 72 });
  const payload: OutboxPayload = { kind: 'edit', html: 'done', messageId: '123456' };
  await replyInChat(em(), { userId: telegramUser, dedupeKey: 'x', payload }, { messenger: 'telegram', chatId: '71' });
  const chat = { messenger: 'max', chatId: String(chatIdOf(72)) } as const;
  await replyInChat(em(), { userId: maxUser, dedupeKey: 'x', payload: { ...payload, messageId: '' } }, chat);
  await drain('telegram');
  await drain('max');
  expect(telegram.messages('71').map((message) => message.text)).toEqual(['done']);
  expect(max.messages(72).map((message) => message.text)).toEqual(['done']);
});
