import type { Client } from '@temporalio/client';
import { continueLogin, executeCheckChannel, followRefresh, startLogin } from '../client/accounts.ts';
import { executeCheckBot } from '../client/bots.ts';
import type { RefreshProgress } from '../contracts/accounts.ts';
import type { AccountsDoor } from './deps.ts';

/** Shorter than the lease of an Idempotency-Key. */
const ANSWER_MS = 15_000;
const STAGE_MS = 60_000;

/** Calls with a time limit each; see `createTemporalDoor`. */
export type Within = <T>(ms: number, call: () => Promise<T>) => Promise<T>;

/** What the API asks of Telegram, through workflows. */
export const createAccountsDoor = (client: Client, within: Within): AccountsDoor => ({
  startLogin: async (input) => await within(ANSWER_MS, () => startLogin(client, input)),
  continueLogin: async ({ loginId }, action) => await within(ANSWER_MS, () => continueLogin(client, loginId, action)),
  checkChannel: async (input) => await within(ANSWER_MS, () => executeCheckChannel(client, input)),
  checkBot: async (input) => await within(ANSWER_MS, () => executeCheckBot(client, input)),
  async *refreshAccount(input) {
    const stages = followRefresh(client, input)[Symbol.asyncIterator]();
    for (;;) {
      const next: IteratorResult<RefreshProgress> = await within(STAGE_MS, async () => await stages.next());
      if (next.done === true) return;
      yield next.value;
    }
  },
});
