/**
 * Records one history per path of `talk`, `pollMessenger` and the own bots' `sendOutbox`: `node tests/replay/record-agenda-messenger.ts`.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { ApplicationFailure } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createSendingActivities } from '../../activities/stargifts/sending.ts';
import { startPolling, stopPolling, wakeTalks } from '../../client/ingress.ts';
import { createSenderWaker } from '../../client/outbox.ts';
import { ingressWorkflowId, talkWorkflowId } from '../../contracts/dialog.ts';
import { outboxWorkflowId } from '../../contracts/messages.ts';
import { readMarker } from '../../db/repositories/inbox.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startIngressStage } from '../support/ingress-stage.ts';
import { TELEGRAM_BOT } from '../support/own-bot-stage.ts';
import { withWorkers } from '../support/temporal.ts';

const stage = await startIngressStage(['limit.historyCount.suggestContinueAsNew=20']);
const { env, telegram, em, dialog, polling, orm } = stage;
const pause = async () => await new Promise((resolve) => setTimeout(resolve, 50));

async function keep(workflowId: string, name: string, runId?: string): Promise<void> {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  writeFileSync(file, historyToJSON(await env.client.workflow.getHandle(workflowId, runId).fetchHistory()));
}

const chat = { messenger: 'telegram', chatId: '42' } as const;
const talkEnded = async (): Promise<void> => {
  await env.client.workflow.getHandle(talkWorkflowId(chat)).result();
};

async function record(): Promise<void> {
  await startPolling(env.client, 'telegram');
  telegram.act(TELEGRAM_BOT, { id: 42, name: 'Ann' }, { kind: 'say', text: 'hello' });
  while (stage.handled.length < 1) await pause();
  await talkEnded();
  await keep(talkWorkflowId(chat), 'talk.handled');
  while ((await readMarker(em(), 'telegram')) === null) await pause();
  await stopPolling(env.client, 'telegram');
  await keep(ingressWorkflowId('telegram'), 'pollMessenger.cancelled');
  await startPolling(env.client, 'max');
  await env.client.workflow.getHandle(ingressWorkflowId('max')).result();
  await keep(ingressWorkflowId('max'), 'pollMessenger.no-token');
  await createSenderWaker(env.client)(['max']);
  await env.client.workflow.getHandle(outboxWorkflowId('max')).result();
  await keep(outboxWorkflowId('max'), 'sendOutbox.own-bot');
}

/** A failure that no repetition mends, and then many wakes. */
async function recordFailed(): Promise<void> {
  failing = true;
  await wakeTalks(env.client, [chat]);
  const handle = env.client.workflow.getHandle(talkWorkflowId(chat));
  while ((await handle.describe()).historyLength < 10) await pause();
  const { runId } = await handle.describe();
  failing = false;
  while ((await handle.describe()).runId === runId && (await handle.describe()).status.name === 'RUNNING') {
    await wakeTalks(env.client, [chat]);
    await pause();
  }
  await talkEnded();
  await keep(talkWorkflowId(chat), 'talk.failed-and-woken', runId);
}

let failing = false;
const activities = {
  ...polling({ sources: { ...stage.sources, max: null } }),
  ...createSendingActivities({
    ...{ orm, bots: createTelegramBots({ apiRoot: telegram.url }), botTokenOf: () => Promise.resolve(null) },
    own: { telegram: null, max: null },
  }),
  handleUpdates: async (input: typeof chat) => {
    if (failing) throw ApplicationFailure.nonRetryable('a bug', 'no-such-column');
    return await dialog.handleUpdates(input);
  },
};
await withWorkers(env, activities, async () => {
  await record();
  await recordFailed();
});
await stage.stop();
process.exit(0);
