import type { SqlEntityManager } from '@mikro-orm/sql';
import type { TelegramDcControl } from '../../sandbox/telegram-dc/control/client.ts';
import type { Buyer, Buyers } from './gift-buyers.ts';

interface PaidRow {
  readonly accountId: string;
  readonly gift: string;
  readonly stars: number;
  readonly target: string;
}

/** How the datacentre's books and ours compare. */
export interface Comparison {
  /** Gifts that were bought in all. */
  readonly bought: number;
  readonly stars: number;
  /** What does not agree, in words; empty = they agree to the star. */
  readonly problems: readonly string[];
}

const charge = (giftId: string, target: string, stars: number) => `${giftId} → ${target} for ${stars}`;
const targetOf = (peer: string) => `-100${peer.replace(/^channel:(-100)?/, '')}`;

/**
 * Compares to the star: every charge is a row and every row a charge, each account has what is left of its stars and we
 * know that, nothing is in doubt or left over, and no key was used by two processes.
 */
export async function compareLedgers(
  em: SqlEntityManager,
  control: TelegramDcControl,
  { userId, accounts }: Buyers,
): Promise<Comparison> {
  const open = await em.execute<{ state: string; seq: number }[]>(
    `select state, seq from purchase where user_id = ? and state not in ('PAID', 'REJECTED')`,
    [userId],
  );
  const paid = await em.execute<PaidRow[]>(
    `select account_id as "accountId", gift_id::text as gift, price_stars::int as stars, target from purchase
     where user_id = ? and state = 'PAID'`,
    [userId],
  );
  const problems = open.map(({ state, seq }) => `purchase ${seq} is ${state}`);
  for (const account of accounts) {
    const own = paid.filter(({ accountId }) => accountId === account.accountId);
    problems.push(...(await compareAccount(em, control, { account, own })));
  }
  const counters = await control.counters({});
  for (const name of ['duplicatedKeys', 'doubleCharges', 'unbalancedAccounts'] as const)
    if (counters[name] > 0) problems.push(`${name}: ${counters[name]}`);
  problems.push(...counters.brokenCalls);
  return { bought: paid.length, stars: paid.reduce((sum, { stars }) => sum + stars, 0), problems };
}

async function compareAccount(
  em: SqlEntityManager,
  control: TelegramDcControl,
  { account, own }: { readonly account: Buyer; readonly own: readonly PaidRow[] },
): Promise<string[]> {
  const { purchases, balance } = await control.ledger({ account: account.telegramId });
  const theirs = purchases.map(({ giftId, peer, stars }) => charge(giftId, targetOf(peer), stars)).sort();
  const ours = own.map(({ gift, target, stars }) => charge(gift, target, stars)).sort();
  const left = account.stars - own.reduce((sum, { stars }) => sum + stars, 0);
  const [known] = await em.execute<{ stars: number }[]>(
    'select stars::int as stars from telegram_account where id = ?',
    [account.accountId],
  );
  const name = `account ${account.telegramId}`;
  return [
    ...(theirs.join() === ours.join() ? [] : [`${name}: charged ${theirs.join()}; recorded ${ours.join()}`]),
    ...(balance === left ? [] : [`${name}: has ${balance}, should have ${left}`]),
    ...(known?.stars === balance ? [] : [`${name}: has ${balance}, known as ${known?.stars ?? 'nothing'}`]),
  ];
}
