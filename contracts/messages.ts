import { defineSignal } from '@temporalio/workflow';
import type { MessengerName } from '../domain/shared/messenger-name.ts';

/** Input of `sendOutbox`: the user whose own bot sends, or the messenger in which the program's does. */
export type SendOutboxInput = { readonly userId: string } | { readonly sender: MessengerName };

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

/** One sender for each user's own bot and each of the program's. */
export const outboxWorkflowId = (userIdOrSender: string): string => `outbox:${userIdOrSender}`;
