import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rangeProblems, spendingProblem } from './buy-rules.ts';

const open = { priceMin: null, priceMax: null, supplyMin: null, supplyMax: null };

describe('ranges', () => {
  test.each([
    [{}, []],
    [{ priceMin: 0, priceMax: 0 }, []],
    [{ priceMin: 5 }, []],
    [{ priceMin: 6, priceMax: 5 }, ['priceMax']],
    [{ supplyMin: 6, supplyMax: 5, priceMin: -1 }, ['priceMin', 'supplyMax']],
    [{ priceMax: 1.5 }, ['priceMax']],
    [{ supplyMax: Number.NaN }, ['supplyMax']],
    [{ supplyMax: 2 ** 60 }, ['supplyMax']],
  ])('%j is wrong in %j', (given, fields) => {
    expect(rangeProblems({ ...open, ...given }).map(({ field }) => field)).toEqual(fields);
  });

  test('what is accepted always has room for at least one price', () => {
    const bound = fc.option(fc.integer({ min: -5, max: 20 }));
    fc.assert(
      fc.property(bound, bound, (priceMin, priceMax) => {
        const accepted = rangeProblems({ ...open, priceMin, priceMax }).length === 0;
        expect(accepted).toBe((priceMin ?? 0) >= 0 && (priceMax ?? 0) >= 0 && (priceMin ?? 0) <= (priceMax ?? 99));
      }),
    );
  });
});

test.each([
  [{ autobuyOn: false }, true],
  [{}, false],
  [{ capDayStars: 0 }, true],
  [{ capDropStars: 100 }, true],
  [{ capAccountStars: 100 }, true],
  [{ buyWithoutCap: true }, true],
])('buying by itself with %j is allowed: %s', (given, allowed) => {
  const rule = { autobuyOn: true, capAccountStars: null, capDropStars: null, capDayStars: null, buyWithoutCap: false };
  expect(spendingProblem({ ...rule, ...given }) === null).toBe(allowed);
});
