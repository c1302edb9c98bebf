import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './faults.ts';

/** `drop` = no answer: the connection ends. */
export type Result<R> = { readonly ok: unknown } | R | 'drop';

export const pause = async (ms: number): Promise<void> => {
  if (ms > 0) await delay(ms, undefined, { ref: false });
};

/** Faults that are an answer, in the words of the messenger. */
export type RefusingFault = Exclude<Fault, { readonly kind: 'drop-before' | 'drop-after' | 'late' }>;

export interface Faulty<R> {
  readonly fault: Fault | null;
  readonly refuse: (fault: RefusingFault) => R;
}

/** Handles a request as the fault wants it; what the request itself is refused with is thrown. */
export async function faulty<R>(
  { fault, refuse }: Faulty<R>,
  run: () => Promise<{ readonly ok: unknown }>,
): Promise<Result<R>> {
  if (fault === null) return await run();
  if (fault.kind === 'drop-before') return 'drop';
  if (fault.kind !== 'drop-after' && fault.kind !== 'late') {
    if (fault.kind === 'status' && fault.handled) await run();
    return refuse(fault);
  }
  const result = await run();
  if (fault.kind === 'drop-after') return 'drop';
  await pause(fault.ms);
  return result;
}
