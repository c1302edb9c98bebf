import { defineSignal } from '@temporalio/workflow';
import type { MessengerName } from '../domain/shared/messenger-name.ts';

/** Input of `talk`: one chat with one of the program's own bots; ids are decimal. */
export interface TalkInput {
  readonly messenger: MessengerName;
  readonly chatId: string;
}

/** Activities of the queue `dialog`. */
export interface DialogActivities {
  /**
   * Handles what a person did in a chat, in order, until nothing is left; safe to repeat and to kill. What keeps failing is
   * given up after some attempts, with a word to the person; before, a failure rejects.
   */
  handleUpdates(input: TalkInput): Promise<{ readonly handled: number }>;
}

/** Something is in the chat's inbox. */
export const wakeTalkSignal = defineSignal('wake');

/** One workflow for each chat: what is done in it is handled one after the other. */
export const talkWorkflowId = ({ messenger, chatId }: TalkInput): string => `chat:${messenger}:${chatId}`;

/** Input of `pollMessenger`. */
export interface PollInput {
  readonly messenger: MessengerName;
}

/** What one long turn of reading a messenger's updates came to. */
export interface PollReport {
  /** Updates handed over. */
  readonly updates: number;
  /** Why it is over, e.g. `no-bot-token`; null = it goes on. */
  readonly stuck: string | null;
}

/** One reader for each messenger. */
export const ingressWorkflowId = (messenger: MessengerName): string => `ingress:${messenger}`;
