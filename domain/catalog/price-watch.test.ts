import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armWatch, stepWatch, STOCK_QUIET_MS, type Offer, type WatchRule } from './price-watch.ts';

const rule = (wanted: Partial<WatchRule>): WatchRule => ({
  ...{ belowMinor: null, dropPercent: null, backInStock: false, currency: 'RUB', hysteresisPercent: 5 },
  ...wanted,
});
const HOUR = 3_600_000;
const at = (priceMinor: number | null, hour = 0, availability: Offer['availability'] = 'in_stock'): Offer => ({
  ...{ priceMinor, currency: 'RUB', availability, at: hour * HOUR },
});

/** Alerts by the place of the offer that raised them. */
function alerts(watch: WatchRule, [first, ...rest]: readonly Offer[]): string[] {
  if (first === undefined) return [];
  let state = armWatch(watch, first);
  return rest.flatMap((offer, place) => {
    const step = stepWatch(watch, state, offer);
    ({ state } = step);
    return step.alerts.map((alert) => `${place + 1} ${alert}`);
  });
}
const drops = (watch: WatchRule, prices: readonly number[]) =>
  alerts(
    watch,
    prices.map((price) => at(price)),
  );

describe('a limit', () => {
  const below = rule({ belowMinor: 1000 });
  test('is told of once, and again after the price was beyond the hysteresis', () => {
    expect(drops(below, [1500, 1000, 990, 1010, 990, 1049, 1000, 1050, 999])).toEqual([
      '1 price-dropped',
      '8 price-dropped',
    ]);
  });
  test('that holds already is no drop', () => {
    expect(drops(below, [900, 890, 1100, 900])).toEqual(['3 price-dropped']);
  });
});

describe('a percentage', () => {
  const cut = rule({ dropPercent: 20 });
  test('counts from the highest price since the last alert', () => {
    expect(drops(cut, [1000, 900, 1200, 970, 960])).toEqual(['4 price-dropped']);
  });
  test('of a slow slide is told of once', () => {
    expect(drops(cut, [1000, 950, 900, 850, 800, 750, 700])).toEqual(['4 price-dropped']);
  });
});

test('a price in another currency, an unknown one and one of nothing to buy say nothing', () => {
  const below = rule({ belowMinor: 1000 });
  const offers = [at(1500), { ...at(10), currency: 'USD' }, at(null), at(900, 0, 'out_of_stock'), at(900)];
  expect(alerts(below, offers)).toEqual(['4 price-dropped']);
});

test('a return to stock is told of once a day at most', () => {
  const back = rule({ backInStock: true });
  const offers = [
    ...[at(1, 0, 'out_of_stock'), at(1, 1), at(1, 2)],
    ...[at(1, 3, 'out_of_stock'), at(1, 4)],
    ...[at(1, 30, 'out_of_stock'), at(1, 31)],
  ];
  expect(alerts(back, offers)).toEqual(['1 back-in-stock', '6 back-in-stock']);
});

const prices = fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 60 });
const rules = fc.oneof(
  fc.record({ belowMinor: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ dropPercent: fc.integer({ min: 1, max: 99 }) }),
);

test('between two alerts the price was beyond the hysteresis, so that flapping within it is silent', () => {
  fc.assert(
    fc.property(rules, prices, (wanted, path) => {
      const watch = rule(wanted);
      const told = drops(watch, path).map((alert) => Number(alert.split(' ')[0]));
      for (const [n, second] of told.entries()) {
        const first = told[n - 1];
        if (first === undefined) continue;
        const from = Math.max(watch.belowMinor ?? 0, Math.min(...path.slice(first, second)));
        expect(Math.max(...path.slice(first, second))).toBeGreaterThan(from);
        expect(Math.max(...path.slice(first, second)) * 100).toBeGreaterThanOrEqual(from * 105);
      }
    }),
  );
});

test('an alert always follows a higher price, and the same offer again raises none', () => {
  fc.assert(
    fc.property(rules, prices, (wanted, path) => {
      for (const alert of drops(rule(wanted), path)) {
        const place = Number(alert.split(' ')[0]);
        expect(Math.max(...path.slice(0, place))).toBeGreaterThan(path[place] ?? Infinity);
      }
      const twice = path.flatMap((price) => [price, price]);
      expect(drops(rule(wanted), twice).length).toBe(drops(rule(wanted), path).length);
    }),
  );
});

test('two alerts on stock are a day apart at least', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom('in_stock', 'out_of_stock', null), fc.integer({ min: 1, max: 20 })));
  fc.assert(
    fc.property(steps, (path) => {
      let hour = 0;
      const offers = path.map(([availability, hours]) => at(1, (hour += hours), availability));
      const times = alerts(rule({ backInStock: true }), offers).map(
        (alert) => offers[Number(alert.split(' ')[0])]?.at ?? 0,
      );
      for (const [n, time] of times.slice(1).entries())
        expect(time - (times[n] ?? 0)).toBeGreaterThanOrEqual(STOCK_QUIET_MS);
    }),
  );
});
