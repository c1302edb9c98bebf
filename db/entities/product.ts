import { defineEntity, p } from '@mikro-orm/core';
import type { Availability, FieldOrigin, ProductField, Rating, Variant } from '../../domain/catalog/product-page.ts';
import { followOffers } from './follow-offers.ts';
import { Source } from './source.ts';

/**
 * `russian` stems Cyrillic words as Russian and Latin ones as English, so one configuration serves both languages.
 * The `simple` title lets an exact word (a model number, a brand) match as it is written.
 */
export const SEARCH_TEXT_SQL = `(
  setweight(to_tsvector('russian', replace(title, 'ё', 'е')), 'A') ||
  setweight(to_tsvector('simple', coalesce(sku, '') || ' ' || coalesce(gtin, '')), 'A') ||
  setweight(to_tsvector('russian', replace(coalesce(brand, '') || ' ' || category_path::text, 'ё', 'е')), 'B') ||
  setweight(to_tsvector('russian', replace(attributes::text, 'ё', 'е')), 'C') ||
  setweight(to_tsvector('russian', replace(coalesce(description, ''), 'ё', 'е')), 'D'))`;

const ProductSchema = defineEntity({
  name: 'Product',
  tableName: 'product',
  triggers: [followOffers],
  uniques: [{ properties: ['source', 'url'] }],
  indexes: [
    { properties: ['currency', 'priceMinor'] },
    { name: 'product_search_text_index', properties: ['searchText'], type: 'gin' },
  ],
  properties: {
    id: p.uuid().primary(),
    source: () => p.manyToOne(Source).deleteRule('cascade'),
    /** Canonical page of the product. */
    url: p.text(),
    title: p.text(),
    description: p.text().nullable(),
    brand: p.text().nullable(),
    sku: p.text().nullable(),
    gtin: p.text().nullable(),
    mpn: p.text().nullable(),
    categoryPath: p.json<readonly string[]>(),
    images: p.json<readonly string[]>(),
    attributes: p.json<Readonly<Record<string, string>>>(),
    variants: p.json<readonly Variant[]>(),
    rating: p.json<Rating>().nullable(),
    /** Minor units of `currency` (kopecks, cents); null = the page names no price. */
    priceMinor: p.bigint('number').nullable(),
    highPriceMinor: p.bigint('number').nullable(),
    oldPriceMinor: p.bigint('number').nullable(),
    /** ISO 4217. */
    currency: p.text().nullable(),
    availability: p.text().$type<Availability>().nullable(),
    language: p.text().nullable(),
    provenance: p.json<Partial<Record<ProductField, { from: FieldOrigin; confidence: number }>>>(),
    /** Fields a complete product has and this one lacks, and why. */
    missing: p.json<readonly string[]>(),
    /** SHA-256 of the searchable text; vectors and scores of another hash are stale. */
    textHash: p.text(),
    firstSeenAt: p.datetime().defaultRaw('now()'),
    lastSeenAt: p.datetime().defaultRaw('now()'),
    changedAt: p.datetime().defaultRaw('now()'),
    /** Crawls in a row in which its own page said that it is gone. */
    goneVotes: p.integer().default(0),
    goneAt: p.datetime().nullable(),
    /** Full-text index of title (A), brand and category (B), attributes (C), description (D); see `SEARCH_TEXT_SQL`. */
    searchText: p.text().columnType('tsvector').generated(`${SEARCH_TEXT_SQL} stored`).lazy(),
  },
});
/** One offer of one source, as its own page states it. */
export class Product extends ProductSchema.class {}
ProductSchema.setClass(Product);
