import type { BuyingAccount, PlanInput } from './plan-types.ts';

/** Limits of what an account can spend, in the order they are looked at; the place is the number of the limit. */
export const STAR_LIMITS = [
  'not_enough_stars',
  'floor_balance',
  'account_cap_reached',
  'drop_cap_reached',
  'day_cap_reached',
] as const;

/** A figure that makes no sense counts as nothing. */
const sane = (stars: number): number => (Number.isFinite(stars) && stars > 0 ? Math.floor(stars) : 0);

/** What a cap leaves; one that makes no sense leaves nothing. */
const leftOf = (cap: number | null, spent: number): number => (cap === null ? Infinity : sane(cap - spent));

/** Stars of an account as far as they make sense. */
export const balanceOf = ({ balanceStars }: BuyingAccount): number => sane(balanceStars);

/** What may still be spent while a plan is made, by one account after another. Asked for every account and gift: nothing is allocated. */
export class Purse {
  /** Stars the open account may spend within all limits; below 1 = nothing. */
  budget = 0;
  readonly #floor: number;
  readonly #accountCap: number | null;
  /** What each of STAR_LIMITS leaves. */
  readonly #left: [number, number, number, number, number];

  constructor({ settings, spent }: Pick<PlanInput, 'settings' | 'spent'>) {
    this.#floor = sane(settings.floorBalanceStars);
    this.#accountCap = settings.accountCapStars;
    const drop = leftOf(settings.dropCapStars, spent.inDropStars);
    this.#left = [0, 0, 0, drop, leftOf(settings.dayCapStars, spent.inDayStars)];
  }

  /** From now on it is this account that spends. */
  open(account: BuyingAccount): void {
    const balance = balanceOf(account);
    this.#left[0] = balance;
    this.#left[1] = Math.max(0, balance - this.#floor);
    this.#left[2] = leftOf(this.#accountCap, account.spentInDropStars);
    this.budget = Math.min(...this.#left);
  }

  spend(stars: number): void {
    for (let limit = 0; limit < this.#left.length; limit++) this.#left[limit] = this.left(limit) - stars;
    this.budget -= stars;
  }

  /** What a limit leaves, stars. */
  left(limit: number): number {
    return this.#left[limit] ?? 0;
  }

  /** The first limit that leaves less than the price; 0 when none does. */
  tightest(priceStars: number): number {
    for (let limit = 0; limit < this.#left.length; limit++) if (this.left(limit) < priceStars) return limit;
    return 0;
  }
}
