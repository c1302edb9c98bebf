import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { AccountCheckActivities } from '../activities/accounts/account-checks.ts';
import type { AccountLookupActivities } from '../activities/accounts/account-lookups.ts';
import {
  refreshProgressUpdate,
  type RefreshAccountInput,
  type RefreshProgress,
  type RefreshStage,
} from '../contracts/accounts.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { findAccounts } = proxyActivities<AccountLookupActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '10s',
});

const STAGES = ['connect', 'profile', 'stars', 'premium', 'save'] as const;
/** An account is without a host for seconds only, after a login or when a host died. */
const LOOKS = 10;

/** Asks Telegram for everything about an account; whoever waits for its progress sees each stage as it begins. */
export async function refreshAccount(input: RefreshAccountInput): Promise<RefreshProgress> {
  const stages: RefreshStage[] = [];
  let error: string | null = null;
  let ended = false;
  setHandler(refreshProgressUpdate, async ({ seen }) => {
    await condition(() => stages.length > seen || ended);
    return { stages: [...stages], error };
  });
  try {
    const { refreshStage } = proxyActivities<AccountCheckActivities>({
      taskQueue: await queueOf(input),
      startToCloseTimeout: '30s',
      scheduleToCloseTimeout: '1m',
      retry: { maximumAttempts: 3 },
    });
    for (const stage of STAGES) {
      stages.push(stage);
      await refreshStage({ accountId: input.accountId, stage });
    }
    stages.push('done');
  } catch (err) {
    if (isCancellation(err)) throw err;
    error = codeOf(err);
  }
  ended = true;
  await condition(allHandlersFinished);
  return { stages, error };
}

async function queueOf({ userId, accountId }: RefreshAccountInput): Promise<string> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await sleep('2s');
    const account = (await findAccounts({ userId })).find((found) => found.accountId === accountId);
    if (account === undefined) break; // revoked, or somebody else's
    if (account.queue !== null) return account.queue;
  }
  throw ApplicationFailure.nonRetryable('no host holds the account', 'account-not-held');
}

/** The type of the failure underneath: a code of Telegram or of ours. */
function codeOf(err: unknown): string {
  const cause = err instanceof ActivityFailure ? err.cause : err;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'failed') : 'account-not-held';
}
