import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';

/** Each kind of promise has a workflow type of its own; its name begins the workflow's id. */
export type PromiseKind = 'reminder' | 'habit' | 'pomodoro' | 'digest' | 'goal' | 'group-event' | 'occasion';

/** One workflow for each promise; `id` is its row's (of a digest or a Pomodoro: the user's). */
export const promiseWorkflowId = (kind: PromiseKind, id: string): string => `${kind}:${id}`;

/** `idle` waits for a change alone (paused); `over` ends the workflow: a later change starts it anew. */
export type Next =
  { readonly state: 'waits'; readonly atMs: number } | { readonly state: 'idle' } | { readonly state: 'over' };

/** What an activity computed and a workflow goes by: time zone rules may change, a recorded answer does not. */
export interface Planned {
  readonly next: Next;
  /** Of the row that it was computed from; grows with each change, so that an older answer never replaces a newer one. */
  readonly version: number;
}

/** Input of every promise's workflow. `create` is the definition of one whose row is not there yet. */
export interface PromiseInput<C = never> {
  readonly id: string;
  readonly create?: C;
  readonly planned?: Planned;
  /** What is due is done by a local activity. Absent in runs begun before decision 0047: they end as they began. */
  readonly local?: true;
}

/** What an activity is told; `nowMs` is the workflow's time. */
export interface MomentInput<C = never> {
  readonly id: string;
  readonly nowMs: number;
  readonly create?: C;
}

export interface ChangeInput<C> {
  readonly id: string;
  readonly nowMs: number;
  readonly change: C;
}

/** What came of a change, and how it goes on. */
export interface Changed<R> {
  readonly outcome: R;
  readonly planned: Planned;
}

/** Something that the plan depends on has changed, e.g. the user's zone. */
export const planAgainSignal = defineSignal('planAgain');
/** What the promise waits for; null = not planned yet. */
export const plannedQuery = defineQuery<Planned | null>('planned');
/** Answers once the promise is stored and planned. */
export const openedUpdate = defineUpdate<Planned>('opened');
