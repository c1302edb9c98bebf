import {
  WithStartWorkflowOperation,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition, type Workflow } from '@temporalio/common';
import {
  openedUpdate,
  planAgainSignal,
  promiseWorkflowId,
  type Planned,
  type PromiseInput,
  type PromiseKind,
} from '../contracts/agenda.ts';
import { kindAttribute, userAttribute } from '../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { DomainError } from '../domain/shared/errors.ts';

/** Names one promise: the workflow type that keeps it, and whose it is. */
export interface PromiseRef {
  readonly kind: PromiseKind;
  /** Exported name of the workflow. */
  readonly workflowType: string;
  readonly id: string;
  readonly userId: string;
}

const startOptions = ({ kind, id, userId }: PromiseRef) => ({
  taskQueue: TASK_QUEUES.workflows,
  workflowId: promiseWorkflowId(kind, id),
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  workflowIdConflictPolicy: 'USE_EXISTING' as const,
  typedSearchAttributes: [
    { key: kindAttribute, value: kind },
    { key: userAttribute, value: userId },
  ],
});

const beginning = (ref: PromiseRef, create?: unknown) => {
  // Of the others none does so yet: marked as if it did, its run could not be told from a later one that does.
  const local = ref.kind === 'reminder' && { local: true as const };
  const input: PromiseInput<unknown> = { id: ref.id, ...local, ...(create !== undefined && { create }) };
  return new WithStartWorkflowOperation(ref.workflowType, { ...startOptions(ref), args: [input] });
};

/**
 * Keeps a promise from now on, and answers once it is stored and planned; safe to repeat under the same id.
 * @throws DomainError as the activity that stores it says
 */
export async function openPromise(client: Client, ref: PromiseRef, create?: unknown): Promise<Planned> {
  const startWorkflowOperation = beginning(ref, create);
  try {
    return await client.workflow.executeUpdateWithStart(openedUpdate, { startWorkflowOperation });
  } catch (err) {
    throw (await refusalOfRun(startWorkflowOperation, err)) ?? err;
  }
}

/** A definition that was refused ends the workflow: its own failure says why, that of the update does not. */
async function refusalOfRun(started: WithStartWorkflowOperation<Workflow>, err: unknown): Promise<DomainError | null> {
  if (!(err instanceof WorkflowUpdateFailedError)) return null;
  const run = await started.workflowHandle();
  return await run.result().then(
    () => null,
    (failure: unknown) => refusalIn(failure),
  );
}

export interface PromiseChange<R, C> {
  readonly update: UpdateDefinition<R, [C]>;
  readonly change: C;
  /** The same change under the same id is made once. */
  readonly requestId: string;
}

/**
 * Changes a promise and answers what came of it; one that is over is taken up again.
 * @throws DomainError as the activity or the validator says
 */
export async function changePromise<R, C>(
  client: Client,
  ref: PromiseRef,
  { update, change, requestId }: PromiseChange<R, C>,
): Promise<R> {
  try {
    return await client.workflow.executeUpdateWithStart(update, {
      startWorkflowOperation: beginning(ref),
      args: [change],
      updateId: requestId,
    });
  } catch (err) {
    throw refusalIn(err) ?? err;
  }
}

/** What an activity or a validator refused for good, as our error again. */
function refusalIn(err: unknown): DomainError | null {
  if (!(err instanceof WorkflowUpdateFailedError || err instanceof WorkflowFailedError)) return null;
  for (let cause: unknown = err.cause; cause instanceof Error; cause = cause.cause) {
    const { type, message } = cause instanceof ApplicationFailure ? cause : { type: null, message: '' };
    if (typeof type === 'string' && /^[a-z][a-z0-9-]*$/.test(type))
      return new DomainError(type, message, { cause: err });
  }
  return null;
}

/** Has promises planned anew; those that are not kept now have nothing to be told. */
export async function planAgain(client: Client, workflowIds: readonly string[]): Promise<void> {
  for (const workflowId of workflowIds) {
    try {
      await client.workflow.getHandle(workflowId).signal(planAgainSignal);
    } catch (err) {
      if (!(err instanceof WorkflowNotFoundError)) throw err;
    }
  }
}
