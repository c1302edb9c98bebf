import { ApplicationFailure, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { AccountCheckActivities, ChannelFinding } from '../activities/accounts/account-checks.ts';
import type { AccountAddress, AccountLookupActivities } from '../activities/accounts/account-lookups.ts';
import type { ChannelCheck, CheckChannelInput } from '../contracts/accounts.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { findAccounts, keepChannelAccess } = proxyActivities<AccountLookupActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '10s',
});

/** Asks each of the user's accounts what it may do in a channel, all at once, and keeps it with the user's rule. */
export async function checkChannel({ userId, target }: CheckChannelInput): Promise<ChannelCheck> {
  const accounts = await findAccounts({ userId });
  const reachable = accounts.filter(({ queue }) => queue !== null);
  if (reachable.length === 0) throw ApplicationFailure.nonRetryable('no account can be asked', 'no-account');
  const findings = await Promise.all(reachable.map(async (account) => await ask(account, target)));
  const said = findings.filter((finding) => finding !== null);
  const channel = said.find((finding) => finding.channel !== null)?.channel;
  if (channel === null || channel === undefined) {
    const code = said[0]?.access.error ?? 'no answer';
    throw ApplicationFailure.nonRetryable(`no account can address the channel: ${code}`, 'channel-unknown');
  }
  const check = { ...channel, access: said.map(({ access }) => access) };
  await keepChannelAccess({ userId, check });
  return check;
}

/** null = its host did not answer. */
async function ask({ accountId, queue }: AccountAddress, target: string): Promise<ChannelFinding | null> {
  const { checkChannelWith } = proxyActivities<AccountCheckActivities>({
    taskQueue: queue ?? TASK_QUEUES.telegramAccount,
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '45s',
    retry: { maximumAttempts: 2 },
  });
  try {
    return await checkChannelWith({ accountId, target });
  } catch (err) {
    if (isCancellation(err)) throw err;
    return null;
  }
}
