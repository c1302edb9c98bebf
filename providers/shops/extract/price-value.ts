import { parsePrice } from '../../../domain/catalog/price.ts';
import type { Price } from '../../../domain/catalog/product-page.ts';

/** An amount as machine-readable data writes it: `1234.5` is exact, anything else is read as text; null for none or zero. */
export function structuredPrice(amount: unknown, currency: string | null): Price | null {
  if (typeof amount === 'number')
    return Number.isFinite(amount) && amount > 0 ? { amount: String(amount), currency } : null;
  if (typeof amount !== 'string') return null;
  const text = amount.trim();
  if (/^\d{1,12}(?:\.\d{1,6})?$/.test(text)) return Number(text) > 0 ? { amount: text, currency } : null;
  return text.length > 60 ? null : textPrice(text, currency);
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
