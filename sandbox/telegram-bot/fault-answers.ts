import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { Refusal, tooMany } from './refusal.ts';

/** `drop` = no answer: the connection ends. */
export type Result = { readonly ok: unknown } | Refusal | 'drop';

export const pause = async (ms: number): Promise<void> => {
  if (ms > 0) await delay(ms, undefined, { ref: false });
};

type Run = () => Promise<{ readonly ok: unknown }>;

/** Handles a request as the fault wants it. @throws Refusal when the request itself is refused */
export async function faulty(fault: Fault | null, run: Run): Promise<Result> {
  return fault === null ? await run() : await broken(fault, run);
}

async function broken(fault: Fault, run: Run): Promise<Result> {
  switch (fault.kind) {
    case 'drop-before':
      return 'drop';
    case 'drop-after':
      await run();
      return 'drop';
    case 'late': {
      const result = await run();
      await pause(fault.ms);
      return result;
    }
    case 'status':
      if (fault.handled) await run();
      return new Refusal(fault.status, 'Internal Server Error');
    case 'rate-limited':
    case 'blocked':
    case 'chat-not-found':
    case 'refused':
      return refusal(fault);
  }
}

function refusal(fault: Extract<Fault, { kind: 'rate-limited' | 'blocked' | 'chat-not-found' | 'refused' }>): Refusal {
  switch (fault.kind) {
    case 'rate-limited':
      return tooMany(fault.retryAfterSeconds);
    case 'blocked':
      return new Refusal(403, 'Forbidden: bot was blocked by the user');
    case 'chat-not-found':
      return new Refusal(400, 'Bad Request: chat not found');
    case 'refused':
      return new Refusal(400, fault.description);
  }
}
