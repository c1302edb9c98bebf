import type { AutobuySettings, BuyingAccount, ChannelRule, PlanInput } from '../../domain/stargifts/plan-types.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';

/** A limited gift on sale, of which nothing is special. */
export function aGift(id: string, part: Partial<StarGift> = {}): StarGift {
  return {
    id,
    title: null,
    priceStars: 10,
    isLimited: true,
    total: 1000,
    remaining: 100,
    isSoldOut: false,
    requiresPremium: false,
    isAuction: false,
    perUserTotal: null,
    perUserRemaining: null,
    lockedUntil: null,
    upgradeStars: null,
    firstSaleAt: null,
    lastSaleAt: null,
    stickerId: null,
    ...part,
  };
}

export function anAccount(id: string, part: Partial<BuyingAccount> = {}): BuyingAccount {
  return { id, balanceStars: 100, isPremium: false, spentInDropStars: 0, terms: null, ...part };
}

/** A channel that wants everything. */
export function aChannel(id: string, part: Partial<ChannelRule> = {}): ChannelRule {
  return { id, target: `-100${id}`, priceMin: null, priceMax: null, supplyMin: null, supplyMax: null, ...part };
}

/** Buys without any cap. */
export function openSettings(part: Partial<AutobuySettings> = {}): AutobuySettings {
  return {
    forcedTarget: null,
    forcedOnlyAsFallback: false,
    maxPriceStars: null,
    excludedGiftIds: new Set(),
    floorBalanceStars: 0,
    order: 'scarcest',
    accountCapStars: null,
    dropCapStars: null,
    dayCapStars: null,
    mayBuyUncapped: true,
    ...part,
  };
}

/** One gift of 10 stars, one account with 100, one channel, no caps. */
export function aPlanInput(part: Partial<PlanInput> = {}): PlanInput {
  return {
    gifts: [aGift('1')],
    accounts: [anAccount('7')],
    channels: [aChannel('1')],
    settings: openSettings(),
    seed: 'seed',
    nowMs: 1_000_000,
    spent: { inDropStars: 0, inDayStars: 0 },
    ...part,
  };
}
