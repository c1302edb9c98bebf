import type { SqlEntityManager } from '@mikro-orm/sql';
import { expect } from 'vitest';
import type { TelegramDcControl } from '../../sandbox/telegram-dc/control/client.ts';
import type { Buyers } from './gift-buyers.ts';

interface PaidRow {
  readonly accountId: string;
  readonly gift: string;
}

/** One charge as both sides name it. */
const charge = (giftId: string, target: string, stars: number) => `${giftId} → ${target} for ${stars}`;
const targetOf = (peer: string) => `-100${peer.replace(/^channel:(-100)?/, '')}`;

/**
 * Fails unless the datacentre's books and ours agree to the star: every charge is a row and every row a charge, nothing is
 * in doubt or left over, and no key was used by two processes. Returns how many gifts were bought in all.
 */
export async function expectAgreement(
  em: SqlEntityManager,
  control: TelegramDcControl,
  buyers: Buyers,
): Promise<number> {
  const { userId, accounts } = buyers;
  const open = await em.execute<object[]>(
    `select state, code, drop_id, seq from purchase where user_id = ? and state not in ('PAID', 'REJECTED')`,
    [userId],
  );
  expect(open).toEqual([]);
  const paid = await em.execute<(PaidRow & { readonly stars: number; readonly target: string })[]>(
    `select account_id as "accountId", gift_id::text as gift, price_stars::int as stars, target from purchase
     where user_id = ? and state = 'PAID'`,
    [userId],
  );
  for (const { accountId, telegramId, stars } of accounts) {
    const ledger = await control.ledger({ account: telegramId });
    const charged = ledger.purchases.map((one) => charge(one.giftId, targetOf(one.peer), one.stars));
    const own = paid.filter((row) => row.accountId === accountId);
    expect(own.map((row) => charge(row.gift, row.target, row.stars)).sort()).toEqual(charged.sort());
    const spent = own.reduce((sum, row) => sum + row.stars, 0);
    const [known] = await em.execute<{ stars: number }[]>(
      'select stars::int as stars from telegram_account where id = ?',
      [accountId],
    );
    expect([ledger.balance, known?.stars]).toEqual([stars - spent, stars - spent]);
  }
  const { duplicatedKeys, doubleCharges, unbalancedAccounts, brokenCalls } = await control.counters({});
  expect({ duplicatedKeys, doubleCharges, unbalancedAccounts, brokenCalls }).toEqual({
    ...{ duplicatedKeys: 0, doubleCharges: 0, unbalancedAccounts: 0, brokenCalls: [] },
  });
  return paid.length;
}
