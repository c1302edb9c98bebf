import { setTimeout as delay } from 'node:timers/promises';

/**
 * One call for many: who calls before it has left shares it, who calls later gets the next one, at least `gapMs` after it. Each
 * caller's promise settles with a call that began after his own.
 */
export function coalesced(call: () => Promise<void>, gapMs: number): () => Promise<void> {
  let flying: Promise<unknown> = Promise.resolve();
  let startedAt = -Infinity;
  let next: Promise<void> | null = null;
  const go = async (): Promise<void> => {
    await flying;
    const waitMs = startedAt + gapMs - performance.now();
    if (waitMs > 0) await delay(waitMs);
    next = null;
    startedAt = performance.now();
    const called = call();
    flying = called.catch(() => undefined);
    await called;
  };
  return async () => await (next ??= go());
}
