import type { ValidGift } from './gift-row.ts';
import { termsOf } from './gift-terms.ts';
import type { BuyingAccount, Closed } from './plan-types.ts';
import { STAR_LIMITS, type Purse } from './purse.ts';
import type { GiftTarget } from './star-gift.ts';

/** What bars one account from buying a gift, whatever its stars: from the farthest from buying to the nearest. */
const BARS = ['refused_before', 'channel_not_joined', 'premium_required', 'per_user_cap_reached'] as const;
/** Whoever lacks only stars came nearer than whoever is barred. */
const REFUSALS = [...BARS, ...STAR_LIMITS] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Who came nearest to buying a gift. */
export interface Nearest {
  readonly refusal: Refusal;
  /** Place of the refusal: the higher, the nearer. */
  readonly nearness: number;
  readonly account: BuyingAccount;
  readonly haveStars: number;
}

/** A gift that somebody may buy, while the accounts are walked. */
export interface Candidate {
  readonly gift: ValidGift;
  readonly target: GiftTarget;
  left: number;
  isPlanned: boolean;
  isDeferred: boolean;
  nearest: Nearest | null;
}

/** One account that may buy, with what is closed to it. */
export interface Buyer {
  readonly account: BuyingAccount;
  readonly purse: Purse;
  readonly closed: Closed | undefined;
  readonly nowMs: number;
}

/** Copies to buy, and from when on: epoch ms, null = now. */
interface Offer {
  readonly copies: number;
  readonly runAt: number | null;
}
const NOTHING: Offer = { copies: 0, runAt: null };

/** What one account can do for a candidate: buy copies, wait for its lock, or nothing (which is noted in the candidate). */
export function offer(candidate: Candidate, buyer: Buyer): Offer {
  const { purse } = buyer;
  const { priceStars } = candidate.gift.row;
  if (!(purse.budget >= priceStars)) {
    noteStars(candidate, buyer);
    return NOTHING;
  }
  const { perUserRemaining, lockedUntil } = termsOf(buyer.account, candidate.gift.row);
  const allowed = copiesAllowed(perUserRemaining);
  const bar = barOf(candidate, buyer, allowed);
  if (bar !== null) {
    note(candidate, buyer.account, { nearness: bar, haveStars: purse.budget });
    return NOTHING;
  }
  const copies = Math.min(candidate.left, Math.floor(purse.budget / priceStars), allowed);
  return { copies, runAt: lockedUntil !== null && lockedUntil > buyer.nowMs ? lockedUntil : null };
}

/** Copies an account may buy, within its own limit and before its stars; a limit that makes no sense allows none. */
function copiesAllowed(limit: number | null): number {
  if (limit === null) return Infinity;
  return limit > 0 ? Math.floor(limit) : 0;
}

/** Place in BARS of what bars an account; null = nothing does. */
function barOf(candidate: Candidate, { account, closed }: Buyer, allowed: number): number | null {
  const { row } = candidate.gift;
  if (closed?.pairs.get(row.id)?.has(account.id) === true) return 0;
  if (closed?.targets.get(candidate.target)?.has(account.id) === true) return 1;
  if (row.requiresPremium && !account.isPremium) return 2;
  return allowed === 0 ? 3 : null;
}

/** By far the most frequent answer: an account whose stars are spent. Its limits are looked up only where they could be the reason told. */
function noteStars(candidate: Candidate, buyer: Buyer): void {
  if (candidate.isPlanned) return;
  const { account, purse } = buyer;
  const { row } = candidate.gift;
  const limit = purse.tightest(row.priceStars);
  const nearness = BARS.length + limit;
  const haveStars = purse.left(limit);
  if (!isNearer(candidate.nearest, nearness, haveStars)) return;
  const bar = barOf(candidate, buyer, copiesAllowed(termsOf(account, row).perUserRemaining));
  note(candidate, account, { nearness: bar ?? nearness, haveStars });
}

const isNearer = (nearest: Nearest | null, nearness: number, haveStars: number): boolean =>
  nearest === null || nearness > nearest.nearness || (nearness === nearest.nearness && haveStars > nearest.haveStars);

function note(
  candidate: Candidate,
  account: BuyingAccount,
  { nearness, haveStars }: { readonly nearness: number; readonly haveStars: number },
): void {
  if (!isNearer(candidate.nearest, nearness, haveStars)) return;
  candidate.nearest = { refusal: REFUSALS[nearness] ?? 'not_enough_stars', nearness, account, haveStars };
}
