import type { ProductRecord } from '../../domain/catalog/product-record.ts';

/** Fills what a test does not care about. */
export const productRecord = (
  record: Partial<ProductRecord> & Pick<ProductRecord, 'url' | 'title'>,
): ProductRecord => ({
  description: null,
  brand: null,
  sku: null,
  gtin: null,
  mpn: null,
  categoryPath: [],
  images: [],
  attributes: {},
  variants: [],
  rating: null,
  priceMinor: null,
  highPriceMinor: null,
  oldPriceMinor: null,
  currency: null,
  availability: null,
  language: null,
  provenance: {},
  missing: [],
  ...record,
});
