import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parsePrice } from './price.ts';

const NBSP = '\u00a0';
const THIN = '\u2009';
const NARROW = '\u202f';

function read(text: string, currencyHint: string | null = null): string {
  const { amount, currency } = parsePrice(text, { currencyHint });
  return `${amount ?? 'none'} ${currency ?? '?'}`;
}

describe('amounts', () => {
  test.each([
    [`1${NBSP}299,50 ₽`, '1299.5 RUB'],
    [`12${THIN}490 руб.`, '12490 RUB'],
    [`12${NARROW}490${NBSP}₽`, '12490 RUB'],
    ['1 120 900 р.', '1120900 RUB'],
    ["CHF 1'049.95", '1049.95 CHF'],
    ['CHF 1’049.95', '1049.95 CHF'],
    ['1.234.567,89 €', '1234567.89 EUR'],
    ['€1,234,567.89', '1234567.89 EUR'],
    ['₹2,39,000.00', '239000 INR'],
    ['€34.000', '34000 EUR'],
    ['€34,000', '34000 EUR'],
    ['€0.850', '0.85 EUR'],
    ['€1234.567', '1234.567 EUR'],
    ['฿ 3.3900', '3.39 THB'],
    ['1.899,- €', '1899 EUR'],
    ['35€ 99', '35.99 EUR'],
    ['€ 36. 24', '36.24 EUR'],
    ['٣٬٥٠٠ د.إ', '3500 AED'],
    ['KD 2.750', '2.75 KWD'],
    ['£.75', '0.75 GBP'],
    ['Rs.750', '750 ?'],
    ['€ 0,00', '0 EUR'],
  ])('reads %s as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('takes the decimal mark it is given', () => {
    expect(parsePrice('34.000', { decimalSeparator: '.' }).amount).toBe('34');
    expect(parsePrice('34.000', { decimalSeparator: ',' }).amount).toBe('34000');
    expect(parsePrice('1250€600', { decimalSeparator: '€' }).amount).toBe('1250.6');
    expect(parsePrice('12.50', { decimalSeparator: ',' }).amount).toBe('12.5');
  });

  it('says which part of the text is the amount', () => {
    expect(parsePrice(`Цена: 1${NBSP}299,50 ₽`)).toEqual({
      amount: '1299.5',
      currency: 'RUB',
      currencyText: '₽',
      amountText: `1${NBSP}299,50`,
    });
  });
});

describe('which number is the price', () => {
  test.each([
    ['from 26 to 50 €', '26 EUR'],
    ['1 200 – 1 500 ₽', '1200 RUB'],
    ['от 990 руб. до 1 990 руб.', '990 RUB'],
    ['-30% 69,99 EUR', '69.99 EUR'],
    ['40% OFF', 'none ?'],
    ['2 шт. за 500 ₽', '500 RUB'],
    ['12x de R$ 44,00', '44 BRL'],
    ['3200 руб. 1500 руб.', '3200 RUB'],
    ['2 for £5', '5 GBP'],
    ['0,5 л 120 руб.', '120 RUB'],
    ['Кружка 350 мл 990 ₽', '990 RUB'],
    ['1 kg = 12,50 €', '12.5 EUR'],
    ['iPhone 15 79 990 ₽', '79990 RUB'],
    ['34 (40.94 € inc VAT)', '34 EUR'],
    ['12 99 €', '12.99 EUR'],
    ['1 299 руб. 50 коп.', '1299.5 RUB'],
    ['12 р. 5 к.', '12.05 RUB'],
    ['5 тыс. руб.', '5000 RUB'],
    ['1,5 млн ₽', '1500000 RUB'],
    ['12.05.2024', 'none ?'],
    ['по запросу', 'none ?'],
    ['Цена по запросу, тел. 8 800 555 35 35', 'none ?'],
    ['Цена по запросу, от 1 000 ₽', '1000 RUB'],
    ['бесплатно', '0 ?'],
    ['Free', '0 ?'],
    ['Price: FREE!', '0 ?'],
    ['Free shipping', 'none ?'],
    ['sugar-free', 'none ?'],
    ['', 'none ?'],
  ])('reads %s as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('currency', () => {
  test.each([
    ['990 ₽', null, '990 RUB'],
    ['990р', null, '990 RUB'],
    ['990 Р', null, '990 RUB'],
    ['990 рублей', null, '990 RUB'],
    ['15 бел. руб.', null, '15 BYN'],
    ['990', 'руб.', '990 RUB'],
    ['990', '2 069 рублей', '990 RUB'],
    ['17,95', 'DKK/stk', '17.95 DKK'],
    ['$5', null, '5 ?'],
    ['$5', 'USD', '5 USD'],
    ['$5', 'EUR', '5 ?'],
    ['US $5', null, '5 USD'],
    ['$ SGD4.90', null, '4.9 SGD'],
    ['199 kr', 'Pris i SEK', '199 SEK'],
    ['£54.17', 'USD', '54.17 GBP'],
    ['£6 (US$ 8)', null, '6 GBP'],
    ['S/. 25', null, '25 PEN'],
    ['R 1 299.00', null, '1299 ZAR'],
    ['990', 'TRY NOW', '990 ?'],
    ['990', 'ALL sizes', '990 ?'],
    ['990 usd', null, '990 USD'],
    ['56,000 تومان', null, '56000 ?'],
  ])('reads %s with hint %s as %s', (text, hint, expected) => {
    expect(read(text, hint)).toBe(expected);
  });
});

describe('round trips', () => {
  const locales = [
    'en-US',
    'ru-RU',
    'de-DE',
    'fr-FR',
    'pl-PL',
    'de-CH',
    'hi-IN',
    'es-MX',
    'sv-SE',
    'uk-UA',
    'tr-TR',
    'ja-JP',
  ];
  const currencies = ['EUR', 'RUB', 'GBP', 'CHF', 'PLN', 'UAH', 'INR', 'TRY', 'CZK', 'KZT'];

  it('reads what Intl writes, for whole cents in many locales and currencies', () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.integer({ min: 0, max: 99_999_999_99 }),
          fc.constantFrom(...locales),
          fc.constantFrom(...currencies),
          fc.constantFrom('symbol', 'code'),
        ),
        ([cents, locale, currency, currencyDisplay]) => {
          const format = new Intl.NumberFormat(locale, {
            style: 'currency',
            currency,
            currencyDisplay,
            minimumFractionDigits: 2,
          });
          const parsed = parsePrice(format.format(cents / 100));
          expect({ amount: Number(parsed.amount), currency: parsed.currency }).toEqual({
            amount: cents / 100,
            currency,
          });
        },
      ),
    );
  });

  it('never throws, and gives a plain decimal or nothing', () => {
    const piece = fc.constantFrom(
      '1',
      '23',
      '456',
      '7890',
      ' ',
      NBSP,
      '.',
      ',',
      "'",
      '€',
      '$',
      'руб',
      'kr',
      '%',
      'free',
      '-',
      'х',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        fc.string(),
        (text, currencyHint) => {
          const { amount, currency } = parsePrice(text, { currencyHint });
          expect(amount ?? '0').toMatch(/^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
          expect(currency ?? 'EUR').toMatch(/^[A-Z]{3}$/);
        },
      ),
    );
  });

  it.each(['1 ', '1.', '1,234 ', '9', 'р. ', '$', ' ', '1 € ', '1 a р. b ', ' 234'])(
    'takes time in proportion to the text: %j repeated',
    (unit) => {
      const { amount } = parsePrice(unit.repeat(100_000), { currencyHint: unit.repeat(100_000) });
      expect(amount ?? '0').toMatch(/^\d/);
    },
    // Quadratic work over this much text would take minutes.
    10_000,
  );
});
