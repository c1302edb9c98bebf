import { expect, it } from 'vitest';
import { aChannel, aGift, anAccount, aPlanInput, openSettings } from '../../tests/support/gift-plans.ts';
import { planAutobuy } from './plan-autobuy.ts';
import type { PlanInput } from './plan-types.ts';
import { afterPurchases, type PurchaseSoFar } from './replan.ts';
import type { Consequence } from './telegram-error.ts';

const purchase = (part: Partial<PurchaseSoFar>): PurchaseSoFar => ({
  accountId: '7',
  giftId: '1',
  target: '-1001',
  priceStars: 10,
  state: 'paid',
  failure: null,
  ...part,
});

/** Copies by `account gift` that are planned after the purchases. */
function replanned(input: PlanInput, purchases: readonly PurchaseSoFar[]): Record<string, number> {
  const { operations } = planAutobuy(afterPurchases(input, purchases));
  const groups = Object.groupBy(operations, ({ accountId, giftId }) => `${accountId} ${giftId}`);
  return Object.fromEntries(Object.entries(groups).map(([key, copies]) => [key, copies?.length ?? 0]));
}

const failed = (failure: Consequence | null, part: Partial<PurchaseSoFar> = {}) =>
  purchase({ state: 'failed', failure, ...part });

const twoGifts = [aGift('1', { total: 5 }), aGift('2')];
const twoAccounts = [anAccount('7'), anAccount('8', { balanceStars: 50 })];

it('spends the stars that a sold-out gift held on the next gift', () => {
  const input = aPlanInput({ gifts: twoGifts });
  const all = planAutobuy(input).operations;
  expect(all.every(({ giftId }) => giftId === '1')).toBe(true);
  expect(replanned(input, [purchase({}), failed('sold-out')])).toEqual({ '7 2': 9 });
});

it('gives the copies that one account was refused to another', () => {
  const input = aPlanInput({ accounts: twoAccounts, gifts: [aGift('1', { remaining: 3 })] });
  expect(replanned(input, [purchase({}), failed('user-limit'), failed('user-limit')])).toEqual({ '8 1': 2 });
});

it('holds stars and copies of purchases that are under way or in doubt', () => {
  const input = aPlanInput({ gifts: [aGift('1', { remaining: 8 })] });
  expect(replanned(input, [purchase({ state: 'open' }), purchase({ state: 'open' })])).toEqual({ '7 1': 6 });
});

it.each<[Consequence | null, Record<string, number>]>([
  ['sold-out', { '7 2': 10, '8 2': 5 }],
  ['price-changed', { '7 2': 10, '8 2': 5 }],
  ['user-limit', { '7 2': 10, '8 1': 5 }],
  ['premium-needed', { '7 2': 10, '8 1': 5 }],
  ['refused', { '7 2': 10, '8 1': 5 }],
  [null, { '7 2': 10, '8 1': 5 }],
  ['account-unusable', { '8 1': 5 }],
  ['wrong-target', { '8 1': 5 }],
  ['balance', { '8 1': 5 }],
])('after %s plans what is still possible', (failure, expected) => {
  const input = aPlanInput({ gifts: twoGifts, accounts: twoAccounts });
  expect(replanned(input, [failed(failure)])).toEqual(expected);
});

it('buys at the new price once a list shows it', () => {
  const input = aPlanInput({ gifts: [aGift('1', { priceStars: 20 })] });
  expect(replanned(input, [failed('price-changed', { priceStars: 10 })])).toEqual({ '7 1': 5 });
});

it('counts earlier copies against the limit of the account and against every cap', () => {
  const limited = aPlanInput({ gifts: [aGift('1', { perUserTotal: 3 })] });
  expect(replanned(limited, [purchase({}), purchase({ state: 'open' })])).toEqual({ '7 1': 1 });
  const capped = aPlanInput({ settings: openSettings({ dropCapStars: 30, dayCapStars: 90, accountCapStars: 80 }) });
  expect(replanned(capped, [purchase({}), purchase({})])).toEqual({ '7 1': 1 });
});

it('leaves other channels open to an account that cannot send to one', () => {
  const channels = [aChannel('1', { supplyMax: 10 }), aChannel('2')];
  const input = aPlanInput({ gifts: twoGifts, channels });
  expect(replanned(input, [failed('wrong-target')])).toEqual({ '7 2': 10 });
});

it('says why a gift is left out of the second plan', () => {
  const { skips } = planAutobuy(afterPurchases(aPlanInput(), [failed('refused')]));
  expect(skips.map(({ giftId, reason }) => [giftId, reason])).toEqual([['1', 'refused_before']]);
});
