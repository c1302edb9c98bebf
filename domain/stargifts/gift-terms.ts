import type { BuyingAccount, GiftTerms } from './plan-types.ts';
import type { StarGift } from './star-gift.ts';

/**
 * What holds for one account: its own list's word, or, where that is not known, what the gift's row says of anybody.
 * The row's own count of what is left belongs to another account: it is used only when nothing else is said.
 */
export function termsOf({ terms }: BuyingAccount, row: StarGift): GiftTerms {
  const own = terms?.get(row.id);
  if (own !== undefined) return own;
  return { perUserRemaining: row.perUserTotal ?? row.perUserRemaining, lockedUntil: row.lockedUntil };
}
