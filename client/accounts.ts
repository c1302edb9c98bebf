import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  checkChannelWorkflowId,
  loginActionUpdate,
  refreshAccountWorkflowId,
  refreshProgressUpdate,
  telegramLoginWorkflowId,
  type ChannelCheck,
  type CheckChannelInput,
  type LoginAction,
  type RefreshAccountInput,
  type RefreshProgress,
  type TelegramLoginInput,
} from '../contracts/accounts.ts';
import { accountAttribute, kindAttribute, userAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { LoginStepName } from '../domain/accounts/account-state.ts';
import { DomainError } from '../domain/shared/errors.ts';
import type { checkChannel, refreshAccount, telegramLogin } from '../workflows/index.ts';

const attributes = (kind: string, userId: string) => [
  { key: kindAttribute, value: kind },
  { key: userAttribute, value: userId },
];

/** Begins the sign-in that lies in the row `loginId`; returns the step it led to, the rest is in the row. Safe to repeat. */
export async function startLogin(client: Client, input: TelegramLoginInput): Promise<LoginStepName> {
  const start = new WithStartWorkflowOperation<typeof telegramLogin>('telegramLogin', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: telegramLoginWorkflowId(input.loginId),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [input],
    typedSearchAttributes: attributes('telegram-login', input.userId),
  });
  return await client.workflow.executeUpdateWithStart(loginActionUpdate, {
    args: [{ kind: 'begin' }],
    startWorkflowOperation: start,
  });
}

/** Takes the next action of a sign-in; what was typed lies sealed in its row. @throws DomainError login-over */
export async function continueLogin(client: Client, loginId: string, action: LoginAction): Promise<LoginStepName> {
  const handle = client.workflow.getHandle(telegramLoginWorkflowId(loginId));
  try {
    return await handle.executeUpdate(loginActionUpdate, { args: [action] });
  } catch (err) {
    if (isOver(err)) throw new DomainError('login-over', 'this sign-in has ended', { cause: err });
    throw err;
  }
}

/** Refreshes an account, or joins the refresh that runs; yields its progress with each stage until it ends. */
export async function* followRefresh(client: Client, input: RefreshAccountInput): AsyncGenerator<RefreshProgress> {
  const handle = await client.workflow.start<typeof refreshAccount>('refreshAccount', {
    taskQueue: TASK_QUEUES.workflows,
    workflowId: refreshAccountWorkflowId(input.accountId),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [input],
    typedSearchAttributes: [
      ...attributes('refresh-account', input.userId),
      { key: accountAttribute, value: input.accountId },
    ],
  });
  for (let seen = 0; ;) {
    let progress: RefreshProgress;
    try {
      progress = await handle.executeUpdate(refreshProgressUpdate, { args: [{ seen }] });
    } catch (err) {
      if (!isOver(err)) throw err;
      progress = await handle.result();
    }
    yield progress;
    if (progress.error !== null || progress.stages.includes('done')) return;
    seen = progress.stages.length;
  }
}

/** What the user's accounts know of a channel. @throws DomainError channel-unknown, no-account */
export async function executeCheckChannel(client: Client, input: CheckChannelInput): Promise<ChannelCheck> {
  try {
    return await client.workflow.execute<typeof checkChannel>('checkChannel', {
      taskQueue: TASK_QUEUES.workflows,
      workflowId: checkChannelWorkflowId(input.userId, input.target),
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowExecutionTimeout: '2m',
      args: [input],
      typedSearchAttributes: attributes('check-channel', input.userId),
    });
  } catch (err) {
    const cause = err instanceof WorkflowFailedError ? err.cause : undefined;
    if (cause instanceof ApplicationFailure && cause.nonRetryable === true)
      throw new DomainError(cause.type ?? 'channel-unknown', cause.message, { cause: err });
    throw err;
  }
}

/** There is no such workflow any more, or it ended while it was asked. */
const isOver = (err: unknown): boolean =>
  err instanceof WorkflowNotFoundError ||
  err instanceof WorkflowExecutionAlreadyStartedError ||
  (err instanceof WorkflowUpdateFailedError && /completed before the Update/i.test(err.cause?.message ?? ''));
