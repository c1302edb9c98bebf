import { DomainError } from './errors.ts';
import { currencyExponent } from './iso-4217.ts';

const AMOUNT = /^(-?)(\d+)(?:\.(\d+))?$/;
/** Languages that write the currency before the amount; all others here write it after. */
const CURRENCY_FIRST: ReadonlySet<string> = new Set(['en', 'ja', 'zh', 'hi']);
const SIGNS: Readonly<Record<string, string>> = {
  AMD: '֏',
  AZN: '₼',
  EUR: '€',
  GBP: '£',
  GEL: '₾',
  ILS: '₪',
  INR: '₹',
  JPY: '¥',
  KRW: '₩',
  KZT: '₸',
  RUB: '₽',
  TRY: '₺',
  UAH: '₴',
  USD: '$',
  VND: '₫',
};
const NBSP = '\u00a0';

/**
 * An amount in its currency's smallest unit (kopecks, cents); more digits than the currency has are rounded, half up.
 * @param amount  plain decimal, "1234.5"
 * @param currency  ISO 4217
 * @throws DomainError 'invalid-amount' when it is no plain decimal or passes 2^53; RangeError for an unknown currency
 */
export function toMinor(amount: string, currency: string): number {
  const exponent = currencyExponent(currency);
  const match = AMOUNT.exec(amount);
  if (match === null) throw new DomainError('invalid-amount', `not a decimal amount: ${amount}`);
  const [, sign = '', whole = '', fraction = ''] = match;
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  const roundedUp = (fraction[exponent] ?? '0') >= '5' ? 1 : 0;
  const minor = Number(whole + kept) + roundedUp;
  if (!Number.isSafeInteger(minor)) throw new DomainError('invalid-amount', `amount is too large: ${amount}`);
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/**
 * The plain decimal of an amount in the smallest unit, with all the digits its currency has: 129950 RUB is "1299.50".
 * @throws RangeError when `minor` is no safe integer or the currency is unknown
 */
export function fromMinor(minor: number, currency: string): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`minor units must be a whole number, got ${minor}`);
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const sign = minor < 0 ? '-' : '';
  const whole = digits.slice(0, digits.length - exponent);
  return exponent === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-exponent)}`;
}

function grouped(whole: string, separator: string): string {
  const head = whole.length % 3 === 0 ? 3 : whole.length % 3;
  const groups = [whole.slice(0, head)];
  for (let at = head; at < whole.length; at += 3) groups.push(whole.slice(at, at + 3));
  return groups.join(separator);
}

function formatAmount(decimal: string, english: boolean): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const shown = Number(fraction) === 0 ? '' : (english ? '.' : ',') + fraction;
  return grouped(whole, english ? ',' : NBSP) + shown;
}

/**
 * An amount for people: "1 299,50 ₽" in Russian, "₽1,299.50" in English; whole amounts without a fraction.
 * Made without Intl, whose output changes with the ICU data of the machine.
 * @param minor  smallest units of `currency` (ISO 4217)
 * @param locale  BCP 47; its language alone decides
 * @throws RangeError as {@link fromMinor}
 */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const first = CURRENCY_FIRST.has(locale.toLowerCase().split('-')[0] ?? '');
  const amount = formatAmount(fromMinor(Math.abs(minor), currency), first);
  const sign = SIGNS[currency];
  const named = first ? (sign ?? `${currency}${NBSP}`) + amount : `${amount}${NBSP}${sign ?? currency}`;
  return minor < 0 ? `−${named}` : named;
}
