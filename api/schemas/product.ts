import { z } from 'zod';
import type { PriceChange } from '../../db/entities/price-change.ts';
import type { ProductHit } from '../../db/repositories/product-search.ts';
import type { ProductWithSource } from '../../db/repositories/products-read.ts';
import { isCurrencyCode } from '../../domain/shared/iso-4217.ts';
import { fromMinor } from '../../domain/shared/money.ts';

const MoneyOut = z
  .object({ amount: z.string().describe('major units, plain decimal'), currency: z.string().nullable() })
  .meta({ title: 'Money' });
const AvailabilityOut = z.enum(['in_stock', 'out_of_stock', 'preorder', 'discontinued']).nullable();
const SourceRef = z.object({ id: z.uuid(), name: z.string() });

const common = {
  id: z.uuid(),
  url: z.string().describe("the product's own page"),
  title: z.string(),
  brand: z.string().nullable(),
  price: MoneyOut.nullable().describe('null = the page names none'),
  oldPrice: MoneyOut.nullable().describe('the crossed-out price'),
  highPrice: MoneyOut.nullable().describe('the highest price when variants differ'),
  availability: AvailabilityOut,
  image: z.string().nullable().describe('main photo'),
  source: SourceRef,
  missing: z.array(z.string()).describe('fields a complete product has and this one lacks'),
  lastSeenAt: z.iso.datetime(),
};

export const ProductItemOut = z
  .object({ ...common, score: z.number().nullable().describe('higher is nearer to the query; null without one') })
  .meta({ title: 'ProductItem' });

export const ProductOut = z
  .object({
    ...common,
    description: z.string().nullable(),
    sku: z.string().nullable(),
    gtin: z.string().nullable(),
    mpn: z.string().nullable(),
    categoryPath: z.array(z.string()),
    images: z.array(z.string()),
    attributes: z.record(z.string(), z.string()),
    variants: z.array(
      z.object({
        name: z.string(),
        sku: z.string().nullable(),
        price: MoneyOut.nullable(),
        availability: AvailabilityOut,
        url: z.string().nullable(),
      }),
    ),
    rating: z.object({ value: z.number(), outOf: z.number(), count: z.number().nullable() }).nullable(),
    language: z.string().nullable(),
    provenance: z
      .record(z.string(), z.object({ from: z.string(), confidence: z.number() }))
      .describe('for each field where it was found and how sure that is, 0..1'),
    firstSeenAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
    goneAt: z.iso.datetime().nullable().describe('its own page said so twice'),
  })
  .meta({ title: 'Product' });

export const PriceOut = z
  .object({
    seenAt: z.iso.datetime(),
    price: MoneyOut.nullable(),
    oldPrice: MoneyOut.nullable(),
    availability: AvailabilityOut,
  })
  .meta({ title: 'PriceChange' });

type Minor = number | null | undefined;

/** Minor units as an amount; a currency that is not known has two decimals. */
function money(minor: Minor, currency: string | null | undefined): z.input<typeof MoneyOut> | null {
  if (minor === null || minor === undefined) return null;
  const known = currency !== null && currency !== undefined && isCurrencyCode(currency);
  return { amount: fromMinor(minor, known ? currency : 'EUR'), currency: currency ?? null };
}

/** The answer's form of a search hit. */
export function productItemOut(hit: ProductHit, sourceName: string): z.input<typeof ProductItemOut> {
  return {
    id: hit.id,
    url: hit.url,
    title: hit.title,
    brand: hit.brand,
    price: money(hit.priceMinor, hit.currency),
    oldPrice: money(hit.oldPriceMinor, hit.currency),
    highPrice: money(hit.highPriceMinor, hit.currency),
    availability: hit.availability,
    image: hit.images[0] ?? null,
    source: { id: hit.sourceId, name: sourceName },
    missing: [...hit.missing],
    lastSeenAt: hit.lastSeenAt,
    score: hit.score,
  };
}

/** The answer's form of one product, with everything that is known. */
export function productOut({ product, source }: ProductWithSource): z.input<typeof ProductOut> {
  const { currency } = product;
  return {
    id: product.id,
    url: product.url,
    title: product.title,
    price: money(product.priceMinor, currency),
    oldPrice: money(product.oldPriceMinor, currency),
    highPrice: money(product.highPriceMinor, currency),
    availability: product.availability ?? null,
    image: product.images[0] ?? null,
    source,
    missing: [...product.missing],
    ...texts(product),
    categoryPath: [...product.categoryPath],
    images: [...product.images],
    attributes: product.attributes,
    variants: [...product.variants],
    rating: product.rating ?? null,
    provenance: product.provenance,
    lastSeenAt: product.lastSeenAt.toISOString(),
    firstSeenAt: product.firstSeenAt.toISOString(),
    changedAt: product.changedAt.toISOString(),
    goneAt: product.goneAt?.toISOString() ?? null,
  };
}

const texts = ({ brand, description, sku, gtin, mpn, language }: ProductWithSource['product']) => ({
  brand: brand ?? null,
  description: description ?? null,
  sku: sku ?? null,
  gtin: gtin ?? null,
  mpn: mpn ?? null,
  language: language ?? null,
});

/** The answer's form of one row of the price history. */
export function priceOut({ seenAt, priceMinor, oldPriceMinor, currency, availability }: PriceChange) {
  return {
    seenAt: seenAt.toISOString(),
    price: money(priceMinor, currency),
    oldPrice: money(oldPriceMinor, currency),
    availability: availability ?? null,
  };
}
