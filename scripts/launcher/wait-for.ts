import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  readonly giveUpAfterMs: number;
  readonly everyMs?: number;
  /** Told once per distinct reason while it does not answer. */
  readonly onRefusal: (reason: string) => void;
  /** True for an error that waiting cannot help, such as a wrong password. */
  readonly isFinal?: (err: unknown) => boolean;
}

/** The reason in an error, also when it is one of several attempts (an AggregateError has no message of its own). */
export function reasonOf(err: unknown): string {
  if (err instanceof AggregateError && err.errors.length > 0) return reasonOf(err.errors[0]);
  if (!(err instanceof Error)) return String(err);
  return err.message === '' && err.cause !== undefined ? reasonOf(err.cause) : err.message;
}

/** Repeats `attempt` until it succeeds. @throws its last error when the time is over or the error is final */
export async function waitFor<T>(attempt: () => Promise<T>, options: WaitOptions): Promise<T> {
  const untilMs = Date.now() + options.giveUpAfterMs;
  let told = '';
  for (;;) {
    try {
      return await attempt();
    } catch (err) {
      if (options.isFinal?.(err) === true || Date.now() >= untilMs) throw err;
      const reason = reasonOf(err);
      if (reason !== told) options.onRefusal(reason);
      told = reason;
      await delay(options.everyMs ?? 1000);
    }
  }
}
