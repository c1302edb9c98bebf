/** One gift as one account's list shows it. */
export interface StarGift {
  /** 64-bit number in decimal. */
  readonly id: string;
  readonly title: string | null;
  /** Telegram Stars for one copy. */
  readonly priceStars: number;
  readonly isLimited: boolean;
  /** Copies ever made, and copies left; null = not limited. */
  readonly total: number | null;
  readonly remaining: number | null;
  readonly isSoldOut: boolean;
  readonly requiresPremium: boolean;
  /** Sold by auction only; never by the normal flow. */
  readonly isAuction: boolean;
  /** Copies one user may buy, and how many this account still may; null = no such limit. */
  readonly perUserTotal: number | null;
  readonly perUserRemaining: number | null;
  /** Until when this account may not send it, epoch ms; null = it may. */
  readonly lockedUntil: number | null;
  /** Stars for the upgrade to a unique gift; null = cannot be upgraded. */
  readonly upgradeStars: number | null;
  /** First and last sale, epoch ms; Telegram says them of sold-out gifts only. */
  readonly firstSaleAt: number | null;
  readonly lastSaleAt: number | null;
  /** Names the animation's file at Telegram, to compare and to fetch; null = none. */
  readonly stickerId: string | null;
}

/** The channel or user that receives a gift: `-100…` of a channel, a user's id, or `@name`. */
export type GiftTarget = string;
