import { defineSignal } from '@temporalio/workflow';

export interface AdviceInput {
  readonly goalId: string;
  /** Whose goal it has to be. */
  readonly userId: string;
}

/** One advice on a goal at a time: who asks meanwhile gets the same. */
export const adviceWorkflowId = (goalId: string): string => `advice:${goalId}`;

/** The advice is to be told in the person's chat; the id names the request, which is told once. */
export const tellAdviceSignal = defineSignal<[requestId: string]>('tellAdvice');
