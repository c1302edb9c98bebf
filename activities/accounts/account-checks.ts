import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ChannelCheck, RefreshStage } from '../../contracts/accounts.ts';
import { saveAccountFacts, type AccountFacts } from '../../db/repositories/account-states.ts';
import type { ChannelAccessRow } from '../../domain/accounts/account-state.ts';
import type { GiftTarget } from '../../domain/stargifts/star-gift.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { AccountPool } from '../ports/account-pool.ts';
import type { ChannelAccess, TelegramAccount } from '../ports/telegram-account.ts';

export interface AccountCheckDeps {
  readonly em: () => SqlEntityManager;
  readonly pool: AccountPool;
}

export interface RefreshStageInput {
  readonly accountId: string;
  readonly stage: Exclude<RefreshStage, 'done'>;
}

/** What one account says of a channel; `channel` null = it cannot tell. */
export interface ChannelFinding {
  readonly access: ChannelAccessRow;
  readonly channel: Omit<ChannelCheck, 'access'> | null;
}

/** Activities that need an account: they run on the queue of the host that holds it. */
export function createAccountCheckActivities({ em, pool }: AccountCheckDeps) {
  return {
    /**
     * One stage of a refresh: asks Telegram and keeps what it says. Safe to repeat.
     * @throws DomainError account-not-held @throws TelegramError
     */
    async refreshStage({ accountId, stage }: RefreshStageInput): Promise<void> {
      await pool.use(accountId, async (account, fence) => {
        const facts = await STAGES[stage](account);
        if (facts !== null) await saveAccountFacts(em(), { accountId, fence }, facts);
      });
    },

    /** What the account may do in a channel; Telegram's refusal is part of the answer. @throws DomainError account-not-held */
    async checkChannelWith(input: {
      readonly accountId: string;
      readonly target: GiftTarget;
    }): Promise<ChannelFinding> {
      const { accountId, target } = input;
      const checkedAt = new Date().toISOString();
      try {
        const found = await pool.use(accountId, async (account) => await account.channel(target));
        return toFinding(found, { accountId, checkedAt });
      } catch (err) {
        if (!(err instanceof TelegramError)) throw err;
        const access = { accountId, isReachable: false, takesGifts: false, error: err.code, checkedAt };
        return { access, channel: null };
      }
    },
  };
}
export type AccountCheckActivities = ReturnType<typeof createAccountCheckActivities>;

const STAGES: Readonly<Record<RefreshStageInput['stage'], (account: TelegramAccount) => Promise<AccountFacts | null>>> =
  {
    connect: () => Promise.resolve(null),
    async profile(account) {
      const { name, username, isPremium } = await account.profile();
      return { name, username, isPremium };
    },
    stars: async (account) => ({ stars: await account.starBalance() }),
    premium: async (account) => ({ premiumUntil: await account.premiumUntil() }),
    save: () => Promise.resolve({ isChecked: true }),
  };

const toFinding = (
  { channelId, title, username, isReachable, takesGifts }: ChannelAccess,
  { accountId, checkedAt }: Pick<ChannelAccessRow, 'accountId' | 'checkedAt'>,
): ChannelFinding => ({
  access: { accountId, isReachable, takesGifts, error: null, checkedAt },
  channel: { channelId, title, username },
});
