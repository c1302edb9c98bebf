import { toMinor } from '../shared/money.ts';
import type {
  Availability,
  FieldOrigin,
  Found,
  Price,
  ProductField,
  ProductPage,
  Rating,
  Variant,
} from './product-page.ts';

/** A product as it is stored: one per canonical page. Amounts are minor units of `currency`. */
export interface ProductRecord {
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
  readonly brand: string | null;
  readonly sku: string | null;
  readonly gtin: string | null;
  readonly mpn: string | null;
  readonly categoryPath: readonly string[];
  readonly images: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly variants: readonly Variant[];
  readonly rating: Rating | null;
  readonly priceMinor: number | null;
  readonly highPriceMinor: number | null;
  readonly oldPriceMinor: number | null;
  readonly currency: string | null;
  readonly availability: Availability | null;
  readonly language: string | null;
  readonly provenance: Readonly<
    Partial<Record<ProductField, { readonly from: FieldOrigin; readonly confidence: number }>>
  >;
  /** Fields that a complete product has and this page lacks. */
  readonly missing: readonly ProductField[];
}

/** Without these a product is partial: it is kept, shown, and says what it lacks. */
const EXPECTED = ['price', 'images', 'availability'] as const satisfies readonly ProductField[];

/**
 * What to store of a product page, or null when it has no title: then it is no product.
 * @param defaults  the source's own currency and language, for pages that do not say
 */
export function toProductRecord(
  page: ProductPage,
  url: string,
  defaults: { readonly currency: string | null; readonly language: string | null },
): ProductRecord | null {
  const title = page.title?.value.trim();
  if (title === undefined || title === '') return null;
  const currency = statedCurrency(page) ?? defaults.currency;
  const minor = (price: Price | undefined) => (price === undefined ? null : amountMinor(price, currency));
  return {
    url,
    title,
    description: valueOf(page.description, null),
    brand: valueOf(page.brand, null),
    sku: valueOf(page.sku, null),
    gtin: valueOf(page.gtin, null),
    mpn: valueOf(page.mpn, null),
    categoryPath: valueOf(page.categoryPath, []),
    images: valueOf(page.images, []),
    attributes: valueOf(page.attributes, {}),
    variants: valueOf(page.variants, []),
    rating: valueOf(page.rating, null),
    priceMinor: minor(page.price?.value),
    highPriceMinor: minor(page.highPrice?.value),
    oldPriceMinor: minor(page.oldPrice?.value),
    currency: page.price === undefined && page.highPrice === undefined ? null : currency,
    availability: valueOf(page.availability, null),
    language: valueOf(page.language, defaults.language),
    provenance: provenance(page),
    missing: EXPECTED.filter((field) => page[field] === undefined),
  };
}

const valueOf = <T, D>(found: Found<T> | undefined, otherwise: D): T | D =>
  found === undefined ? otherwise : found.value;

const statedCurrency = ({ price, highPrice }: ProductPage): string | null =>
  price?.value.currency ?? highPrice?.value.currency ?? null;

/** A price in another currency than the product's cannot stand in one row with it; an unknown currency has two decimals. */
function amountMinor({ amount, currency }: Price, of: string | null): number | null {
  if (currency !== null && currency !== of) return null;
  return toMinor(amount, of ?? 'EUR');
}

function provenance(page: ProductPage): ProductRecord['provenance'] {
  const found: Partial<Record<ProductField, { from: FieldOrigin; confidence: number }>> = {};
  for (const field of Object.keys(page) satisfies string[]) {
    if (!isField(page, field)) continue;
    const value = page[field];
    if (value !== undefined) found[field] = { from: value.from, confidence: value.confidence };
  }
  return found;
}

const isField = (page: ProductPage, field: string): field is ProductField => Object.hasOwn(page, field);

/** The fields that a product is found by. */
export type SearchableFields = Pick<ProductRecord, 'title' | 'brand' | 'categoryPath' | 'attributes' | 'description'>;

/** What full text, vectors and scores are made of; when it is the same, none of them is made anew. */
export function searchableText({ title, brand, categoryPath, attributes, description }: SearchableFields): string {
  const facts = Object.entries(attributes).map(([name, value]) => `${name}: ${value}`);
  return [title, brand ?? '', categoryPath.join(' / '), facts.join('; '), description ?? '']
    .filter((part) => part !== '')
    .join('\n');
}

/**
 * What the vectors of an embedding model are made of. Models read only the beginning of a text, and a list of technical
 * data drowns its meaning, so attributes are left to the full-text index.
 */
export function meaningText({ title, categoryPath, description }: SearchableFields): string {
  return [title, categoryPath.join(' / '), description ?? ''].filter((part) => part !== '').join('\n');
}
