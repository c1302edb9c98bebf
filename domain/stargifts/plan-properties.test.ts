import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aChannel, aGift, anAccount, aPlanInput, openSettings } from '../../tests/support/gift-plans.ts';
import type { AutobuyPlan, BuyingAccount, PlanInput, PlannedPurchase } from './plan-types.ts';
import { planAutobuy } from './plan-autobuy.ts';
import { afterPurchases, type PurchaseSoFar } from './replan.ts';
import type { Consequence } from './telegram-error.ts';

const NOW_MS = 1_000_000;
const cap = fc.option(fc.integer({ min: 0, max: 400 }), { nil: null });
const bound = fc.option(fc.integer({ min: 0, max: 60 }), { nil: null });
const limit = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null });
const lock = fc.constantFrom(null, null, NOW_MS - 1, NOW_MS + 1);
const senseless = fc.constantFrom(Number.NaN, -7, 0, 1.5, Infinity);

const gifts = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 40 }).map(String),
    priceStars: fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: 60 }), weight: 8 },
      { arbitrary: senseless, weight: 1 },
    ),
    total: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(30)),
    remaining: fc.oneof({ arbitrary: fc.integer({ min: 0, max: 9 }), weight: 8 }, { arbitrary: senseless, weight: 1 }),
    isLimited: fc.constantFrom(true, true, true, false),
    isAuction: fc.constantFrom(false, false, false, true),
    requiresPremium: fc.constantFrom(false, false, true),
    perUserTotal: limit,
    lockedUntil: lock,
  }),
  { maxLength: 10, selector: ({ id }) => id },
);

const accounts = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 20 }).map(String),
    balanceStars: fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 300 }), weight: 8 },
      { arbitrary: senseless, weight: 1 },
    ),
    isPremium: fc.boolean(),
    terms: fc.option(
      fc
        .array(
          fc.tuple(
            fc.integer({ min: 1, max: 40 }).map(String),
            fc.record({ perUserRemaining: limit, lockedUntil: lock }),
          ),
        )
        .map((entries) => new Map(entries)),
      { nil: null },
    ),
  }),
  { maxLength: 6, selector: ({ id }) => id },
);

const channels = fc
  .array(fc.record({ priceMin: bound, priceMax: bound, supplyMin: bound, supplyMax: bound }), { maxLength: 4 })
  .map((rows) => rows.map((row, place) => aChannel(String(place + 1), row)));

const settings = fc
  .record({
    forcedTarget: fc.constantFrom(null, null, '-9'),
    forcedOnlyAsFallback: fc.boolean(),
    maxPriceStars: cap,
    floorBalanceStars: fc.integer({ min: 0, max: 30 }),
    order: fc.constantFrom('scarcest' as const, 'dearest' as const),
    accountCapStars: cap,
    dropCapStars: cap,
    dayCapStars: cap,
    mayBuyUncapped: fc.constantFrom(true, true, false),
  })
  .map(openSettings);

const inputs: fc.Arbitrary<PlanInput> = fc
  .record({ gifts, accounts, channels, settings, seed: fc.string(), before: fc.integer({ min: 0, max: 50 }) })
  .map(({ before, gifts: rows, accounts: buyers, ...rest }) =>
    aPlanInput({
      ...rest,
      gifts: rows.map((row) => aGift(row.id, row)),
      accounts: buyers.map((buyer) => anAccount(buyer.id, buyer)),
      nowMs: NOW_MS,
      spent: { inDropStars: before, inDayStars: before },
    }),
  );

const sum = (operations: readonly Pick<PlannedPurchase, 'priceStars'>[]): number =>
  operations.reduce((stars, { priceStars }) => stars + priceStars, 0);

const within = (stars: number, most: number | null): boolean => most === null || stars <= most;

type Copy = Omit<PlannedPurchase, 'supply'>;

/** Everything that a set of purchases of one drop must keep to. */
function expectAllowed(operations: readonly Copy[], input: PlanInput): void {
  if (operations.length === 0) return;
  const { settings: allowed, spent } = input;
  expect(within(sum(operations) + spent.inDropStars, allowed.dropCapStars)).toBe(true);
  expect(within(sum(operations) + spent.inDayStars, allowed.dayCapStars)).toBe(true);
  for (const [accountId, own] of Map.groupBy(operations, (operation) => operation.accountId)) {
    const account = input.accounts.find(({ id }) => id === accountId) ?? anAccount('nobody', { balanceStars: 0 });
    expect(sum(own)).toBeLessThanOrEqual(account.balanceStars - allowed.floorBalanceStars);
    expect(within(sum(own), allowed.accountCapStars)).toBe(true);
    for (const copies of Map.groupBy(own, ({ giftId }) => giftId).values()) expectTerms(copies, account, input);
  }
  for (const copies of Map.groupBy(operations, ({ giftId }) => giftId).values()) expectOnSale(copies, input);
}

/** Copies of one gift by one account. */
function expectTerms(copies: readonly Copy[], account: BuyingAccount, input: PlanInput): void {
  const gift = input.gifts.find(({ id }) => id === copies[0]?.giftId) ?? aGift('nothing', { remaining: 0 });
  const own = account.terms?.get(gift.id);
  expect(within(copies.length, own === undefined ? gift.perUserTotal : own.perUserRemaining)).toBe(true);
  expect(gift.requiresPremium && !account.isPremium).toBe(false);
  expect((own === undefined ? gift.lockedUntil : own.lockedUntil) ?? 0).toBeLessThanOrEqual(NOW_MS);
}

/** All copies of one gift. */
function expectOnSale(copies: readonly Copy[], { gifts: rows, settings: { maxPriceStars } }: PlanInput): void {
  const gift = rows.find(({ id }) => id === copies[0]?.giftId);
  expect(gift).toMatchObject({ isLimited: true, isAuction: false, isSoldOut: false });
  expect(copies.length).toBeLessThanOrEqual(gift?.remaining ?? 0);
  for (const { priceStars } of copies) {
    expect(priceStars).toBe(gift?.priceStars);
    expect(within(priceStars, maxPriceStars)).toBe(true);
  }
}

it('never plans more than stars, copies, limits and caps allow', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      expectAllowed(planAutobuy(input).operations, input);
    }),
    { numRuns: 400 },
  );
});

it('gives every gift exactly one outcome', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { operations, deferred, skips } = planAutobuy(input);
      const acted = new Set([...operations, ...deferred].map(({ giftId }) => giftId));
      const skipped = skips.map(({ giftId }) => giftId);
      expect(new Set(skipped).size).toBe(skipped.length);
      expect([...acted, ...skipped].sort()).toEqual(input.gifts.map(({ id }) => id).sort());
    }),
    { numRuns: 400 },
  );
});

it('depends on the seed and on nothing else: not on the order of rows', () => {
  const shuffled = inputs.chain((input) =>
    fc.tuple(
      fc.constant(input),
      fc.shuffledSubarray([...input.gifts], { minLength: input.gifts.length }),
      fc.shuffledSubarray([...input.accounts], { minLength: input.accounts.length }),
      fc.shuffledSubarray([...input.channels], { minLength: input.channels.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([input, ...rows]) => {
      const [giftRows, accountRows, channelRows] = rows;
      const other = planAutobuy({ ...input, gifts: giftRows, accounts: accountRows, channels: channelRows });
      expect(other).toEqual(planAutobuy(input));
    }),
    { numRuns: 200 },
  );
});

it('moves nothing but ties with another seed', () => {
  fc.assert(
    fc.property(inputs, fc.string(), (input, seed) => {
      const key = (plan: AutobuyPlan) =>
        plan.order.map((giftId) => {
          const gift = input.gifts.find(({ id }) => id === giftId);
          return [gift?.total, gift?.priceStars];
        });
      expect(key(planAutobuy({ ...input, seed }))).toEqual(key(planAutobuy(input)));
    }),
  );
});

const failure = fc.constantFrom<Consequence | null>(
  'sold-out',
  'user-limit',
  'balance',
  'premium-needed',
  'account-unusable',
  'wrong-target',
  'price-changed',
  'refused',
  null,
);
const fates = fc.array(
  fc.record({ state: fc.constantFrom('open' as const, 'paid' as const, 'failed' as const), failure }),
  {
    minLength: 1,
    maxLength: 30,
  },
);

it('never buys more than allowed over all the plans of a drop, and comes to an end', () => {
  fc.assert(
    fc.property(inputs, fates, (input, ends) => {
      const purchases: PurchaseSoFar[] = [];
      let rounds = 0;
      for (let plan = planAutobuy(input); plan.operations.length > 0; rounds++) {
        purchases.push(...plan.operations.map((operation, place) => ({ ...operation, ...fate(ends, place + rounds) })));
        plan = planAutobuy(afterPurchases(input, purchases));
        expect(rounds).toBeLessThan(200);
      }
      expectAllowed(
        purchases.filter(({ state }) => state !== 'failed'),
        input,
      );
    }),
    { numRuns: 200 },
  );
});

function fate(
  ends: readonly Pick<PurchaseSoFar, 'state' | 'failure'>[],
  place: number,
): Pick<PurchaseSoFar, 'state' | 'failure'> {
  const end = ends[place % ends.length] ?? { state: 'paid', failure: null };
  return end.state === 'failed' ? end : { ...end, failure: null };
}
