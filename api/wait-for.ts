import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

interface Dependency<T> {
  /** For people, e.g. `Postgres at 127.0.0.1:5432 (DATABASE_URL)`. */
  readonly name: string;
  /** What to do when it stays away. */
  readonly advice: string;
  readonly connect: () => Promise<T>;
}

interface Patience {
  readonly log: Logger;
  readonly patienceMs: number;
  readonly everyMs: number;
}

/** Something that is needed stayed away; the message says what and what to do. */
export class DependencyDownError extends Error {
  override readonly name = 'DependencyDownError';
}

/** Tries until it connects, and says in the log what it waits for. @throws DependencyDownError after `patienceMs` */
export async function waitForDependency<T>(
  { name, advice, connect }: Dependency<T>,
  { log, patienceMs, everyMs }: Patience,
): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await connect();
    } catch (err) {
      const leftMs = until - performance.now();
      const reason = reasonOf(err);
      if (leftMs <= 0) throw new DependencyDownError(`${name} does not answer: ${reason}. ${advice}`, { cause: err });
      log.warn({ reason }, `waiting for ${name}, ${Math.ceil(leftMs / 1000)} s more`);
      await delay(Math.min(everyMs, leftMs));
    }
  }
}

function reasonOf(err: unknown): string {
  if (err instanceof AggregateError && err.errors.length > 0) return reasonOf(err.errors[0]);
  return err instanceof Error ? err.message : String(err);
}
