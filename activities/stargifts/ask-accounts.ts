import type { AccountList } from '../../domain/stargifts/merged-list.ts';
import type { AccountPool } from '../ports/account-pool.ts';

export interface AskedAccounts {
  /** The lists of the other accounts. */
  readonly others: readonly AccountList[];
  /** Account id → Stars that it can spend, of all that answered. */
  readonly stars: ReadonlyMap<string, number>;
}

/** An account that takes longer is planned for by what is known of it. */
const ANSWER_MS = 1_500;

/** Asks all accounts of a user that this host holds at once what they see and have; never throws for one that does not answer. */
export async function askAccounts(pool: AccountPool, userId: string, seenBy: string | null): Promise<AskedAccounts> {
  const stars = new Map<string, number>();
  const others: AccountList[] = [];
  const asked = pool.held(userId).map(async (accountId) => {
    const balance = pool.use(accountId, async (account) => stars.set(accountId, await account.starBalance()));
    const list = pool.use(accountId, async (account) => {
      if (accountId === seenBy) return;
      const answer = await account.starGifts(0);
      if (answer !== null) others.push({ accountId, gifts: answer.gifts });
    });
    await Promise.allSettled([balance, list]);
  });
  await withinMs(Promise.all(asked), ANSWER_MS);
  return { others: [...others], stars: new Map(stars) };
}

async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  const timeout = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => timeout.resolve(undefined), ms);
  await Promise.race([work, timeout.promise]);
  clearTimeout(timer);
}
