import { setTimeout as delay } from 'node:timers/promises';

const WAIT_MS = 90_000;

/** Asks again and again until it holds; what cannot be asked yet does not. @throws Error naming what did not come */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + WAIT_MS;
  let cause: unknown;
  const asked = async () =>
    await holds().catch((err: unknown) => {
      cause = err;
      return false;
    });
  while (!(await asked())) {
    if (performance.now() > endsAt) throw new Error(`not within ${WAIT_MS / 1000} s: ${what}`, { cause });
    await delay(50);
  }
}
