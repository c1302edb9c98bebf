import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSendingActivities, type SendingActivities } from '../../activities/stargifts/sending.ts';
import { wakeOutbox } from '../../client/outbox.ts';
import { outboxWorkflowId } from '../../contracts/messages.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { BOT_TOKEN, QUICK_LIMITS, testOutbox, type TestOutbox } from '../support/outbox.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

let database: TestDatabase;
let env: TestWorkflowEnvironment;
let api: BotApi;
let outbox: TestOutbox;
beforeAll(async () => {
  const early = ['limit.historyCount.suggestContinueAsNew=20'];
  [database, env] = await Promise.all([startDatabase(), startTemporal(early)]);
});
afterAll(async () => {
  await Promise.all([database.stop(), env.teardown()]);
});
beforeEach(async () => {
  api = await startBotApi({ limits: QUICK_LIMITS });
  outbox = await testOutbox(database.orm);
});
afterEach(async () => {
  expect(api.violations).toEqual([]);
  await api.stop();
});

const sending = (): SendingActivities =>
  createSendingActivities({
    orm: database.orm,
    bots: createTelegramBots({ apiRoot: api.url }),
    botTokenOf: () => Promise.resolve(BOT_TOKEN),
    limits: QUICK_LIMITS,
  });
const handle = () => env.client.workflow.getHandle(outboxWorkflowId(outbox.userId));
const wake = async () => await wakeOutbox(env.client, outbox.userId);
const texts = () => api.messages().map(({ text }) => text);
const sql = async (text: string) => await database.orm.em.fork().execute(text);

/** Activities whose goes over the outbox can be awaited. */
function counted(activities = sending()) {
  let goes = 0;
  let waiting: { readonly from: number; readonly resolve: () => void }[] = [];
  return {
    activities: {
      async drainOutbox(input: { readonly userId: string }) {
        const report = await activities.drainOutbox(input);
        goes += 1;
        for (const { resolve } of waiting.filter(({ from }) => from <= goes)) resolve();
        waiting = waiting.filter(({ from }) => from > goes);
        return report;
      },
    },
    goes: () => goes,
    until: async (from: number) => {
      if (goes < from) await new Promise<void>((resolve) => waiting.push({ from, resolve }));
    },
  };
}

test('what was written is sent, and the sender ends; the next wake starts it again', async () => {
  await withWorkers(env, sending(), async () => {
    await outbox.text('1', 'a');
    await wake();
    await handle().result();
    await outbox.text('1', 'b');
    await wake();
    await handle().result();
  });
  expect(texts()).toEqual(['a', 'b']);
});

test('a message that is written while the sender ends is sent too', async () => {
  const activities = sending();
  let late = true;
  const ending = {
    async drainOutbox(input: { readonly userId: string }) {
      const report = await activities.drainOutbox(input);
      if (late) {
        late = false;
        await outbox.text('1', 'late');
        await wake();
      }
      return report;
    },
  };
  await withWorkers(env, ending, async () => {
    await outbox.text('1', 'early');
    await wake();
    await handle().result();
  });
  expect(texts()).toEqual(['early', 'late']);
});

test('a chat that must wait holds no worker and no other chat, through many wakes and new runs', async () => {
  const { activities, until } = counted();
  await withWorkers(env, activities, async () => {
    api.inject({ kind: 'rate-limited', retryAfterSeconds: 600, chatId: '1' });
    await outbox.text('1', 'held');
    await wake();
    await until(1);
    const first = (await handle().describe()).runId;
    for (let go = 2; go <= 6; go += 1) {
      await outbox.text('2', `other ${go}`);
      await wake();
      await until(go);
    }
    expect(texts()).toEqual(['other 2', 'other 3', 'other 4', 'other 5', 'other 6']);
    const { status, runId } = await handle().describe();
    expect(status.name).toBe('RUNNING');
    expect(runId).not.toBe(first);
    await sql('update chat_pace set paused_until = now()');
    await wake();
    await handle().result();
  });
  expect(texts().at(-1)).toBe('held');
});

test('a go that fails is repeated, and what it had sent is not', async () => {
  const activities = sending();
  let failures = 1;
  const failing = {
    async drainOutbox(input: { readonly userId: string }) {
      const report = await activities.drainOutbox(input);
      if (failures-- > 0) throw new Error('the worker lost its connection');
      return report;
    },
  };
  await withWorkers(env, failing, async () => {
    await outbox.text('1', 'a');
    await wake();
    await handle().result();
  });
  expect(texts()).toEqual(['a']);
});
