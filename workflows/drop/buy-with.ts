import { ActivityFailure, condition, isCancellation, proxyActivities, sleep } from '@temporalio/workflow';
import type { BuyingActivities } from '../../activities/stargifts/buying.ts';
import type { PlanningActivities } from '../../activities/stargifts/planning.ts';
import type { BuyInput, BuyResult } from '../../contracts/stargifts.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';

const { findAccount, abandonAccount } = proxyActivities<PlanningActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '10s' },
});

/** An account that no host has for so long is left out; what it may have sent stays in doubt and is looked up later. */
const UNREACHABLE_MS = 45_000;
const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 5_000;

interface Buyer {
  readonly input: BuyInput;
  /** Where the account was last; null = not known. */
  readonly queue: string | null;
  readonly isStopped: () => boolean;
}

/** Has one account buy its part of a drop, on whichever host holds it, until nothing is left. False = nobody could reach it. */
export async function buyWith({ input, queue: first, isStopped }: Buyer): Promise<boolean> {
  let queue = first;
  let pauseMs = FIRST_PAUSE_MS;
  let lostMs = 0;
  for (;;) {
    const wasStopped = isStopped();
    const result = queue === null ? null : await attempt(queue, input);
    if (result?.waitMs === null) return true;
    if (result !== null) {
      [pauseMs, lostMs] = [FIRST_PAUSE_MS, 0];
      if (wasStopped) await sleep(result.waitMs);
      else await condition(isStopped, result.waitMs); // a stop gives up what waits
      continue;
    }
    await sleep(pauseMs);
    const place = await findAccount(input);
    lostMs = place.queue === null ? lostMs + pauseMs : 0;
    pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS);
    ({ queue } = place);
    if (place.isUsable && lostMs < UNREACHABLE_MS) continue;
    await abandonAccount(input);
    return false;
  }
}

/** Null = it did not end, and the rows say how far it came: the host died, or has the account no more. */
async function attempt(taskQueue: string, input: BuyInput): Promise<BuyResult | null> {
  const { buyForAccount } = proxyActivities<BuyingActivities>({
    taskQueue,
    startToCloseTimeout: '1h',
    scheduleToStartTimeout: '5s', // a host that died leaves its queue behind
    heartbeatTimeout: '10s',
    retry: { maximumAttempts: 1 }, // the next one goes to whoever holds the account then
  });
  try {
    return await buyForAccount(input);
  } catch (err) {
    if (isCancellation(err) || !(err instanceof ActivityFailure)) throw err;
    return null;
  }
}
