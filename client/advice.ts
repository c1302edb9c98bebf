import type { Client } from '@temporalio/client';
import { adviceWorkflowId, tellAdviceSignal, type AdviceInput } from '../contracts/advice.ts';
import { kindAttribute, userAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { Advice } from '../domain/agenda/goals/advice.ts';
import type { adviseOnGoal } from '../workflows/index.ts';

const startOptions = (input: AdviceInput) => ({
  taskQueue: TASK_QUEUES.workflows,
  workflowId: adviceWorkflowId(input.goalId),
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  typedSearchAttributes: [
    { key: kindAttribute, value: 'advice' },
    { key: userAttribute, value: input.userId },
  ],
});

/** Advice on a user's goal, which takes seconds where a model gives it; two who ask at once get the same. @throws WorkflowFailedError goal-not-found */
export async function giveAdvice(client: Client, input: AdviceInput): Promise<Advice> {
  return await client.workflow.execute<typeof adviseOnGoal>('adviseOnGoal', {
    ...startOptions(input),
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

/** Has advice told in the user's chat when it is there; under the same `requestId` it is told once. */
export async function requestAdvice(client: Client, input: AdviceInput, requestId: string): Promise<void> {
  await client.workflow.signalWithStart<typeof adviseOnGoal, [string]>('adviseOnGoal', {
    ...startOptions(input),
    args: [input],
    signal: tellAdviceSignal,
    signalArgs: [requestId],
  });
}
