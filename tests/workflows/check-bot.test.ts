import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createBotActivities } from '../../activities/accounts/bots.ts';
import { toProblem } from '../../api/classify-error.ts';
import { createTemporalDoor } from '../../api/temporal-door.ts';
import { openBotToken, putNewBotToken, readSettings } from '../../db/repositories/user-settings.ts';
import { addUser } from '../../db/repositories/users.ts';
import { createSecretBox } from '../../db/secrets.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { startTemporal, testKeys, withWorkers } from '../support/temporal.ts';

const TOKEN = '1234567890:AAExampleExampleExampleExampleExamp';
const secrets = createSecretBox(testKeys);
let database: TestDatabase;
let env: TestWorkflowEnvironment;
let api: BotApi;
let userId: string;
const woken: string[] = [];
beforeAll(async () => {
  [database, env] = await Promise.all([startDatabase(), startTemporal()]);
});
beforeEach(async () => {
  woken.length = 0;
  api = await startBotApi();
  const settings = { language: 'ru', zone: 'UTC' } as const;
  userId = (await addUser(em(), { name: 'anna', passwordHash: 'x', ...settings, ip: '::1' }))?.id ?? '';
});
afterEach(async () => {
  await api.stop();
  await em().execute('delete from app_user');
});
afterAll(async () => {
  await Promise.all([database.stop(), env.teardown()]);
});

const em = () => database.orm.em.fork();
const vault = () => ({ em: em(), secrets });
const door = () => createTemporalDoor({ client: env.client, connection: env.connection });
const withBots = async (fn: () => Promise<void>): Promise<void> => {
  const bots = createTelegramBots({ apiRoot: api.url, timeoutMs: 2000 });
  const wakeOutbox = (id: string) => Promise.resolve(void woken.push(id));
  await withWorkers(env, createBotActivities({ em, secrets, bots, wakeOutbox }), fn);
};

test("a token becomes the user's bot once Telegram says whose it is, and is sealed anew in its place", async () => {
  await withBots(async () => {
    await putNewBotToken(vault(), userId, TOKEN);
    expect(await door().checkBot({ userId })).toEqual({ username: 'sandbox_1234567890_bot' });
  });
  expect(await readSettings(em(), userId)).toMatchObject({ botUsername: 'sandbox_1234567890_bot' });
  expect(await openBotToken(vault(), userId)).toBe(TOKEN);
  expect(woken).toEqual([userId]); // messages may have waited for a bot
  const [row] = await em().execute<{ new: string | null }[]>('select new_bot_token as new from user_settings');
  expect(row?.new).toBeNull();
});

test("a token that is nobody's is refused, and the bot of before stays", async () => {
  await withBots(async () => {
    await putNewBotToken(vault(), userId, TOKEN);
    await door().checkBot({ userId });
    await putNewBotToken(vault(), userId, '404:AAnobodyNobodyNobodyNobodyNobodyNob');
    api.revoke('404:AAnobodyNobodyNobodyNobodyNobodyNob');
    const refused: unknown = await door().checkBot({ userId }).catch(toProblem);
    expect(refused).toMatchObject({ code: 'bot-token-invalid' });
  });
  expect(await openBotToken(vault(), userId)).toBe(TOKEN);
});

test('a token waits for workers that come later', async () => {
  await putNewBotToken(vault(), userId, TOKEN);
  const checked = door().checkBot({ userId });
  await withBots(async () => {
    await checked;
  });
  expect(await readSettings(em(), userId)).toMatchObject({ botUsername: 'sandbox_1234567890_bot' });
});
