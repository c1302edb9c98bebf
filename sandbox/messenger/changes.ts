import { setTimeout as delay } from 'node:timers/promises';

/** Tells who waits that something has changed. */
export interface Changes {
  readonly version: number;
  touch(): void;
  /** Resolves when the version is over this one, or when that takes too long. */
  after(version: number, withinMs: number): Promise<void>;
}

export function createChanges(): Changes {
  let version = 0;
  let waiting: (() => void)[] = [];
  return {
    get version() {
      return version;
    },
    touch() {
      version += 1;
      for (const wake of waiting.splice(0)) wake();
    },
    async after(known, withinMs) {
      const until = performance.now() + withinMs;
      while (version <= known) {
        const leftMs = until - performance.now();
        if (leftMs <= 0) return;
        const given = new AbortController();
        const change = new Promise<void>((resolve) => (waiting = [...waiting, resolve]));
        const late = delay(leftMs, undefined, { ref: false, signal: given.signal }).catch(() => undefined);
        await Promise.race([change, late]);
        given.abort();
      }
    },
  };
}
