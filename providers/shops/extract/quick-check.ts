import { decodeHTML } from 'entities';
import type { Availability, Price } from '../../../domain/catalog/product-page.ts';
import { mainPart } from './main-part.ts';
import { scanRows } from './scan-rows.ts';
import { sameAmount, textPrice } from './price-value.ts';
import { writtenAmount } from './shown-amount.ts';

/** What JSON-LD claims and the page has to bear out before its DOM can be spared. */
export interface Claim {
  readonly price: Price;
  readonly availability: Availability;
  readonly sku: string;
}

/** What a page that bears out its JSON-LD shows beyond it. */
export interface Evidence {
  /** The one crossed-out amount beside the price. */
  readonly oldPrice: Price | null;
  /** Rows of two cells and definitions, as name and text. */
  readonly rows: readonly (readonly [string, string])[];
}

const STRUCK =
  /<(?:del|s|strike)[\s>]|line-through|(?:old|was|before|list|regular|crossed|strike|original|compare)[\w-]{0,12}price|price[\w-]{0,4}(?:old|was|before|list|regular|crossed|compare)|(?:buy|price|cost)__(?:old|was|before)/gi;
const OUT =
  /out[ -]of[ -]stock|sold[ -]?out|unavailable|not available|no longer available|нет в наличии|нет на складе|распродан|закончился|ausverkauft|nicht (?:mehr )?(?:verfügbar|lieferbar|auf lager)|en rupture|indisponible|épuisé|agotado|esgotado|non disponibile|esaurito|niedostępn|vyprodáno|uitverkocht|slutsåld|udsolgt|saadaval/i;
const SKU_HOOK =
  /["\s_-](?:sku|article[_-]?number|product[_-]?(?:code|reference|sku)|item[_-]?number)["\s]|[>\s](?:sku|артикул|код товара|art(?:ikel)?\.?[ -]?(?:nr|no)|product code|item (?:no|number|code)|style (?:no|number|code)|référence|ref\.?|référence|cod(?:ice|igo|\.)?|kod produktu)\s{0,3}[:.#№]/gi;
/** Characters within which an old price stands beside the price, and an article number behind its label. */
const REACH = 600;
const LABEL_REACH = 200;

/**
 * What a page shows when it bears out its JSON-LD, judged by scans of the product's part without a DOM: the amount is
 * shown and not crossed out, its words on stock say the same, and no other article number is in sight. Null otherwise.
 */
export function bearsOut(html: string, { price, availability, sku }: Claim): Evidence | null {
  const part = mainPart(html);
  if (part === null || !isStockBorneOut(part, availability) || !isSkuKnown(part, sku)) return null;
  const struck = struckPrices(part, price);
  return struck === null || struck.length > 1 ? null : { oldPrice: struck[0] ?? null, rows: scanRows(part) };
}

function isStockBorneOut(part: string, availability: Availability): boolean {
  if (availability === 'in_stock') return !OUT.test(part);
  return availability === 'out_of_stock' && OUT.test(part);
}

/** Different amounts that are crossed out beside the price; null when the price is not shown or is itself among them. */
function struckPrices(part: string, price: Price): readonly Price[] | null {
  const places = shownAt(part, price.amount);
  if (places.length === 0) return null;
  const struck: Price[] = [];
  STRUCK.lastIndex = 0;
  let marks = 0;
  for (let hit = STRUCK.exec(part); hit !== null && marks < 60; hit = STRUCK.exec(part), marks += 1) {
    const { index } = hit;
    const amount = amountAfter(part, index, price.currency);
    if (amount === null) continue;
    if (Number(amount.amount) <= Number(price.amount)) return null;
    const isBeside = places.some((place) => Math.abs(place - index) < REACH);
    if (isBeside && !struck.some((known) => sameAmount(known.amount, amount.amount))) struck.push(amount);
  }
  return struck;
}

/** Where the amount is shown, at most 20 places. */
function shownAt(part: string, amount: string): readonly number[] {
  const pattern = new RegExp(`(?<![\\d.,])${writtenAmount(amount)}(?:[.,]00?)?(?![\\d]|[.,]\\d)`, 'g');
  const places: number[] = [];
  for (let hit = pattern.exec(part); hit !== null && places.length < 20; hit = pattern.exec(part)) {
    places.push(hit.index);
  }
  return places;
}

/** The first amount in the text behind the tag at or around a position. */
function amountAfter(part: string, at: number, currency: string | null): Price | null {
  const text = part.slice(part.indexOf('>', at) + 1, at + 300);
  const shown = /^(?:[^\d<]{0,40}<[^<>]{0,120}>){0,4}[^\d<]{0,20}\d[^<]{0,30}/.exec(text)?.[0];
  return shown === undefined ? null : textPrice(decodeHTML(shown.replace(/<[^<>]*>/g, ' ')), currency);
}

/** Whether no label or hook for an article number has another one right behind it. */
function isSkuKnown(part: string, sku: string): boolean {
  SKU_HOOK.lastIndex = 0;
  for (let hit = SKU_HOOK.exec(part); hit !== null; hit = SKU_HOOK.exec(part)) {
    const from = hit.index + hit[0].length;
    const behind = part.slice(from, from + LABEL_REACH);
    if (!behind.includes(sku) && CODE.test(behind.replace(/^[^<>]*>|<[^<>]*(?:>|$)/g, ' ').slice(0, 60))) return false;
  }
  return true;
}

/** A word with three digits. */
const CODE = /(?:\p{L}|[-._/])*\d(?:[\p{L}\d]|[-._/])*\d(?:[\p{L}\d]|[-._/])*\d/u;
