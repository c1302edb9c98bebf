import { parsePrice } from '../../../domain/catalog/price.ts';
import type { Price } from '../../../domain/catalog/product-page.ts';

/** An amount as machine-readable data writes it: `1234.5` is exact, anything else is read as text; null for none or zero. */
export function structuredPrice(amount: unknown, currency: string | null): Price | null {
  const text = typeof amount === 'number' ? String(amount) : amount;
  if (typeof text !== 'string') return null;
  const exact = /^\s*(\d{1,12})(?:\.(\d{1,6}))?\s*$/.exec(text);
  if (exact === null) return text.length > 60 ? null : textPrice(text, currency);
  const plain = plainDecimal(exact[1] ?? '', exact[2] ?? '');
  return Number(plain) > 0 ? { amount: plain, currency } : null;
}

/** "015" and "50" → "15.5": one spelling for one amount. */
function plainDecimal(whole: string, fraction: string): string {
  const cents = fraction.replace(/0+$/, '');
  return whole.replace(/^0+(?=\d)/, '') + (cents === '' ? '' : `.${cents}`);
}

/** ISO 4217 of a currency as pages state it: a code, an outdated code (RUR) or a sign that means one currency; null for others. */
export function currencyCode(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text.length > 12) return null;
  const trimmed = text.trim();
  return parsePrice(`1 ${trimmed}`).currency ?? (/^[A-Z]{3}$/.test(trimmed) ? trimmed : null);
}

/** A price as people write it; null when there is none, or it is zero. */
export function textPrice(text: string, currency: string | null): Price | null {
  const parsed = parsePrice(text, { currencyHint: currency });
  if (parsed.amount === null || !(Number(parsed.amount) > 0)) return null;
  return { amount: parsed.amount, currency: parsed.currency ?? currency };
}

/** Whether two decimal strings are the same amount ("15" and "15.00" are). */
export function sameAmount(one: string, other: string): boolean {
  return Math.abs(Number(one) - Number(other)) < 0.005;
}
