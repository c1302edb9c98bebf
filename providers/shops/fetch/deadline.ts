import { FetchFailedError, type FailureCode } from './errors.ts';

/** A signal that fires by phase: each phase starts a timer of its own, the whole runs beside them. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Replaces the running phase. */
  phase(timeoutMs: number, code: FailureCode): void;
  /** Must be called once all is over. */
  end(): void;
}

/** Bounds one fetch by a total time and by phases, and passes on the caller's abort with its reason. */
export function startDeadline(totalMs: number, url: string, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const expire = (code: FailureCode, timeoutMs: number) =>
    setTimeout(() => {
      controller.abort(new FetchFailedError(code, `${url}: ${code} after ${timeoutMs} ms`));
    }, timeoutMs);
  const whole = expire('fetch-timeout', totalMs);
  let current: NodeJS.Timeout | undefined;
  const onCallerAbort = () => {
    controller.abort(caller?.reason);
  };
  if (caller?.aborted === true) onCallerAbort();
  else caller?.addEventListener('abort', onCallerAbort, { once: true });
  return {
    signal: controller.signal,
    phase(timeoutMs, code) {
      clearTimeout(current);
      current = expire(code, timeoutMs);
    },
    end() {
      clearTimeout(whole);
      clearTimeout(current);
      caller?.removeEventListener('abort', onCallerAbort);
    },
  };
}
