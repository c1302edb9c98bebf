import type { Datacentre } from '../datacentre.ts';
import type { User } from '../state/records.ts';

/** Balance, purchases and transactions of one account, oldest first. */
export function ledgerOf(dc: Datacentre, user: User) {
  const transactions = dc.transactionsOf(user.id);
  const purchases = transactions.flatMap(({ giftId, peer, formId, stars, at }) =>
    giftId === null || peer === null || formId === null ? [] : [{ giftId, peer, stars: -stars, formId, at }],
  );
  return { userId: user.id, phone: user.phone, balance: user.balance, purchases, transactions };
}

/** What must not have happened, and how much did. */
export function countersOf(dc: Datacentre) {
  const charged = dc.store.transactions.all().flatMap(({ formId }) => (formId === null ? [] : [formId]));
  const forms = dc.store.forms.all();
  const isUnbalanced = (user: User) =>
    dc.transactionsOf(user.id).reduce((sum, { stars }) => sum + stars, 0) !== user.balance;
  return {
    duplicatedKeys: dc.store.count('duplicatedKeys'),
    formsIssued: forms.length,
    formsPaid: forms.filter(({ isPaid }) => isPaid).length,
    doubleCharges: charged.length - new Set(charged).size,
    unbalancedAccounts: dc.store.users.all().filter(isUnbalanced).length,
  };
}
