import type { ValidGift } from './gift-row.ts';
import { termsOf } from './gift-terms.ts';
import type { BuyingAccount, Closed } from './plan-types.ts';
import { STAR_LIMITS, type Purse } from './purse.ts';
import type { GiftTarget } from './star-gift.ts';

/** What can keep one account from buying a gift, from the farthest from buying to the nearest. */
const REFUSALS = [
  'refused_before',
  'target_refused',
  'premium_required',
  'per_user_cap_reached',
  ...STAR_LIMITS,
] as const;
export type Refusal = (typeof REFUSALS)[number];
const NEARNESS = new Map<Refusal, number>(REFUSALS.map((refusal, place) => [refusal, place]));

/** A gift that somebody may buy, while the accounts are walked. */
export interface Candidate {
  readonly gift: ValidGift;
  readonly target: GiftTarget;
  left: number;
  isPlanned: boolean;
  isDeferred: boolean;
  /** Who came nearest to buying it. */
  nearest: { readonly refusal: Refusal; readonly accountId: string; readonly haveStars: number } | null;
}

/** One account that may buy, with what is closed to it. */
export interface Buyer {
  readonly account: BuyingAccount;
  readonly purse: Purse;
  readonly closed: Closed | undefined;
  readonly nowMs: number;
}

/** Copies an account may buy, within its own limit and before its stars; a limit that makes no sense allows none. */
function copiesAllowed(limit: number | null): number {
  if (limit === null) return Infinity;
  return limit > 0 ? Math.floor(limit) : 0;
}

/** Why an account must not buy a gift even if it had the stars. */
function barredBy(candidate: Candidate, { account, closed }: Buyer): Refusal | null {
  const { row } = candidate.gift;
  if (closed?.pairs.get(row.id)?.has(account.id) === true) return 'refused_before';
  if (closed?.targets.get(candidate.target)?.has(account.id) === true) return 'target_refused';
  return row.requiresPremium && !account.isPremium ? 'premium_required' : null;
}

function keepNearest(candidate: Candidate, refusal: Refusal, buyer: { accountId: string; haveStars: number }): void {
  const { nearest } = candidate;
  const gain = nearest === null ? 1 : (NEARNESS.get(refusal) ?? 0) - (NEARNESS.get(nearest.refusal) ?? 0);
  if (gain > 0 || (gain === 0 && buyer.haveStars > (nearest?.haveStars ?? 0))) {
    candidate.nearest = { refusal, ...buyer };
  }
}

/** What one account can do for a candidate: buy copies, wait for its lock, or nothing (which is noted in the candidate). */
export function offer(candidate: Candidate, buyer: Buyer): { readonly copies: number; readonly runAt: number | null } {
  const { account, purse, nowMs } = buyer;
  const { priceStars } = candidate.gift.row;
  const { perUserRemaining, lockedUntil } = termsOf(account, candidate.gift.row);
  const allowed = copiesAllowed(perUserRemaining);
  const barred = barredBy(candidate, buyer) ?? (allowed === 0 ? 'per_user_cap_reached' : null);
  if (barred !== null) {
    keepNearest(candidate, barred, { accountId: account.id, haveStars: purse.balance() });
    return NOTHING;
  }
  const budget = purse.budget();
  if (budget >= priceStars) {
    const runAt = lockedUntil !== null && lockedUntil > nowMs ? lockedUntil : null;
    return { copies: Math.min(candidate.left, Math.floor(budget / priceStars), allowed), runAt };
  }
  if (!candidate.isPlanned) {
    const { limit, haveStars } = purse.tightest(priceStars);
    keepNearest(candidate, limit, { accountId: account.id, haveStars });
  }
  return NOTHING;
}

const NOTHING = { copies: 0, runAt: null } as const;
