import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createPollingActivities, type PollingDeps } from '../../activities/agenda/polling.ts';
import { readMaxUpdate } from '../../bot/max/read-update.ts';
import { readTelegramUpdate } from '../../bot/telegram/read-update.ts';
import { startPolling, stopPolling, wakeTalks } from '../../client/ingress.ts';
import type { DialogActivities } from '../../contracts/dialog.ts';
import { settleUpdate, takeUpdate, type TakenUpdate } from '../../db/repositories/inbox.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { createMaxBots } from '../../providers/max/bots.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startMaxApi } from '../../sandbox/max/server.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';
import { startDatabase } from './database.ts';
import { BOT_TOKEN } from './outbox.ts';
import { MAX_TOKEN } from './own-bot-stage.ts';
import { startTemporal, withWorkers } from './temporal.ts';

export type IngressStage = Awaited<ReturnType<typeof startIngressStage>>;

/** Both messengers, a database and Temporal; what people do is noted, not answered. */
export async function startIngressStage(dynamicConfig: readonly string[] = []) {
  const [database, env, telegram, max] = await Promise.all([
    startDatabase(),
    startTemporal(dynamicConfig),
    startBotApi(),
    startMaxApi(),
  ]);
  const em = () => database.orm.em.fork();
  /** What was handled, by chat, in order. */
  const handled: { readonly chat: string; readonly update: TakenUpdate }[] = [];
  const handler: { handle: (update: TakenUpdate) => Promise<void> } = { handle: () => Promise.resolve() };
  const dialog: DialogActivities = {
    async handleUpdates(chat) {
      for (let count = 0; ; count += 1) {
        const update = await takeUpdate(em(), chat);
        if (update === null) return { handled: count };
        await handler.handle(update);
        if (await settleUpdate(em(), { id: update.id, state: 'handled' }))
          handled.push({ chat: `${chat.messenger} ${chat.chatId}`, update });
      }
    },
  };
  const sources: PollingDeps['sources'] = {
    telegram: { ingress: createTelegramBots({ apiRoot: telegram.url }).open(BOT_TOKEN), read: readTelegramUpdate },
    max: { ingress: createMaxBots({ baseUrl: max.url }).open(MAX_TOKEN), read: readMaxUpdate },
  };
  const wake = wakeTalks.bind(null, env.client);
  const polling = (change: Partial<PollingDeps> = {}) =>
    createPollingActivities({ em, sources, wakeTalks: wake, waitMs: 1_000, backOffMs: 20, ...change });
  return {
    ...{ env, em, orm: database.orm, telegram, max, handled, handler, sources, dialog, polling, wake },
    /** Runs workers, and readers of these messengers, beside `fn`. */
    listening: async (messengers: readonly MessengerName[], fn: () => Promise<void>, change?: Partial<PollingDeps>) => {
      await withWorkers(env, { ...polling(change), ...dialog }, async () => {
        for (const messenger of messengers) await startPolling(env.client, messenger);
        try {
          await fn();
        } finally {
          for (const messenger of messengers) await stopPolling(env.client, messenger);
        }
      });
    },
    texts: (chat: string): string[] =>
      handled.flatMap(({ chat: of, update: { event } }) =>
        of === chat && event.kind === 'text' ? [event.text] : of === chat ? [event.kind] : [],
      ),
    async stop(): Promise<void> {
      await Promise.all([database.stop(), stopEnv(env), telegram.stop(), max.stop()]);
    },
  };
}

const stopEnv = async (env: TestWorkflowEnvironment): Promise<void> => {
  await env.teardown();
};
