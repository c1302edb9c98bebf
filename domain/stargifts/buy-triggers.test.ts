import { expect, test } from 'vitest';
import { giftsToPlan, mayBuyBySurprise } from './buy-triggers.ts';

test('a gift is planned for when it comes on sale, comes back, becomes cheaper or opens sooner', () => {
  expect(
    giftsToPlan(
      [
        { kind: 'appeared', giftId: '1' },
        { kind: 'restocked', giftId: '2', remaining: 5, total: 10 },
        { kind: 'price-changed', giftId: '3', fromStars: 50, toStars: 40 },
        { kind: 'lock-changed', giftId: '4', from: 200_000, to: null },
        { kind: 'lock-changed', giftId: '5', from: 200_000, to: 1_000 },
        { kind: 'price-changed', giftId: '2', fromStars: 9, toStars: 8 },
      ],
      0,
    ),
  ).toEqual(['1', '2', '3', '4', '5']);
});

test('a gift that becomes dearer, locked for longer, open at its time, upgradable, an auction or sold out is no reason to buy', () => {
  expect(
    giftsToPlan(
      [
        { kind: 'price-changed', giftId: '1', fromStars: 40, toStars: 50 },
        { kind: 'lock-changed', giftId: '2', from: null, to: 2_000 },
        { kind: 'lock-changed', giftId: '3', from: 1_000, to: 2_000 },
        { kind: 'lock-changed', giftId: '7', from: 1_000, to: null },
        { kind: 'became-upgradable', giftId: '4', upgradeStars: 25 },
        { kind: 'auction-started', giftId: '5' },
        { kind: 'sold-out', giftId: '6', lastedMs: null },
      ],
      1_000,
    ),
  ).toEqual([]);
});

test('nothing that was on sale before the switch was turned on is bought by surprise', () => {
  expect(mayBuyBySurprise(2_000, 1_000)).toBe(true);
  expect(mayBuyBySurprise(500, 1_000)).toBe(false);
  expect(mayBuyBySurprise(null, 1_000)).toBe(false);
  expect(mayBuyBySurprise(2_000, null)).toBe(false);
});
