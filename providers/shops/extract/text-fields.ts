import type { Availability, FieldOrigin, Rating } from '../../../domain/catalog/product-page.ts';
import { availabilityValue } from './availability-value.ts';
import { stockMeaning } from './stock-words.ts';
import { absoluteUrl } from './dom.ts';
import { plainText } from './plain-text.ts';
import { structuredPrice, textPrice } from './price-value.ts';
import { found } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';

type Texts = ReadonlyMap<string, readonly string[]>;

/** Fields of the source's own rules from the texts that each rule found; texts that mean nothing for a field are dropped. */
export function fieldsFromTexts(texts: Texts, origin: FieldOrigin, context: PageContext): ProductDraft {
  return {
    ...plainFields(texts, origin),
    ...priceFields(texts, origin, context),
    ...linkFields(texts, origin, context),
    ...listFields(texts, origin),
  };
}

function plainFields(texts: Texts, origin: FieldOrigin): ProductDraft {
  const draft: ProductDraft = {};
  for (const name of ['title', 'brand', 'sku', 'gtin', 'mpn', 'description', 'language'] as const) {
    const text = plainText(texts.get(name)?.[0] ?? '');
    if (text !== '') draft[name] = found(text, origin);
  }
  const availability = availabilityOf(texts.get('availability')?.[0]);
  if (availability !== null) draft.availability = found(availability, origin);
  return draft;
}

function availabilityOf(text: string | undefined): Availability | null {
  if (text === undefined) return null;
  if (/^(?:true|1|yes)$/i.test(text)) return 'in_stock';
  if (/^(?:false|0|no)$/i.test(text)) return 'out_of_stock';
  return stockMeaning(text) ?? availabilityValue(text);
}

function priceFields(texts: Texts, origin: FieldOrigin, context: PageContext): ProductDraft {
  const draft: ProductDraft = {};
  // A JSON number is exact: 34.125 is no thirty-four thousand there.
  const read = origin === 'api' ? structuredPrice : textPrice;
  for (const name of ['price', 'highPrice', 'oldPrice'] as const) {
    const text = texts.get(name)?.[0];
    const price = text === undefined ? null : read(text, context.currency);
    if (price !== null) draft[name] = found(price, origin);
  }
  return draft;
}

function listFields(texts: Texts, origin: FieldOrigin): ProductDraft {
  const draft: ProductDraft = {};
  const path = (texts.get('categoryPath') ?? []).map(plainText).filter((text) => text !== '');
  if (path.length > 0) draft.categoryPath = found(path, origin);
  const rating = ratingOf(texts.get('rating')?.[0] ?? '');
  if (rating !== null) draft.rating = found(rating, origin);
  return draft;
}

function linkFields(texts: Texts, origin: FieldOrigin, context: PageContext): ProductDraft {
  const draft: ProductDraft = {};
  const images = (texts.get('images') ?? []).flatMap((link) => absoluteUrl(link, context.url) ?? []);
  if (images.length > 0) draft.images = found([...new Set(images)], origin);
  const canonical = absoluteUrl(texts.get('canonicalUrl')?.[0] ?? '', context.url);
  if (canonical !== null) draft.canonicalUrl = found(canonical, origin);
  return draft;
}

/** A bare number; its scale is the smallest usual one that holds it. */
function ratingOf(text: string): Rating | null {
  const value = Number(/\d+(?:[.,]\d+)?/.exec(text)?.[0].replace(',', '.') ?? '0');
  const outOf = [5, 10, 100].find((top) => value <= top);
  return value > 0 && outOf !== undefined ? { value, outOf, count: null } : null;
}
