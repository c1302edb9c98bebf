import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AccountLease } from '../../db/repositories/account-leases.ts';
import { listChannelRules } from '../../db/repositories/channel-rules.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { TelegramAccount } from '../ports/telegram-account.ts';

export interface Meeting {
  readonly em: () => SqlEntityManager;
  readonly lease: AccountLease;
  readonly account: TelegramAccount;
  /** Channels that this connection was introduced to; added to. */
  readonly met: Set<string>;
}

/**
 * Introduces an account to the channels of its user that are new to its connection, so that no purchase waits for that,
 * and a public channel can be bought into by who is no member. What cannot be addressed is for the purchase to say.
 */
export async function meetChannels({ em, lease, account, met }: Meeting): Promise<void> {
  for (const { channelId, username } of await listChannelRules(em(), lease.userId)) {
    const name = `${channelId} ${username ?? ''}`;
    if (met.has(name)) continue;
    met.add(name);
    try {
      await account.meet({ channelId, username });
    } catch (err) {
      if (!(err instanceof TelegramError)) throw err;
      if (err.consequence === 'account-unusable') throw err;
    }
  }
}
