import type { ChatStore } from './state.ts';
import type { UpdateQueue } from './updates.ts';

/** What a method works with. */
export interface BotApiContext {
  /** Id of the bot that asks. */
  readonly bot: string;
  readonly store: ChatStore;
  readonly updates: UpdateQueue;
  /** The request breaks a rule of the API: a test that sees one fails. */
  readonly violate: (problem: string) => void;
}
