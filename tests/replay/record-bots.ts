/**
 * Records one history per path of `checkBot`: `node tests/replay/record-bots.ts`.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createBotActivities } from '../../activities/accounts/bots.ts';
import { executeCheckBot } from '../../client/bots.ts';
import { checkBotWorkflowId } from '../../contracts/accounts.ts';
import { putNewBotToken } from '../../db/repositories/user-settings.ts';
import { addUser } from '../../db/repositories/users.ts';
import { createSecretBox } from '../../db/secrets.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';
import { startDatabase } from '../support/database.ts';
import { startTemporal, testKeys, withWorkers } from '../support/temporal.ts';

const TOKEN = '1234567890:AAExampleExampleExampleExampleExamp';
const [database, env, api] = await Promise.all([startDatabase(), startTemporal(), startBotApi()]);
const em = () => database.orm.em.fork();
const secrets = createSecretBox(testKeys);
const settings = { language: 'ru', zone: 'UTC' } as const;
const user = await addUser(em(), { name: 'anna', passwordHash: 'x', ...settings, ip: '::1' });
const userId = user?.id ?? '';

async function check(name: string): Promise<void> {
  await putNewBotToken({ em: em(), secrets }, userId, TOKEN);
  await executeCheckBot(env.client, { userId }).catch(() => undefined); // a refusal is a path, too
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  const handle = env.client.workflow.getHandle(checkBotWorkflowId(userId));
  writeFileSync(file, historyToJSON(await handle.fetchHistory()));
}

await withWorkers(
  env,
  createBotActivities({
    ...{ em, secrets, bots: createTelegramBots({ apiRoot: api.url }) },
    wakeOutbox: () => Promise.resolve(),
  }),
  async () => {
    await check('checkBot.done');
    api.revoke(TOKEN);
    await check('checkBot.refused');
  },
);
await Promise.all([database.stop(), env.teardown(), api.stop()]);
process.exit(0);
