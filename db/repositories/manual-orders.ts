import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ManualOrder } from '../../contracts/stargifts.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';
import { insertDrop, readDrop } from './drops.ts';
import { readLedger } from './gift-ledger.ts';
import { listTelegramAccounts, type TelegramAccountRow } from './telegram-accounts.ts';

export interface CheckedOrder {
  readonly gift: StarGift;
  readonly account: TelegramAccountRow;
}

/**
 * What a person wants bought, checked against what is known: a request that cannot succeed is refused before anything starts.
 * @throws DomainError gift-not-found, account-not-found, account-unusable, gift-sold-out, auction-only, premium-required,
 *   gift-locked, price-changed, not-enough-stars
 */
export async function checkOrder(em: SqlEntityManager, userId: string, order: ManualOrder): Promise<CheckedOrder> {
  const known = (await readLedger(em, userId)).get(order.giftId);
  if (known === undefined) throw new DomainError('gift-not-found', `there is no gift ${order.giftId}`);
  const account = (await listTelegramAccounts(em, userId)).find(({ id }) => id === order.accountId);
  if (account === undefined) throw new DomainError('account-not-found', `there is no account ${order.accountId}`);
  const { gift, locks } = known;
  assertSellable(gift, order);
  assertAble(account, gift);
  const until = locks[account.id] ?? 0;
  if (until > Date.now()) {
    throw new DomainError('gift-locked', `this account may send the gift from ${new Date(until).toISOString()} on`);
  }
  return { gift, account };
}

function assertSellable(gift: StarGift, { maxStars }: ManualOrder): void {
  if (gift.isAuction) throw new DomainError('auction-only', 'this gift is sold by auction only');
  if (gift.isSoldOut || gift.remaining === 0) throw new DomainError('gift-sold-out', 'this gift is sold out');
  if (gift.priceStars > maxStars) {
    throw new DomainError('price-changed', `this gift costs ${gift.priceStars} stars, not ${maxStars}`);
  }
}

function assertAble({ isSignedIn, state, isPremium, stars }: TelegramAccountRow, gift: StarGift): void {
  if (!isSignedIn || state === 'revoked' || state === 'frozen' || state === 'banned') {
    throw new DomainError('account-unusable', `this account cannot buy: ${state}`);
  }
  if (gift.requiresPremium && !isPremium) {
    throw new DomainError('premium-required', 'only accounts with Telegram Premium may send this gift');
  }
  if (stars !== null && stars < gift.priceStars) {
    throw new DomainError('not-enough-stars', `this account has ${stars} stars, the gift costs ${gift.priceStars}`);
  }
}

/** Makes the drop of one purchase by hand, once for each id; see `checkOrder`. @throws DomainError */
export async function addManualDrop(
  em: SqlEntityManager,
  { userId, dropId, order }: { readonly userId: string; readonly dropId: string; readonly order: ManualOrder },
): Promise<void> {
  if ((await readDrop(em, userId, dropId)) !== null) return;
  const { gift, account } = await checkOrder(em, userId, order);
  const { accountId, giftId, target } = order;
  const accounts = [{ accountId, balanceStars: account.stars ?? 0, terms: null }];
  const plan = { gifts: [gift], accounts, targets: [target], skips: [], deferred: [] };
  const { priceStars, total } = gift;
  const operations = [{ accountId, giftId, target, priceStars, supply: total ?? 0 }];
  await em.transactional(async (tx) => {
    await insertDrop(tx, { id: dropId, userId, kind: 'manual', seed: randomUUID(), plan, operations });
  });
}
