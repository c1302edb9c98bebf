import type { BuyOrder } from '../accounts/account-state.ts';
import type { GiftTarget, StarGift } from './star-gift.ts';

/** Everything a plan depends on: equal inputs give equal plans, in whatever order their rows come. */
export interface PlanInput {
  /** New gifts as the merged list shows them; a row may hold nonsense, it is skipped alone. */
  readonly gifts: readonly StarGift[];
  readonly accounts: readonly BuyingAccount[];
  readonly channels: readonly ChannelRule[];
  readonly settings: AutobuySettings;
  /** Decides between gifts of equal supply and price. */
  readonly seed: string;
  /** Epoch ms. */
  readonly nowMs: number;
  /** Stars of all accounts, paid or reserved. */
  readonly spent: Spent;
  /** What earlier failures of this drop closed. */
  readonly closed?: Closed;
  /** Instead of the seed: negative when the gift id `a` goes before `b`. */
  readonly tieBreak?: (a: string, b: string) => number;
}

/** An account that may buy. */
export interface BuyingAccount {
  readonly id: string;
  /** Stars it can spend now, without those reserved for purchases under way. */
  readonly balanceStars: number;
  readonly isPremium: boolean;
  /** Stars it paid or reserved in this drop. */
  readonly spentInDropStars: number;
  /** What its own list says, by gift id; null = its list was not read, an absent gift = not said of this one. */
  readonly terms: ReadonlyMap<string, GiftTerms> | null;
}

/** What a gift's row says to one account only. */
export type GiftTerms = Pick<StarGift, 'perUserRemaining' | 'lockedUntil'>;

/** A channel and the gifts it wants; bounds are inclusive, null = open. */
export interface ChannelRule {
  /** Of two equal rules the one with the smaller id, the older row, wins; decimal ids compare as numbers. */
  readonly id: string;
  readonly target: GiftTarget;
  /** Stars for one copy. */
  readonly priceMin: number | null;
  readonly priceMax: number | null;
  /** Copies ever made. */
  readonly supplyMin: number | null;
  readonly supplyMax: number | null;
}

/** What a user allows. Caps are stars, null = none. */
export interface AutobuySettings {
  /** Receives every gift, whatever the channels' bounds; the caps and `maxPriceStars` hold for it too. */
  readonly forcedTarget: GiftTarget | null;
  /** The forced target only receives what no channel wants. */
  readonly forcedOnlyAsFallback: boolean;
  readonly maxPriceStars: number | null;
  readonly excludedGiftIds: ReadonlySet<string>;
  /** Every account keeps at least this. */
  readonly floorBalanceStars: number;
  readonly order: BuyOrder;
  /** Of one account in one drop, of all accounts in one drop, of all accounts in one day. */
  readonly accountCapStars: number | null;
  readonly dropCapStars: number | null;
  readonly dayCapStars: number | null;
  /** The user said that buying without any of the three spend caps is meant. */
  readonly mayBuyUncapped: boolean;
}

export interface Spent {
  readonly inDropStars: number;
  readonly inDayStars: number;
}

/** What must not be tried again in this drop. */
export interface Closed {
  /** Gift id → why it is closed to all. */
  readonly gifts: ReadonlyMap<string, 'not_available' | 'price_changed'>;
  readonly accountIds: ReadonlySet<string>;
  /** Gift id → accounts that were refused it. */
  readonly pairs: ReadonlyMap<string, ReadonlySet<string>>;
  /** Target → accounts that cannot send to it. */
  readonly targets: ReadonlyMap<GiftTarget, ReadonlySet<string>>;
}

/** One copy of one gift, to be bought by one account for one target. */
export interface PlannedPurchase {
  readonly accountId: string;
  readonly target: GiftTarget;
  readonly giftId: string;
  readonly priceStars: number;
  /** Copies ever made; 0 = Telegram does not say. */
  readonly supply: number;
}

/** To be planned afresh once the lock of this account ends. */
export interface DeferredPurchase extends PlannedPurchase {
  /** Epoch ms. */
  readonly runAt: number;
}

/**
 * Why no copy of a gift is bought. The first three are rows that make no sense; when accounts differ, it is the reason of
 * the account that came nearest to buying.
 */
export type SkipReason =
  | 'invalid/id'
  | 'invalid/price'
  | 'invalid/supply'
  | 'non_limited'
  | 'excluded'
  | 'auction_only'
  | 'not_available'
  | 'price_changed'
  | 'above_max_price'
  | 'no_spend_cap'
  | 'no_accounts'
  | 'no_channels'
  | 'no_channel_match'
  | 'refused_before'
  | 'channel_not_joined'
  | 'premium_required'
  | 'per_user_cap_reached'
  | 'not_enough_stars'
  | 'floor_balance'
  | 'account_cap_reached'
  | 'drop_cap_reached'
  | 'day_cap_reached';

/** A gift that is neither planned nor deferred. */
export interface GiftSkip {
  /** As the row says it, valid or not. */
  readonly giftId: string;
  readonly reason: SkipReason;
  /** Who came nearest to buying; null = no account was asked. */
  readonly nearest: NearestBuyer | null;
}

export interface NearestBuyer {
  readonly accountId: string;
  readonly target: GiftTarget;
  /** Stars that were left to it under the limit that stopped it. */
  readonly haveStars: number;
  readonly needStars: number;
}

/** A plan: every gift of the input is in `operations`, or else in `deferred`, or else in `skips`, once. */
export interface AutobuyPlan {
  /** Ids of the valid gifts in the order they are planned. */
  readonly order: readonly string[];
  /** One a copy; an account's operations follow each other in the order they are to be bought. */
  readonly operations: readonly PlannedPurchase[];
  readonly deferred: readonly DeferredPurchase[];
  readonly skips: readonly GiftSkip[];
}
