import { describe, expect, it } from 'vitest';
import { aChannel, aGift, anAccount, aPlanInput, openSettings } from '../../tests/support/gift-plans.ts';
import { planAutobuy } from './plan-autobuy.ts';
import type { PlanInput } from './plan-types.ts';

/** `account>target gift` of each copy. */
const bought = (part: Partial<PlanInput>): string[] =>
  planAutobuy(aPlanInput(part)).operations.map(({ accountId, target, giftId }) => `${accountId}>${target} ${giftId}`);

const reasons = (part: Partial<PlanInput>): Record<string, string> =>
  Object.fromEntries(planAutobuy(aPlanInput(part)).skips.map(({ giftId, reason }) => [giftId, reason]));

const times = (count: number, text: string): string[] => Array.from({ length: count }, () => text);

describe('order', () => {
  it('buys the smaller supply first, then the dearer gift', () => {
    const gifts = [
      aGift('1', { total: 500 }),
      aGift('2', { total: 100, priceStars: 20 }),
      aGift('3', { total: 100, priceStars: 30 }),
      aGift('4', { total: 0 }),
    ];
    expect(planAutobuy(aPlanInput({ gifts })).order).toEqual(['3', '2', '1', '4']);
    const settings = openSettings({ order: 'dearest' });
    expect(planAutobuy(aPlanInput({ gifts, settings })).order).toEqual(['3', '2', '1', '4']);
    const dear = [...gifts, aGift('5', { priceStars: 99 })];
    expect(planAutobuy(aPlanInput({ gifts: dear, settings })).order[0]).toBe('5');
  });

  it('breaks ties by the seed, the same way each time and another way with another seed', () => {
    const gifts = Array.from({ length: 12 }, (_, place) => aGift(String(place + 1)));
    const order = (seed: string) => planAutobuy(aPlanInput({ gifts, seed })).order;
    expect(order('a')).toEqual(order('a'));
    expect(order('a')).not.toEqual(order('b'));
    expect(order('a')).not.toEqual(gifts.map(({ id }) => id));
  });

  it('tells 64-bit ids apart that are the same number in floating point', () => {
    const [low, high] = ['9007199254740992', '9007199254740993'];
    const tieBreak = (a: string, b: string): number => (BigInt(a) < BigInt(b) ? -1 : 1);
    const gifts = [aGift(high, { remaining: 1 }), aGift(low, { remaining: 1 })];
    expect(planAutobuy(aPlanInput({ gifts, tieBreak })).order).toEqual([low, high]);
    expect(new Set(bought({ gifts })).size).toBe(2);
  });
});

describe('channels', () => {
  const copy = { gifts: [aGift('1', { remaining: 1 })] };

  it('prefers the narrowest supply window over the higher price_max', () => {
    const channels = [
      aChannel('1', { supplyMax: 5000, priceMax: 1000 }),
      aChannel('2', { supplyMin: 900, supplyMax: 1100, priceMax: 10 }),
    ];
    expect(bought({ ...copy, channels })).toEqual(['7>-1002 1']);
  });

  it('ranks a price_max of null above every number', () => {
    const channels = [aChannel('1', { priceMax: 50 }), aChannel('2', { priceMax: null })];
    expect(bought({ ...copy, channels })).toEqual(['7>-1002 1']);
  });

  it('takes a supply_max of 0 for a window of no width', () => {
    const gifts = [aGift('1', { total: 0, remaining: 1 })];
    const channels = [aChannel('1', { supplyMax: 100 }), aChannel('2', { supplyMax: 0 })];
    expect(bought({ gifts, channels })).toEqual(['7>-1002 1']);
    expect(reasons({ ...copy, channels: [aChannel('1', { supplyMax: 0 })] })).toEqual({ 1: 'no_channel_match' });
  });

  it('prefers the oldest of equal rows, whatever their order', () => {
    expect(bought({ ...copy, channels: [aChannel('10'), aChannel('9')] })).toEqual(['7>-1009 1']);
  });

  it('lets a row that makes no sense match nothing and stops nobody', () => {
    const channels = [aChannel('1', { priceMax: -5 }), aChannel('2', { supplyMin: Number.NaN }), aChannel('3')];
    expect(bought({ ...copy, channels })).toEqual(['7>-1003 1']);
  });
});

describe('forced target', () => {
  const gifts = [aGift('1', { remaining: 1 }), aGift('2', { remaining: 1, priceStars: 60 })];

  it('receives everything, but nothing above the highest price', () => {
    const settings = openSettings({ forcedTarget: '-1', maxPriceStars: 50 });
    expect(bought({ gifts, settings })).toEqual(['7>-1 1']);
    expect(reasons({ gifts, settings })).toEqual({ 2: 'above_max_price' });
  });

  it('as a fallback receives only what no channel wants', () => {
    const settings = openSettings({ forcedTarget: '-1', forcedOnlyAsFallback: true });
    expect(bought({ gifts, settings, channels: [aChannel('1', { priceMax: 50 })] }).sort()).toEqual([
      '7>-1 2',
      '7>-1001 1',
    ]);
  });

  it('needs no channel', () => {
    expect(bought({ channels: [], settings: openSettings({ forcedTarget: '@mine' }) })).toHaveLength(10);
  });
});

describe('accounts', () => {
  it('lets the richest buy first and the next one what is left', () => {
    const accounts = [anAccount('1', { balanceStars: 35 }), anAccount('2', { balanceStars: 50 })];
    expect(bought({ accounts, gifts: [aGift('1', { remaining: 7 })] })).toEqual([
      ...times(5, '2>-1001 1'),
      ...times(2, '1>-1001 1'),
    ]);
  });

  it('reads limits and locks from the own list of each account', () => {
    const terms = (perUserRemaining: number | null, lockedUntil: number | null) =>
      new Map([['1', { perUserRemaining, lockedUntil }]]);
    const gifts = [aGift('1', { perUserTotal: 5, perUserRemaining: 5, lockedUntil: 9_000_000 })];
    const accounts = [
      anAccount('1', { balanceStars: 300, terms: terms(2, null) }),
      anAccount('2', { balanceStars: 200, terms: terms(0, null) }),
      anAccount('3', { balanceStars: 100, terms: terms(1, 5_000_000) }),
      anAccount('4', { balanceStars: 90 }),
    ];
    const { operations, deferred, skips } = planAutobuy(aPlanInput({ gifts, accounts }));
    expect(operations.map(({ accountId }) => accountId)).toEqual(['1', '1']);
    expect(deferred.map(({ accountId, runAt }) => [accountId, runAt])).toEqual([
      ['3', 5_000_000],
      ['4', 9_000_000],
    ]);
    expect(skips).toEqual([]);
  });

  it('defers a locked gift instead of skipping it, and buys it once the lock is over', () => {
    const gifts = [aGift('1', { lockedUntil: 2_000_000, remaining: 1 })];
    const locked = planAutobuy(aPlanInput({ gifts }));
    expect([locked.operations, locked.deferred.length, locked.skips]).toEqual([[], 1, []]);
    expect(bought({ gifts, nowMs: 2_000_000 })).toHaveLength(1);
  });

  it('buys premium gifts with premium accounts only', () => {
    const gifts = [aGift('1', { requiresPremium: true })];
    expect(reasons({ gifts })).toEqual({ 1: 'premium_required' });
    const accounts = [anAccount('7', { balanceStars: 900 }), anAccount('8', { isPremium: true, balanceStars: 20 })];
    expect(bought({ gifts, accounts })).toEqual(times(2, '8>-1001 1'));
  });

  it('takes a balance that makes no sense for none', () => {
    const accounts = [
      anAccount('1', { balanceStars: -50 }),
      anAccount('2', { balanceStars: Number.NaN }),
      anAccount('3'),
    ];
    expect(bought({ accounts })).toEqual(times(10, '3>-1001 1'));
  });
});

describe('limits of spending', () => {
  const twoAccounts = { accounts: [anAccount('1'), anAccount('2')] };

  it('buys nothing without a cap unless that is meant', () => {
    expect(reasons({ settings: openSettings({ mayBuyUncapped: false, maxPriceStars: 100 }) })).toEqual({
      1: 'no_spend_cap',
    });
    expect(bought({ settings: openSettings({ mayBuyUncapped: false, dayCapStars: 30 }) })).toHaveLength(3);
  });

  it.each([
    ['accountCapStars', 6, 'account_cap_reached'],
    ['dropCapStars', 3, 'drop_cap_reached'],
    ['dayCapStars', 3, 'day_cap_reached'],
  ] as const)('stops at %s, and says so of what does not fit', (cap, copies, reason) => {
    const gifts = [aGift('1'), aGift('2', { total: 2000, priceStars: 6 })];
    const settings = openSettings({ [cap]: 35 });
    expect(bought({ ...twoAccounts, gifts, settings })).toHaveLength(copies);
    expect(reasons({ ...twoAccounts, gifts, settings })).toEqual({ 2: reason });
  });

  it('counts what was spent before', () => {
    const settings = openSettings({ dropCapStars: 50, dayCapStars: 40, accountCapStars: 90 });
    expect(bought({ settings, spent: { inDropStars: 25, inDayStars: 5 } })).toHaveLength(2);
    expect(bought({ settings, spent: { inDropStars: 0, inDayStars: 45 } })).toEqual([]);
    expect(bought({ settings, accounts: [anAccount('1', { spentInDropStars: 80 })] })).toHaveLength(1);
  });

  it('keeps the floor on every account', () => {
    expect(bought({ ...twoAccounts, settings: openSettings({ floorBalanceStars: 75 }) })).toEqual([
      ...times(2, '1>-1001 1'),
      ...times(2, '2>-1001 1'),
    ]);
    expect(reasons({ settings: openSettings({ floorBalanceStars: 95 }) })).toEqual({ 1: 'floor_balance' });
  });

  it('lets a limit that makes no sense buy nothing', () => {
    expect(bought({ settings: openSettings({ dropCapStars: Number.NaN }) })).toEqual([]);
    expect(bought({ settings: openSettings({ maxPriceStars: Number.NaN }) })).toEqual([]);
  });
});

describe('reasons', () => {
  it('skips a row that makes no sense alone', () => {
    const gifts = [
      aGift('abc'),
      aGift('-5'),
      aGift('2', { priceStars: Number.NaN }),
      aGift('3', { priceStars: -1 }),
      aGift('4', { total: -1 }),
      aGift('5', { remaining: 1.5 }),
      aGift('6', { total: null }),
      aGift('7', { remaining: 1 }),
    ];
    expect(bought({ gifts })).toEqual(['7>-1001 7']);
    expect(reasons({ gifts })).toEqual({
      abc: 'invalid/id',
      '-5': 'invalid/id',
      2: 'invalid/price',
      3: 'invalid/price',
      4: 'invalid/supply',
      5: 'invalid/supply',
      6: 'invalid/supply',
    });
  });

  it('names what keeps everybody from a gift', () => {
    const gifts = [
      aGift('1', { isLimited: false, total: null, remaining: null }),
      aGift('2', { isAuction: true }),
      aGift('3', { remaining: 0 }),
      aGift('4', { isSoldOut: true }),
      aGift('5'),
      aGift('6', { remaining: null }),
    ];
    expect(reasons({ gifts, settings: openSettings({ excludedGiftIds: new Set(['5']) }) })).toEqual({
      1: 'non_limited',
      2: 'auction_only',
      3: 'not_available',
      4: 'not_available',
      5: 'excluded',
      6: 'not_available',
    });
  });

  it('says that there is nobody to buy or to receive', () => {
    expect(reasons({ accounts: [] })).toEqual({ 1: 'no_accounts' });
    expect(reasons({ channels: [] })).toEqual({ 1: 'no_channels' });
  });

  it('tells the account that came nearest', () => {
    const gifts = [aGift('1', { priceStars: 500, requiresPremium: true })];
    const accounts = [
      anAccount('1', { balanceStars: 900 }),
      anAccount('2', { balanceStars: 30, isPremium: true }),
      anAccount('3', { balanceStars: 40, isPremium: true }),
    ];
    const nearest = { accountId: '3', target: '-1001', haveStars: 40, needStars: 500 };
    expect(planAutobuy(aPlanInput({ gifts, accounts })).skips).toEqual([
      { giftId: '1', reason: 'not_enough_stars', nearest },
    ]);
  });

  it('takes an id that comes twice for one gift', () => {
    const gifts = [aGift('1', { remaining: 1 }), aGift('1', { remaining: 1 }), aGift('1', { priceStars: 0 })];
    expect(bought({ gifts })).toEqual(['7>-1001 1']);
    expect(reasons({ gifts })).toEqual({});
  });
});
