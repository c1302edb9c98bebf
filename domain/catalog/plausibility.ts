import { saysMissing } from './missing-page.ts';
import type { ProductRecord } from './product-record.ts';

/** Why a reading is not believed at first sight. */
export type Doubt =
  | 'placeholder-price'
  | 'missing-page'
  | 'price-jump'
  | 'price-vanished'
  | 'currency-switched'
  | 'title-replaced'
  | 'shared-price'
  | 'shared-title';

/** What a reading is judged by. */
export type Reading = Pick<
  ProductRecord,
  'url' | 'title' | 'sku' | 'gtin' | 'priceMinor' | 'currency' | 'availability'
>;
/** The same fields as they are stored. */
export type Known = Omit<Reading, 'url' | 'availability'>;

/** A price that changes by more than this factor is doubted; 5 lets a sale of 80 % and its end through. */
export const PRICE_FACTOR = 5;
/** 0 and 0.01: what shops write where there is no price. */
const PLACEHOLDER_MINOR = 1;
/** Share of the shorter title's words that a changed title must keep. */
const KEPT_WORDS = 0.25;
const NOT_FOR_SALE = new Set(['out_of_stock', 'discontinued']);

/**
 * Doubts that asking again at once cannot settle, because a shop that errs so errs for hours and on every page:
 * only another crawl confirms them.
 */
const NEEDS_ANOTHER_CRAWL: ReadonlySet<Doubt> = new Set([
  'placeholder-price',
  'missing-page',
  'price-vanished',
  'shared-price',
  'shared-title',
]);
export const needsAnotherCrawl = (doubt: Doubt): boolean => NEEDS_ANOTHER_CRAWL.has(doubt);

/** What is wrong with a reading by itself, or null; what is stored already is not wrong again. */
export function ownDoubt(known: Known | null, reading: Reading): Doubt | null {
  const { priceMinor, title } = reading;
  if (priceMinor !== null && priceMinor <= PLACEHOLDER_MINOR && known?.priceMinor !== priceMinor) {
    return 'placeholder-price';
  }
  return saysMissing(title) && known?.title !== title ? 'missing-page' : null;
}

/** Why a reading is hard to believe of the product as it is known, or null; nothing is known = any reading will do. */
export function doubtOf(known: Known | null, reading: Reading): Doubt | null {
  const own = ownDoubt(known, reading);
  if (own !== null || known === null) return own;
  if (isOtherTitle(known, reading)) return 'title-replaced';
  return priceDoubt(known, reading);
}

function priceDoubt(known: Known, { priceMinor, currency, availability }: Reading): Doubt | null {
  if (known.priceMinor === null) return null;
  if (priceMinor === null) {
    return availability !== null && NOT_FOR_SALE.has(availability) ? null : 'price-vanished';
  }
  if (known.currency !== null && currency !== null && known.currency !== currency) return 'currency-switched';
  if (known.priceMinor <= PLACEHOLDER_MINOR) return null; // any price is better
  const [low, high] = [Math.min(known.priceMinor, priceMinor), Math.max(known.priceMinor, priceMinor)];
  return high > low * PRICE_FACTOR ? 'price-jump' : null;
}

/** An article number that stays says that the product does, however it is called now. */
function isOtherTitle(known: Known, reading: Reading): boolean {
  if (known.title === reading.title) return false;
  if ((known.sku !== null && known.sku === reading.sku) || (known.gtin !== null && known.gtin === reading.gtin)) {
    return false;
  }
  const [before, now] = [words(known.title), words(reading.title)];
  const shorter = Math.min(before.size, now.size);
  if (shorter === 0) return false;
  return [...now].filter((word) => before.has(word)).length < shorter * KEPT_WORDS;
}

const words = (title: string): Set<string> => new Set(title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

/** Whether two readings say the same of what is doubted. */
export const isSameReading = (one: Reading, other: Reading): boolean =>
  one.title === other.title && one.priceMinor === other.priceMinor && one.currency === other.currency;
