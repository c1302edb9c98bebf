import type { AutobuySettings, PlanInput } from '../../domain/stargifts/plan-types.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';

const BALANCE_STARS = 1000;
const COPIES = 1000;

const SETTINGS: AutobuySettings = {
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
};

const range = (count: number): number[] => Array.from({ length: count }, (_, place) => place + 1);

function gift(number: number): StarGift {
  return {
    id: String(number),
    title: null,
    priceStars: 10 + (number % 5),
    isLimited: true,
    total: COPIES,
    remaining: COPIES,
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
  };
}

/** The reference benchmark's input: equal balances, like channels (half as many as accounts), prices 10 to 14, 1,000 copies each. */
export function planInput(accounts: number, gifts: number): PlanInput {
  const rows = range(gifts).map(gift);
  return {
    gifts: rows,
    accounts: range(accounts).map((id) => ({
      id: String(id),
      balanceStars: BALANCE_STARS,
      isPremium: true,
      spentInDropStars: 0,
      terms: new Map(rows.map((row) => [row.id, { perUserRemaining: null, lockedUntil: null }])),
    })),
    channels: range(Math.max(1, Math.floor(accounts / 2))).map((id) => ({
      id: String(id),
      target: String(-1_000_000 - id),
      priceMin: 0,
      priceMax: 100,
      supplyMin: null,
      supplyMax: null,
    })),
    settings: SETTINGS,
    seed: 'bench',
    nowMs: 0,
    spent: { inDropStars: 0, inDayStars: 0 },
  };
}
