import { defineQuery } from '@temporalio/workflow';

export type ReplayState = 'running' | 'completed' | 'cancelled' | 'failed';

/** Input of `replaySource`; all else is in Postgres. */
export interface ReplayInput {
  readonly sourceId: string;
  readonly replayId: string;
}

export interface ReplayProgress {
  readonly replayId: string;
  readonly state: ReplayState;
  /** Kept pages read so far. */
  readonly pages: number;
  /** Products read, and of them new, changed and doubted ones. */
  readonly products: number;
  readonly created: number;
  readonly changed: number;
  readonly held: number;
  readonly error: string | null;
}

export const replayProgressQuery = defineQuery<ReplayProgress>('progress');

/** One replay at a time per source: the id is the source's. */
export const replayWorkflowId = (sourceId: string): string => `replay:${sourceId}`;
