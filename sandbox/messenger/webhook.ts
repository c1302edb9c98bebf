import { setTimeout as delay } from 'node:timers/promises';
import type { QueuedUpdate, UpdateLog } from './update-log.ts';

export interface WebhookTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Chats that are told of something at the same time. */
  readonly connections: number;
}

export interface WebhookStats {
  delivered: number;
  /** Attempts without a 2xx. */
  failed: number;
  lastError: string | null;
  /** On the clock of Date.now(); null = the last attempt succeeded. */
  failingSince: number | null;
}

export interface WebhookOptions {
  readonly log: UpdateLog;
  /** First pause after a failure, doubled each time up to a minute, ms. */
  readonly retryMs: number;
  /** For an answer, ms. */
  readonly timeoutMs: number;
}

export interface Webhooks {
  /** From now on what is in the queue goes there, each chat in its order, again and again until it is taken with a 2xx. */
  start(queue: string, target: WebhookTarget): void;
  stop(queue: string): void;
  stats(queue: string): WebhookStats;
  stopAll(): void;
}

const LONGEST_PAUSE_MS = 60_000;

export function createWebhooks(options: WebhookOptions): Webhooks {
  const running = new Map<string, AbortController>();
  const stats = new Map<string, WebhookStats>();
  const statsOf = (queue: string): WebhookStats => {
    const known = stats.get(queue) ?? { delivered: 0, failed: 0, lastError: null, failingSince: null };
    stats.set(queue, known);
    return known;
  };
  const stop = (queue: string): void => {
    running.get(queue)?.abort();
    running.delete(queue);
  };
  return {
    start(queue, target) {
      stop(queue);
      const controller = new AbortController();
      running.set(queue, controller);
      void deliver({ ...options, queue, target, stats: statsOf(queue), signal: controller.signal, busy: new Set() });
    },
    stop,
    stats: statsOf,
    stopAll: () => [...running.keys()].forEach(stop),
  };
}

interface Delivery extends WebhookOptions {
  readonly queue: string;
  readonly target: WebhookTarget;
  readonly stats: WebhookStats;
  readonly signal: AbortSignal;
  /** Chats that are being told of something. */
  readonly busy: Set<string>;
}

async function deliver(delivery: Delivery): Promise<void> {
  const { log, queue, target, signal, busy } = delivery;
  while (!signal.aborted) {
    const next = busy.size < target.connections ? firstFree(log.pending(queue), busy) : null;
    if (next === null) {
      await log.changed(1_000);
      continue;
    }
    busy.add(next.chat);
    void handOver(delivery, next);
  }
}

function firstFree(pending: Iterable<QueuedUpdate>, busy: ReadonlySet<string>): QueuedUpdate | null {
  for (const update of pending) if (!busy.has(update.chat)) return update;
  return null;
}

/** Until it is taken. */
async function handOver(delivery: Delivery, { id, chat, update }: QueuedUpdate): Promise<void> {
  const { log, queue, stats, signal, retryMs, busy } = delivery;
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const problem = await post(delivery, update);
    if (problem === null) {
      stats.delivered += 1;
      stats.failingSince = null;
      // Before the log wakes the loop, which looks who is free.
      busy.delete(chat);
      log.done(queue, id);
      return;
    }
    stats.failed += 1;
    stats.lastError = problem;
    stats.failingSince ??= Date.now();
    const pauseMs = Math.min(retryMs * 2 ** attempt, LONGEST_PAUSE_MS);
    await delay(pauseMs, undefined, { ref: false, signal }).catch(() => undefined);
  }
}

/** What went wrong, or null. */
async function post({ target, signal, timeoutMs }: Delivery, update: object): Promise<string | null> {
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...target.headers },
      body: JSON.stringify(update),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      redirect: 'manual',
    });
    await response.arrayBuffer();
    return response.ok ? null : `Wrong response from the webhook: ${response.status}`;
  } catch (err) {
    return err instanceof Error ? err.message : 'not reached';
  }
}
