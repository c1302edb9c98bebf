import { createHash } from 'node:crypto';

/** UUID of what an update creates: the same when the update is handled again. `what` tells several things apart. */
export function derivedId(updateId: string, what: string): string {
  const hex = createHash('sha256').update(`${updateId}\n${what}`).digest('hex');
  // Version 8, variant 1: made by a rule of our own.
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
