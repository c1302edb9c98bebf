import { describe, expect, test } from 'vitest';
import { readTelegramUpdate } from './read-update.ts';

const from = { id: 42, is_bot: false, first_name: 'Анна', last_name: 'К.', username: 'anna', language_code: 'ru-RU' };
const chat = { id: 42, first_name: 'Анна', last_name: 'К.', username: 'anna', type: 'private' };
const base = { message_id: 7, from, chat, date: 1_764_000_000 };
const message = (rest: object) => ({ update_id: 1000, message: { ...base, ...rest } });
const eventOf = (raw: unknown) => readTelegramUpdate(raw)?.event ?? null;

test('says who wrote, and names the update', () => {
  expect(readTelegramUpdate(message({ text: 'привет' }))).toEqual({
    key: '1000',
    event: { kind: 'text', text: 'привет' },
    person: { messenger: 'telegram', personId: '42', chatId: '42', name: 'Анна К.', language: 'ru' },
  });
});

test.each([
  ['/start', { kind: 'command', name: 'start', args: '' }],
  ['/start invite_abc-1', { kind: 'command', name: 'start', args: 'invite_abc-1' }],
  ['/Remind@gifty_bot  завтра в 9', { kind: 'command', name: 'remind', args: 'завтра в 9' }],
  ['/tasks\nmilk', { kind: 'command', name: 'tasks', args: 'milk' }],
  ['/ not a command', { kind: 'text', text: '/ not a command' }],
  ['5/7', { kind: 'text', text: '5/7' }],
])('«%s»', (text, event) => {
  const entities = [{ type: 'bot_command', offset: 0, length: 6 }];
  expect(eventOf(message({ text, entities }))).toEqual(event);
});

describe('what is no text', () => {
  const file = { file_id: 'BQACAgIAAx', file_unique_id: 'u', mime_type: 'text/calendar' };
  test.each([
    [{ location: { latitude: 55.75, longitude: 37.6 } }, { kind: 'location', latitude: 55.75, longitude: 37.6 }],
    [
      { document: { ...file, file_name: 'a.ics', file_size: 12 }, caption: 'look' },
      { kind: 'file', name: 'a.ics', fileId: 'BQACAgIAAx', bytes: 12 },
    ],
    [
      { photo: [{ ...file, width: 90, height: 90 }], caption: 'look' },
      { kind: 'other', what: 'photo' },
    ],
    [{ voice: { ...file, duration: 3 } }, { kind: 'other', what: 'voice' }],
    [{ contact: { phone_number: '+7', first_name: 'A', user_id: 42 } }, { kind: 'other', what: 'contact' }],
    [
      { animation: { ...file, width: 1, height: 1, duration: 1 }, document: file },
      { kind: 'other', what: 'animation' },
    ],
    [{ sticker: { ...file, width: 512, height: 512, type: 'regular' } }, { kind: 'other', what: 'sticker' }],
  ])('%o', (content, event) => {
    expect(eventOf(message(content))).toEqual(event);
  });
});

describe('presses', () => {
  const query = { id: '4382bfdwdsb323b2d9', from, chat_instance: '-1', data: 'remind.done|abc' };
  const event = { kind: 'press', data: 'remind.done|abc', callbackId: '4382bfdwdsb323b2d9', messageId: '7' };

  test('of a button under a message', () => {
    expect(eventOf({ update_id: 1, callback_query: { ...query, message: { ...base, text: 'x' } } })).toEqual(event);
  });

  test('under a message that is too old to be shown', () => {
    const message = { message_id: 7, chat, date: 0 };
    expect(eventOf({ update_id: 1, callback_query: { ...query, message } })).toEqual(event);
  });

  test('elsewhere are nothing', () => {
    expect(readTelegramUpdate({ update_id: 1, callback_query: { ...query, inline_message_id: 'x' } })).toBeNull();
  });
});

test('who blocks the bot, and who comes back', () => {
  const member = (status: string) => ({
    update_id: 5,
    my_chat_member: {
      chat,
      from,
      date: 1,
      old_chat_member: { user: {}, status: 'x' },
      new_chat_member: { user: {}, status },
    },
  });
  expect(eventOf(member('kicked'))).toEqual({ kind: 'blocked' });
  expect(eventOf(member('member'))).toEqual({ kind: 'unblocked' });
});

test.each([
  { update_id: 1, edited_message: { ...base, text: 'mended', edit_date: 2 } },
  { update_id: 1, channel_post: { message_id: 1, chat: { id: -100, type: 'channel' }, date: 1, text: 'x' } },
  message({ text: 'hi', chat: { id: -5, type: 'group', title: 'g' } }),
  message({ text: 'hi', from: { ...from, is_bot: true } }),
  message({ pinned_message: { ...base, text: 'x' } }),
  { update_id: 1 },
  { update_id: 'x' },
  null,
  'no update',
  [],
])('is nothing for the bot: %j', (raw) => {
  expect(readTelegramUpdate(raw)).toBeNull();
});
