import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { SentMessage, TelegramBot, TelegramBots } from '../../activities/ports/telegram-bot.ts';
import { createSendingActivities, type SendingDeps } from '../../activities/stargifts/sending.ts';
import type { DrainReport } from '../../contracts/messages.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';
import { startDatabase, type TestDatabase } from './database.ts';
import { BOT_TOKEN, QUICK_LIMITS, testOutbox, type TestOutbox } from './outbox.ts';

type Message = Parameters<TelegramBot['send']>[0];

export interface SendingStage {
  readonly api: BotApi;
  readonly outbox: TestOutbox;
  readonly em: () => ReturnType<TestDatabase['orm']['em']['fork']>;
  readonly sql: (text: string) => Promise<unknown>;
  /** One go over the outbox, as the worker does it. */
  readonly drain: (change?: Partial<SendingDeps>, environment?: MockActivityEnvironment) => Promise<DrainReport>;
  /** Bots of the sandbox whose `send` is wrapped. */
  readonly botsThat: (send: (message: Message, real: TelegramBot) => Promise<SentMessage>) => TelegramBots;
  readonly texts: (chatId?: string) => string[];
  /** State by dedupe key. */
  readonly states: () => Promise<Record<string, string>>;
}

/** Sets up a database for the file, and for each test a Bot API, which must see no violation, and a user with an empty outbox. */
export function sendingStage(): () => SendingStage {
  let database: TestDatabase;
  let api: BotApi;
  let outbox: TestOutbox;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(async () => {
    await database.stop();
  });
  beforeEach(async () => {
    api = await startBotApi({ limits: QUICK_LIMITS });
    outbox = await testOutbox(database.orm);
  });
  afterEach(async () => {
    expect(api.violations).toEqual([]);
    await api.stop();
  });
  const em = () => database.orm.em.fork();
  return () => ({
    api,
    outbox,
    em,
    sql: async (text) => await em().execute(text),
    async drain(change = {}, environment = new MockActivityEnvironment()) {
      const activities = createSendingActivities({
        orm: database.orm,
        bots: createTelegramBots({ apiRoot: api.url, timeoutMs: 500 }),
        botTokenOf: () => Promise.resolve(BOT_TOKEN),
        limits: QUICK_LIMITS,
        ...change,
      });
      return await environment.run(async () => await activities.drainOutbox({ userId: outbox.userId }));
    },
    botsThat: (send) => ({
      open: (token) => {
        const real = createTelegramBots({ apiRoot: api.url, timeoutMs: 500 }).open(token);
        return { me: async () => await real.me(), send: async (message) => await send(message, real) };
      },
    }),
    texts: (chatId) => api.messages(chatId).map(({ text }) => text),
    states: async () => Object.fromEntries((await outbox.rows()).map(({ key, state }) => [key, state])),
  });
}
