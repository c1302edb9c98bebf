import { defineSignal } from '@temporalio/workflow';

/** Input of `sendOutbox`. */
export interface SendOutboxInput {
  readonly userId: string;
}

/** What one go over a user's outbox did. */
export interface DrainReport {
  readonly sent: number;
  /** ms until there is something to do again, 0 = go on at once; null = nothing, before somebody writes or changes something. */
  readonly nextInMs: number | null;
  /** Why messages are left although nothing is to be waited for, e.g. `no-bot-token`; null = none are. */
  readonly stuck: string | null;
}

/** Messages were written, or the bot's token has changed. */
export const wakeOutboxSignal = defineSignal('wake');

/** One sender for each user. */
export const outboxWorkflowId = (userId: string): string => `outbox:${userId}`;
