import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addUpdates, readMarker, takeUpdate, type ReadUpdate } from '../../db/repositories/inbox.ts';
import { talkWorkflowId } from '../../contracts/dialog.ts';
import { chatIdOf } from '../../sandbox/max/state.ts';
import { startIngressStage, type IngressStage } from '../support/ingress-stage.ts';
import { MAX_BOT, TELEGRAM_BOT } from '../support/own-bot-stage.ts';
import { until } from '../support/stargift-stage.ts';

let stage: IngressStage;
beforeAll(async () => {
  stage = await startIngressStage();
});
afterAll(async () => {
  expect([...stage.telegram.violations, ...stage.max.violations]).toEqual([]);
  await stage.stop();
});
beforeEach(() => {
  stage.handled.length = 0;
  stage.handler.handle = () => Promise.resolve();
});

const ann = { id: 42, name: 'Ann' };
const ANN_MAX = `max ${chatIdOf(42)}`;
const arrived = async (count: number) => await until(() => Promise.resolve(stage.handled.length >= count));
const say = (text: string) => ({ kind: 'say', text }) as const;

test('what people do in both messengers is handled once, in order', async () => {
  const { telegram, max, texts, listening, em } = stage;
  await listening(['telegram', 'max'], async () => {
    await until(async () => (await readMarker(em(), 'max')) !== null);
    telegram.act(TELEGRAM_BOT, ann, { kind: 'start', payload: 'invite_x' });
    max.act(MAX_BOT, ann, { kind: 'start' });
    for (const text of ['one', 'two', 'three']) telegram.act(TELEGRAM_BOT, ann, say(text));
    for (const text of ['один', 'два']) max.act(MAX_BOT, ann, say(text));
    telegram.act(TELEGRAM_BOT, { id: 43, name: 'Bob' }, { kind: 'location', latitude: 1, longitude: 2 });
    telegram.act(TELEGRAM_BOT, ann, { kind: 'block' });
    await arrived(9);
    await until(async () => (await readMarker(em(), 'telegram')) !== null);
  });
  expect(texts('telegram 42')).toEqual(['command', 'one', 'two', 'three', 'blocked']);
  expect(texts(ANN_MAX)).toEqual(['command', 'один', 'два']);
  expect(texts('telegram 43')).toEqual(['location']);
});

test('what is cut off before somebody handles it comes again, and is handled once', async () => {
  const { telegram, listening, texts, wake } = stage;
  let failures = 2;
  const wakeTalks: typeof wake = async (chats) => {
    if (chats.length > 0 && failures-- > 0) throw new Error('Temporal does not answer');
    await wake(chats);
  };
  telegram.act(TELEGRAM_BOT, ann, { kind: 'unblock' });
  telegram.act(TELEGRAM_BOT, ann, say('once'));
  await listening(
    ['telegram'],
    async () => {
      await arrived(2);
    },
    { wakeTalks },
  );
  expect(texts('telegram 42')).toEqual(['unblocked', 'once']);
});

test.each(['telegram', 'max'] as const)(
  '%s: a reader that is refused goes on, and takes a webhook away',
  async (messenger) => {
    const { telegram, max, listening, sources } = stage;
    await sources[messenger]?.ingress.setWebhook({
      url: 'https://old.example.org/hook',
      secret: 'a-secret-of-the-past-0000',
    });
    const method = messenger === 'max' ? 'GET /updates' : 'getUpdates';
    const api = messenger === 'max' ? max : telegram;
    api.inject({ kind: 'status', status: 502, method }, { kind: 'drop-before', method });
    api.inject({ kind: 'rate-limited', retryAfterSeconds: 1, method });
    const asked = () => api.counters().requests[method] ?? 0;
    const before = asked();
    await listening([messenger], async () => {
      await until(() => Promise.resolve(asked() > before + 3));
      api.act(messenger === 'max' ? MAX_BOT : TELEGRAM_BOT, ann, say('hello'));
      await arrived(1);
    });
  },
);

test('a chat is handled one thing after the other, whatever fails; other chats do not wait', async () => {
  const { telegram, listening, handler, texts } = stage;
  let failures = 2;
  handler.handle = ({ event }) => {
    if (event.kind === 'text' && event.text === 'a' && failures-- > 0) return Promise.reject(new Error('a bug'));
    return Promise.resolve();
  };
  await listening(['telegram'], async () => {
    for (const text of ['a', 'b', 'c']) telegram.act(TELEGRAM_BOT, ann, say(text));
    telegram.act(TELEGRAM_BOT, { id: 44, name: 'Cid' }, say('x'));
    await arrived(4);
  });
  expect(texts('telegram 42')).toEqual(['a', 'b', 'c']);
  expect(stage.handled[0]?.chat).toBe('telegram 44');
  expect(stage.handled.find(({ chat }) => chat === 'telegram 42')?.update).toMatchObject({ attempts: 3 });
});

test('what comes while the last thing is handled is handled, too', async () => {
  const { telegram, listening, handler, texts, env } = stage;
  handler.handle = async ({ event }) => {
    if (event.kind !== 'text' || event.text !== 'first') return;
    telegram.act(TELEGRAM_BOT, ann, say('late'));
    await until(async () => {
      const found = await stage.em().execute<object[]>(`select 1 from inbox_update where event ->> 'text' = 'late'`);
      return found.length > 0;
    });
  };
  await listening(['telegram'], async () => {
    telegram.act(TELEGRAM_BOT, ann, say('first'));
    await arrived(2);
    await env.client.workflow.getHandle(talkWorkflowId({ messenger: 'telegram', chatId: '42' })).result();
  });
  expect(texts('telegram 42')).toEqual(['first', 'late']);
});

test('an update is taken in once; one without a chat goes where the person was seen', async () => {
  const { em } = stage;
  const person = { messenger: 'max', personId: '77', chatId: '7000000077', name: 'A', language: null } as const;
  const update: ReadUpdate = { key: 'mid.1', event: { kind: 'text', text: 'a' }, person };
  const chat = { messenger: 'max', chatId: '7000000077' } as const;
  expect(await addUpdates(em(), [update, update])).toEqual([chat]);
  expect(await addUpdates(em(), [update])).toEqual([chat]);
  const press = { kind: 'press', data: 'x', callbackId: 'cb', messageId: '' } as const;
  const nowhere: ReadUpdate = { key: 'cb', event: press, person: { ...person, chatId: '' } };
  expect(await addUpdates(em(), [nowhere])).toEqual([]);
  await em().execute(
    `insert into app_user (id, name, name_key, role) values (gen_random_uuid(), 'p77', 'p77', 'user')`,
  );
  await em().execute(
    `insert into chat (messenger, chat_id, user_id, person_id, name) select 'max', 7000000077, id, 77, '' from app_user where name = 'p77'`,
  );
  expect(await addUpdates(em(), [nowhere])).toEqual([chat]);
  const rows = await em().execute<{ key: string; chatId: string }[]>(
    `select update_key as key, person ->> 'chatId' as "chatId" from inbox_update where chat_id = 7000000077 order by id`,
  );
  expect(rows).toEqual([
    { key: 'mid.1', chatId: '7000000077' },
    { key: 'cb', chatId: '7000000077' },
  ]);
  expect(await takeUpdate(em(), chat)).toMatchObject({ attempts: 1, event: { text: 'a' } });
  expect(await takeUpdate(em(), chat)).toMatchObject({ attempts: 2, event: { text: 'a' } });
});
