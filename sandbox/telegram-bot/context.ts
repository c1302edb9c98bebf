import type { Sandbox } from './sandbox.ts';

/** What a method works with. */
export interface BotApiContext {
  /** Id of the bot that asks. */
  readonly bot: string;
  readonly sandbox: Sandbox;
  /** The request breaks a rule of the API: a test that sees one fails. */
  readonly violate: (problem: string) => void;
}
