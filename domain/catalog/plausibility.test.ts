import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubtOf, isSameReading, ownDoubt, PRICE_FACTOR, type Known, type Reading } from './plausibility.ts';
import { isBelieved } from './quarantine.ts';
import { SHARED_BY, sharedDoubts } from './shared-readings.ts';

const mug: Known = { title: 'Blue mug with a cat', sku: null, gtin: null, priceMinor: 129_000, currency: 'RUB' };
const read = (reading: Partial<Reading> = {}): Reading => ({
  ...{ url: 'https://shop.example/1', ...mug, availability: 'in_stock' },
  ...reading,
});

describe('a reading of a known product', () => {
  test.each([
    ['the same', {}, null],
    ['a sale of 70 %', { priceMinor: 38_700 }, null],
    ['a sale of 80 %', { priceMinor: 25_800 }, null],
    ['the end of such a sale', { priceMinor: 129_000 * PRICE_FACTOR }, null],
    ['kopecks taken for roubles', { priceMinor: 12_900_000 }, 'price-jump'],
    ['a monthly rate', { priceMinor: 10_750 }, 'price-jump'],
    ['zero', { priceMinor: 0 }, 'placeholder-price'],
    ['one kopeck', { priceMinor: 1 }, 'placeholder-price'],
    ['no price any more', { priceMinor: null, currency: null }, 'price-vanished'],
    ['sold out, without a price', { priceMinor: null, currency: null, availability: 'out_of_stock' }, null],
    ['another currency', { currency: 'USD' }, 'currency-switched'],
    ['a few words changed', { title: 'Blue mug «Cat», 300 ml' }, null],
    ['another product', { title: 'Garden hose 20 m' }, 'title-replaced'],
    ['a missing page with a price of the row beneath', { title: 'Страница не найдена' }, 'missing-page'],
  ] as const)('%s', (_name, change, doubt) => {
    expect(doubtOf(mug, read(change))).toBe(doubt);
  });

  test('is the same product under another name when its article number stays', () => {
    expect(doubtOf({ ...mug, sku: 'A-1' }, read({ sku: 'A-1', title: 'Кружка синяя' }))).toBeNull();
  });

  test('that was accepted once is not doubted again', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (priceMinor, title) => {
        expect(ownDoubt({ ...mug, priceMinor, title }, read({ priceMinor, title }))).toBeNull();
        expect(doubtOf({ ...mug, priceMinor, title }, read({ priceMinor, title }))).toBeNull();
      }),
    );
  });

  test('is judged by the ratio of the prices alone, up and down alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1e9 }), fc.integer({ min: 2, max: 1e9 }), (before, now) => {
        const doubt = doubtOf({ ...mug, priceMinor: before }, read({ priceMinor: now }));
        expect(doubt).toBe(doubtOf({ ...mug, priceMinor: now }, read({ priceMinor: before })));
        expect(doubt === null).toBe(Math.max(before, now) <= Math.min(before, now) * PRICE_FACTOR);
      }),
    );
  });
});

test('of a product not seen before any reading will do, but a price of nothing and a missing page', () => {
  expect(doubtOf(null, read({ priceMinor: 2 }))).toBeNull();
  expect(doubtOf(null, read({ priceMinor: 0 }))).toBe('placeholder-price');
  expect(doubtOf(null, read({ title: '404' }))).toBe('missing-page');
});

describe('readings of one crawl', () => {
  const many = (count: number, change: (n: number) => { known?: Partial<Known>; reading?: Partial<Reading> }) =>
    Array.from({ length: count }, (_, n) => {
      const { known, reading } = change(n);
      return { known: { ...mug, ...known }, reading: read({ url: `https://shop.example/${n}`, ...reading }) };
    });

  test('that all take on one price, whatever each cost before, are a banner', () => {
    const shifts = many(SHARED_BY, (n) => ({ known: { priceMinor: 100_000 + n }, reading: { priceMinor: 199_000 } }));
    expect([...sharedDoubts(shifts, []).values()]).toEqual(shifts.map(() => 'shared-price'));
    expect(sharedDoubts(shifts.slice(1), []).size).toBe(0);
  });

  test('are counted together with those written earlier in the crawl', () => {
    const last = many(1, () => ({ reading: { priceMinor: 199_000 } }));
    const earlier = [{ priceMinor: 199_000, currency: 'RUB', previousMinor: [1, 2, 3] }];
    expect(sharedDoubts(last, earlier).get('https://shop.example/0')).toBe('shared-price');
    expect(sharedDoubts(last, [{ ...earlier[0], priceMinor: 5, currency: 'RUB', previousMinor: [1, 2, 3] }]).size).toBe(
      0,
    );
  });

  test('of variants that cost the same before and after are none', () => {
    expect(
      sharedDoubts(
        many(9, () => ({ reading: { priceMinor: 99_000 } })),
        [],
      ).size,
    ).toBe(0);
  });

  test('that all take on one title are one', () => {
    const shifts = many(SHARED_BY, (n) => ({ known: { title: `Mug ${n}` }, reading: { title: 'Mug of the day' } }));
    expect([...sharedDoubts(shifts, []).values()]).toEqual(shifts.map(() => 'shared-title'));
  });
});

describe('a doubted reading', () => {
  const reading = read({ priceMinor: 12_900_000 });
  const when = { crawlId: 'one', confirmAfterMs: 1_000, mayConfirm: true };
  const held = { reading, crawlId: 'one', ageMs: 1_000 };

  test('is believed when a separate fetch says the same, not before', () => {
    expect(isBelieved({ reading, doubt: 'price-jump', held: null }, when)).toBe(false);
    expect(isBelieved({ reading, doubt: 'price-jump', held: { ...held, ageMs: 999 } }, when)).toBe(false);
    expect(isBelieved({ reading, doubt: 'price-jump', held }, when)).toBe(true);
  });

  test('that a whole shop shares for hours is believed by another crawl only', () => {
    expect(isBelieved({ reading, doubt: 'price-vanished', held }, when)).toBe(false);
    expect(isBelieved({ reading, doubt: 'price-vanished', held }, { ...when, crawlId: 'two' })).toBe(true);
  });

  test('is not believed while the shop as a whole is doubted', () => {
    expect(isBelieved({ reading, doubt: 'price-jump', held }, { ...when, crawlId: 'two', mayConfirm: false })).toBe(
      false,
    );
  });

  test('gives way to another one', () => {
    fc.assert(
      fc.property(fc.nat(), (priceMinor) => {
        const other = read({ priceMinor });
        const believed = isBelieved({ reading: other, doubt: 'price-jump', held }, { ...when, crawlId: 'two' });
        expect(believed).toBe(isSameReading(other, reading));
      }),
    );
  });
});
