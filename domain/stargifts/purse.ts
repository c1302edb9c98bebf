import type { BuyingAccount, PlanInput } from './plan-types.ts';

/** Limits of what an account can spend, from the one that is hardest to lift. */
export const STAR_LIMITS = [
  'not_enough_stars',
  'floor_balance',
  'account_cap_reached',
  'drop_cap_reached',
  'day_cap_reached',
] as const;
export type StarLimit = (typeof STAR_LIMITS)[number];

/** What may still be spent while a plan is made, by one account after another. */
export interface Purse {
  open(account: BuyingAccount): void;
  /** Stars the account has, whatever the limits. */
  balance(): number;
  /** Stars the account may spend within all limits; below 1 = nothing. */
  budget(): number;
  /** The first limit that does not leave `priceStars`, and what it leaves. */
  tightest(priceStars: number): { readonly limit: StarLimit; readonly haveStars: number };
  spend(stars: number): void;
}

/** A figure that makes no sense counts as nothing. */
const sane = (stars: number): number => (Number.isFinite(stars) && stars > 0 ? Math.floor(stars) : 0);

/** What a cap leaves; one that makes no sense leaves nothing. */
const leftOf = (cap: number | null, spent: number): number => (cap === null ? Infinity : sane(cap - spent));

/** Stars of an account as far as they make sense. */
export const balanceOf = ({ balanceStars }: BuyingAccount): number => sane(balanceStars);

/** A purse with the caps of the input, before anything is planned. */
export function createPurse({ settings, spent }: Pick<PlanInput, 'settings' | 'spent'>): Purse {
  const floor = sane(settings.floorBalanceStars);
  let drop = leftOf(settings.dropCapStars, spent.inDropStars);
  let day = leftOf(settings.dayCapStars, spent.inDayStars);
  let balance = 0;
  let own = 0;
  return {
    open: (account) => {
      balance = balanceOf(account);
      own = leftOf(settings.accountCapStars, account.spentInDropStars);
    },
    balance: () => balance,
    budget: () => Math.min(balance - floor, own, drop, day),
    tightest: (priceStars) => {
      const left = [balance, Math.max(balance - floor, 0), own, drop, day];
      const place = left.findIndex((stars) => stars < priceStars);
      return { limit: STAR_LIMITS[place] ?? 'not_enough_stars', haveStars: left[place] ?? 0 };
    },
    spend: (stars) => {
      balance -= stars;
      own -= stars;
      drop -= stars;
      day -= stars;
    },
  };
}
