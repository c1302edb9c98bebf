import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { checkBotWorkflowId, type BotCheck, type CheckBotInput } from '../contracts/accounts.ts';
import { kindAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { DomainError } from '../domain/shared/errors.ts';
import type { checkBot } from '../workflows/index.ts';

/** Has the new token of the user's bot checked and taken over. @throws DomainError bot-check-running */
export async function executeCheckBot(client: Client, input: CheckBotInput): Promise<BotCheck> {
  try {
    return await client.workflow.execute<typeof checkBot>('checkBot', {
      taskQueue: TASK_QUEUES.workflows,
      workflowId: checkBotWorkflowId(input.userId),
      workflowExecutionTimeout: '1m',
      args: [input],
      typedSearchAttributes: [{ key: kindAttribute, value: 'check-bot' }],
    });
  } catch (err) {
    if (err instanceof WorkflowExecutionAlreadyStartedError)
      throw new DomainError('bot-check-running', 'another token of this user is being checked', { cause: err });
    throw err;
  }
}
