import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createSendingActivities, type SendingDeps } from '../../activities/stargifts/sending.ts';
import type { DrainReport } from '../../contracts/messages.ts';
import { seeChat } from '../../db/repositories/chats.ts';
import { tellPerson, type Told } from '../../db/repositories/tell-person.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { createMaxBots } from '../../providers/max/bots.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startMaxApi, type MaxApi } from '../../sandbox/max/server.ts';
import { botIdOf } from '../../sandbox/max/sandbox.ts';
import { chatIdOf } from '../../sandbox/max/state.ts';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';
import { startDatabase, type TestDatabase } from './database.ts';
import { addUser, BOT_TOKEN, QUICK_LIMITS } from './outbox.ts';

export const MAX_TOKEN = 'max-token-of-the-tests';
export const MAX_BOT = botIdOf(MAX_TOKEN);
export const TELEGRAM_BOT = BOT_TOKEN.slice(0, BOT_TOKEN.indexOf(':'));

/** MAX's limits with a second that takes 20 ms, on both sides. */
const QUICK_MAX = {
  bot: { count: 25, windowMs: 20 },
  chat: { count: 2, windowMs: 20 },
  answers: { count: 2, windowMs: 20 },
  group: { count: 2, windowMs: 20 },
};

export interface OwnBotStage {
  readonly telegram: BotApi;
  readonly max: MaxApi;
  readonly em: () => ReturnType<TestDatabase['orm']['em']['fork']>;
  readonly sql: (text: string, params?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  /** A user who has talked to the bot as this person. */
  readonly user: (
    ...chats: readonly { readonly messenger: MessengerName; readonly person: number }[]
  ) => Promise<string>;
  readonly tell: (told: Told) => Promise<MessengerName | null>;
  /** One go over a bot's outbox, as the worker does it. */
  readonly drain: (sender: MessengerName, change?: Partial<SendingDeps>) => Promise<DrainReport>;
  /** @param timeoutMs  for an answer, default 5,000 */
  readonly bots: (timeoutMs?: number) => NonNullable<SendingDeps['own']>;
  /** State by dedupe key. */
  readonly states: (userId: string) => Promise<Record<string, string>>;
}

/** A database for the file, and for each test both messengers, which must see no violation. */
export function ownBotStage(): () => OwnBotStage {
  let database: TestDatabase;
  let telegram: BotApi;
  let max: MaxApi;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(async () => {
    await database.stop();
  });
  beforeEach(async () => {
    [telegram, max] = await Promise.all([
      startBotApi({ limits: QUICK_LIMITS }),
      startMaxApi({ limits: { ...QUICK_MAX, bot: { count: 30, windowMs: 20 } }, readyMs: 0 }),
    ]);
    await em().execute('delete from outbox_message');
  });
  afterEach(async () => {
    expect([...telegram.violations, ...max.violations]).toEqual([]);
    await Promise.all([telegram.stop(), max.stop()]);
  });
  const em = () => database.orm.em.fork();
  const bots: OwnBotStage['bots'] = (timeoutMs = 5_000) => ({
    telegram: {
      bot: createTelegramBots({ apiRoot: telegram.url, timeoutMs }).open(BOT_TOKEN),
      botId: TELEGRAM_BOT,
    },
    max: { bot: createMaxBots({ baseUrl: max.url, timeoutMs }).open(MAX_TOKEN), botId: '0' },
  });
  const sql: OwnBotStage['sql'] = async (text, params = []) =>
    await em().execute<Record<string, unknown>[]>(text, [...params]);
  return () => ({
    ...{ telegram, max, em, sql, bots },
    async user(...chats) {
      const userId = await addUser(database.orm);
      for (const { messenger, person } of chats) {
        const chatId = messenger === 'max' ? String(chatIdOf(person)) : String(person);
        if (messenger === 'max') max.meet(MAX_BOT, { id: person, name: 'Ann' });
        await seeChat(em(), userId, { messenger, chatId, personId: String(person), name: 'Ann', language: 'en' });
      }
      return userId;
    },
    tell: async (told) => await tellPerson(em(), told),
    async drain(sender, change = {}) {
      const activities = createSendingActivities({
        orm: database.orm,
        bots: createTelegramBots({ apiRoot: telegram.url }),
        botTokenOf: () => Promise.resolve(null),
        own: bots(),
        limits: sender === 'max' ? QUICK_MAX : QUICK_LIMITS,
        ...change,
      });
      return await new MockActivityEnvironment().run(async () => await activities.drainOutbox({ sender }));
    },
    states: async (userId) =>
      Object.fromEntries(
        (await sql('select dedupe_key as key, state from outbox_message where user_id = ? order by id', [userId])).map(
          ({ key, state }) => [String(key), String(state)],
        ),
      ),
  });
}
