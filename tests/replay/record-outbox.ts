/**
 * Records one history per path of `sendOutbox`: `node tests/replay/record-outbox.ts`.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createSendingActivities } from '../../activities/stargifts/sending.ts';
import { wakeOutbox } from '../../client/outbox.ts';
import { outboxWorkflowId } from '../../contracts/messages.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';
import { startDatabase } from '../support/database.ts';
import { BOT_TOKEN, QUICK_LIMITS, testOutbox } from '../support/outbox.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

const [database, env, api] = await Promise.all([
  startDatabase(),
  startTemporal(['limit.historyCount.suggestContinueAsNew=20']),
  startBotApi({ limits: QUICK_LIMITS }),
]);
const outbox = await testOutbox(database.orm);
const workflowId = outboxWorkflowId(outbox.userId);

async function keep(name: string, id = workflowId, runId?: string): Promise<void> {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  const handle = env.client.workflow.getHandle(id, runId);
  writeFileSync(file, historyToJSON(await handle.fetchHistory()));
}

async function describe(): Promise<{ readonly runId: string; readonly events: number }> {
  const { runId, historyLength } = await env.client.workflow.getHandle(workflowId).describe();
  return { runId, events: historyLength };
}

async function sent(count: number): Promise<void> {
  while (api.messages().length < count) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function record(): Promise<void> {
  const { client } = env;
  await outbox.text('1', 'a');
  await wakeOutbox(client, outbox.userId);
  await client.workflow.getHandle(workflowId).result();
  await keep('sendOutbox.completed');
  api.inject({ kind: 'rate-limited', retryAfterSeconds: 600, chatId: '1' });
  await outbox.text('1', 'held');
  await wakeOutbox(client, outbox.userId);
  while ((await describe()).events < 9) await new Promise((resolve) => setTimeout(resolve, 20));
  const { runId } = await describe();
  for (let more = 2; (await describe()).runId === runId; more += 1) {
    await outbox.text('2', `more ${more}`);
    await wakeOutbox(client, outbox.userId);
    await sent(more);
  }
  await keep('sendOutbox.woken-and-continued', workflowId, runId);
}

/** The messenger asks for three seconds: longer than a worker is held. */
async function recordWaiting(): Promise<void> {
  const waiting = await testOutbox(database.orm);
  api.inject({ kind: 'rate-limited', retryAfterSeconds: 3, chatId: '3' });
  await waiting.text('3', 'soon');
  await wakeOutbox(env.client, waiting.userId);
  const handle = env.client.workflow.getHandle(outboxWorkflowId(waiting.userId));
  const { runId } = await handle.describe();
  await handle.result();
  await keep('sendOutbox.waited', outboxWorkflowId(waiting.userId), runId);
}

const activities = createSendingActivities({
  orm: database.orm,
  bots: createTelegramBots({ apiRoot: api.url }),
  botTokenOf: () => Promise.resolve(BOT_TOKEN),
  limits: QUICK_LIMITS,
});
await withWorkers(env, activities, async () => {
  await record();
  await recordWaiting();
});
await Promise.all([database.stop(), env.teardown(), api.stop()]);
process.exit(0);
