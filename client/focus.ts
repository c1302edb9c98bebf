import type { Client } from '@temporalio/client';
import { changeFocusUpdate, type FocusChange, type FocusOutcome, type NewFocusSession } from '../contracts/focus.ts';
import { DomainError } from '../domain/shared/errors.ts';
import { changePromise, openPromise, type PromiseRef } from './agenda.ts';

const refOf = (userId: string, id: string): PromiseRef => ({
  ...{ kind: 'pomodoro', workflowType: 'runPomodoro', id, userId },
});

/** Starts a session under an id of the caller's; the same id again starts nothing. @throws DomainError focus-running */
export async function startFocus(client: Client, id: string, session: NewFocusSession): Promise<void> {
  const { version, next } = await openPromise(client, refOf(session.userId, id), session);
  if (next.state === 'over' && version === 0)
    throw new DomainError('focus-running', 'another focus session runs; finish that one first');
}

export interface FocusCall {
  readonly userId: string;
  readonly sessionId: string;
  readonly change: FocusChange;
  /** The same change under the same id is made once. */
  readonly requestId: string;
}

/** Pauses, resumes, skips, ends, or works on another task. @throws DomainError focus-not-found, focus-over, task-not-found */
export async function changeFocus(client: Client, call: FocusCall): Promise<FocusOutcome> {
  const { userId, sessionId, change, requestId } = call;
  const order = { userId, change };
  return await changePromise(client, refOf(userId, sessionId), { update: changeFocusUpdate, change: order, requestId });
}
