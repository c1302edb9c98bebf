import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ChannelCheck } from '../../contracts/accounts.ts';
import { accountQueue } from '../../contracts/task-queues.ts';
import { accountOwners } from '../../db/repositories/account-leases.ts';
import { noteChannelAccess } from '../../db/repositories/channel-rules.ts';

/** Where an account can be reached; null = no host holds it now. */
export interface AccountAddress {
  readonly accountId: string;
  readonly queue: string | null;
}

/** Short database work about a user's accounts. */
export function createAccountLookupActivities({ em }: { readonly em: () => SqlEntityManager }) {
  return {
    /** The user's accounts that can be used, oldest first. Read only. */
    async findAccounts({ userId }: { readonly userId: string }): Promise<readonly AccountAddress[]> {
      const owners = await accountOwners(em(), userId);
      return owners.map(({ accountId, host }) => ({ accountId, queue: host === null ? null : accountQueue(host) }));
    },

    /** Keeps what was found of a channel that the user has a rule for. Safe to repeat. */
    async keepChannelAccess({
      userId,
      check,
    }: {
      readonly userId: string;
      readonly check: ChannelCheck;
    }): Promise<void> {
      await noteChannelAccess(em(), userId, check);
    },
  };
}
export type AccountLookupActivities = ReturnType<typeof createAccountLookupActivities>;
