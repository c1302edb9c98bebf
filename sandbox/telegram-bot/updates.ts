import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from './refusal.ts';
import type { BotApiContext } from './context.ts';
import type { ParametersOf } from './schemas.ts';

/** What bots are told of: for each bot in order, until it asks for later ones. */
export interface UpdateQueue {
  push(bot: string, update: Readonly<Record<string, unknown>>): void;
  pending(bot: string): readonly object[];
  confirm(bot: string, offset: number): void;
  /** Resolves with the next push to anybody. */
  pushed(): Promise<void>;
  webhook(bot: string): string | null;
  setWebhook(bot: string, url: string | null): void;
}

interface Update {
  readonly update_id: number;
}

export function createUpdateQueue(): UpdateQueue {
  const queues = new Map<string, Update[]>();
  const webhooks = new Map<string, string>();
  let lastId = 0;
  let waiting: (() => void)[] = [];
  return {
    push(bot, update) {
      lastId += 1;
      queues.set(bot, [...(queues.get(bot) ?? []), { ...update, update_id: lastId }]);
      for (const wake of waiting.splice(0)) wake();
    },
    pending: (bot) => queues.get(bot) ?? [],
    confirm(bot, offset) {
      const queue = queues.get(bot) ?? [];
      const first = offset < 0 ? (queue.at(offset)?.update_id ?? 0) : offset;
      queues.set(
        bot,
        queue.filter(({ update_id: id }) => id >= first),
      );
    },
    pushed: async () => {
      await new Promise<void>((resolve) => (waiting = [...waiting, resolve]));
    },
    webhook: (bot) => webhooks.get(bot) ?? null,
    setWebhook(bot, url) {
      if (url === null || url === '') webhooks.delete(bot);
      else webhooks.set(bot, url);
    },
  };
}

const LONGEST_POLL_SECONDS = 50;

export async function getUpdates({ bot, updates }: BotApiContext, parameters: ParametersOf<'getUpdates'>) {
  if (updates.webhook(bot) !== null)
    throw new Refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  const { offset = 0, limit = 100, timeout = 0 } = parameters;
  if (offset !== 0) updates.confirm(bot, offset);
  const until = performance.now() + Math.min(timeout, LONGEST_POLL_SECONDS) * 1000;
  while (updates.pending(bot).length === 0 && performance.now() < until) {
    await Promise.race([updates.pushed(), delay(until - performance.now(), undefined, { ref: false })]);
  }
  return updates.pending(bot).slice(0, limit);
}

export function setWebhook({ bot, updates }: BotApiContext, { url }: ParametersOf<'setWebhook'>) {
  if (url !== '' && !url.startsWith('https://'))
    throw new Refusal(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
  updates.setWebhook(bot, url);
  return true;
}

export function deleteWebhook({ bot, updates }: BotApiContext) {
  updates.setWebhook(bot, null);
  return true;
}
