import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parsePrice } from '../catalog/price.ts';
import { DomainError } from './errors.ts';
import { formatMoney, fromMinor, toMinor } from './money.ts';

const currencies = fc.constantFrom('RUB', 'USD', 'EUR', 'JPY', 'KRW', 'KWD', 'TND', 'CLP', 'KZT', 'BYN');
const minors = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('toMinor', () => {
  test.each([
    ['1299.5', 'RUB', 129950],
    ['0', 'RUB', 0],
    ['0.29', 'USD', 29],
    ['1.005', 'USD', 101],
    ['0.999', 'USD', 100],
    ['1299', 'JPY', 1299],
    ['1299.50', 'JPY', 1300],
    ['2.75', 'KWD', 2750],
    ['-1.5', 'EUR', -150],
    ['-0.001', 'EUR', 0],
  ])('%s %s is %i', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor);
  });

  test.each(['', '1,5', '1e5', ' 1', '.5', '1.', 'NaN', '99999999999999999'])('refuses the amount %j', (amount) => {
    expect(() => toMinor(amount, 'RUB')).toThrow(DomainError);
  });

  it('refuses a currency that does not exist', () => {
    expect(() => toMinor('1', 'XXA')).toThrow(RangeError);
  });
});

describe('fromMinor', () => {
  it('takes back what toMinor made, in every currency', () => {
    fc.assert(
      fc.property(minors, currencies, (minor, currency) => {
        expect(toMinor(fromMinor(minor, currency), currency)).toBe(minor);
      }),
    );
  });

  it('refuses a broken number of minor units', () => {
    expect(() => fromMinor(0.5, 'RUB')).toThrow(RangeError);
    expect(() => fromMinor(Number.NaN, 'RUB')).toThrow(RangeError);
  });
});

describe('formatMoney', () => {
  test.each([
    [129950, 'RUB', 'ru', '1\u00a0299,50\u00a0₽'],
    [129900, 'RUB', 'ru-RU', '1\u00a0299\u00a0₽'],
    [129950, 'USD', 'en', '$1,299.50'],
    [-500, 'USD', 'en-GB', '−$5'],
    [5, 'USD', 'en', '$0.05'],
    [1234567, 'JPY', 'ja', '¥1,234,567'],
    [99900, 'PLN', 'en', 'PLN\u00a0999'],
    [99900, 'PLN', 'ru', '999\u00a0PLN'],
    [2750, 'KWD', 'en', 'KWD\u00a02.750'],
  ])('%i %s in %s', (...[minor, currency, locale, text]) => {
    expect(formatMoney(minor, currency, locale)).toBe(text);
  });

  it('writes what the price parser reads', () => {
    const clear = fc.constantFrom('RUB', 'EUR', 'GBP', 'KZT', 'PLN', 'CHF', 'BYN');
    fc.assert(
      fc.property(fc.nat(100_000_000_000), clear, fc.constantFrom('ru', 'en'), (minor, currency, locale) => {
        const { amount, currency: read } = parsePrice(formatMoney(minor, currency, locale));
        expect([toMinor(amount ?? 'none', currency), read]).toEqual([minor, currency]);
      }),
    );
  });
});
