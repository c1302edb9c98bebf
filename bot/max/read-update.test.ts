import { describe, expect, test } from 'vitest';
import { readMaxUpdate } from './read-update.ts';

const user = {
  user_id: 42,
  first_name: 'Анна',
  last_name: 'К.',
  name: 'Анна К.',
  username: null,
  is_bot: false,
  last_activity_time: 1,
};
const recipient = { chat_id: 7_000_000_042, chat_type: 'dialog', user_id: 99 };
const body = { mid: 'mid.0001', seq: 1, text: 'привет', attachments: null };
const created = (rest: object, to: object = recipient) => ({
  update_type: 'message_created',
  timestamp: 1_764_000_000_000,
  user_locale: 'ru',
  message: { sender: user, recipient: to, timestamp: 1_764_000_000_000, body: { ...body, ...rest } },
});
const eventOf = (raw: unknown) => readMaxUpdate(raw)?.event ?? null;
const person = { messenger: 'max', personId: '42', chatId: '7000000042', name: 'Анна К.', language: 'ru' };

test('says who wrote, and names the message', () => {
  expect(readMaxUpdate(created({}))).toEqual({ key: 'mid.0001', event: { kind: 'text', text: 'привет' }, person });
});

test('starts and stops are named by whom and when', () => {
  const started = {
    update_type: 'bot_started',
    timestamp: 5,
    chat_id: 7_000_000_042,
    user,
    payload: 'invite_x',
    user_locale: 'en',
  };
  expect(readMaxUpdate(started)).toEqual({
    key: 'bot_started:42:5',
    event: { kind: 'command', name: 'start', args: 'invite_x' },
    person: { ...person, language: 'en' },
  });
  expect(eventOf({ ...started, payload: null })).toEqual({ kind: 'command', name: 'start', args: '' });
  expect(readMaxUpdate({ ...started, update_type: 'bot_stopped' })).toMatchObject({
    key: 'bot_stopped:42:5',
    event: { kind: 'blocked' },
  });
});

describe('presses', () => {
  const callback = { timestamp: 1, callback_id: 'cb-1', payload: 'remind.done|abc', user };
  const pressed = { update_type: 'message_callback', timestamp: 1, callback, user_locale: null };
  const message = { sender: { ...user, is_bot: true }, recipient, timestamp: 1, body };

  test('of a button under a message', () => {
    expect(readMaxUpdate({ ...pressed, message })).toEqual({
      key: 'cb-1',
      event: { kind: 'press', data: 'remind.done|abc', callbackId: 'cb-1', messageId: 'mid.0001' },
      person: { ...person, language: null },
    });
  });

  test('under a message that was deleted: the chat is the one that is known of the person', () => {
    expect(readMaxUpdate({ ...pressed, message: null })).toMatchObject({
      event: { messageId: '' },
      person: { personId: '42', chatId: '' },
    });
  });
});

test.each([
  [{ text: '/start hello' }, { kind: 'command', name: 'start', args: 'hello' }],
  [
    { text: null, attachments: [{ type: 'location', latitude: 55.75, longitude: 37.6 }] },
    { kind: 'location', latitude: 55.75, longitude: 37.6 },
  ],
  [
    {
      text: '',
      attachments: [{ type: 'file', filename: 'a.ics', size: 12, payload: { url: 'https://f.test/1', token: 't' } }],
    },
    { kind: 'file', name: 'a.ics', fileId: 'https://f.test/1', bytes: 12 },
  ],
  [
    { text: null, attachments: [{ type: 'image', payload: { url: 'https://i', token: 't', photo_id: 1 } }] },
    { kind: 'other', what: 'image' },
  ],
  [
    { text: null, attachments: [{ type: 'audio', payload: { url: 'https://a', token: 't' } }] },
    { kind: 'other', what: 'audio' },
  ],
  [
    { text: null, attachments: [{ type: 'contact', payload: { vcf_info: '', max_info: user } }] },
    { kind: 'other', what: 'contact' },
  ],
  [
    { text: 'https://x.test', attachments: [{ type: 'share', payload: { url: 'https://x.test' } }] },
    { kind: 'text', text: 'https://x.test' },
  ],
])('%j', (rest, event) => {
  expect(eventOf(created(rest))).toEqual(event);
});

test.each([
  created({}, { ...recipient, chat_type: 'chat' }),
  created({ text: null }),
  { ...created({}), update_type: 'message_edited' },
  { update_type: 'dialog_muted', timestamp: 1, chat_id: 1, user, muted_until: 2 },
  { update_type: 'bot_started', timestamp: 1, chat_id: 1, user: { ...user, is_bot: true } },
  {},
  null,
])('is nothing for the bot: %j', (raw) => {
  expect(readMaxUpdate(raw)).toBeNull();
});
