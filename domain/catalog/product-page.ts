/** Where a field's value was found. */
export type FieldOrigin =
  'selector' | 'api' | 'json-ld' | 'microdata' | 'rdfa' | 'opengraph' | 'embedded-state' | 'dom' | 'url';

/** A value with its provenance; `confidence` is 0..1, where 1 means the source's own configuration says so. */
export interface Found<T> {
  readonly value: T;
  readonly from: FieldOrigin;
  readonly confidence: number;
}

/** An amount as the page states it: `amount` is a plain decimal ("1234.5"), `currency` ISO 4217 or null when unknown. */
export interface Price {
  readonly amount: string;
  readonly currency: string | null;
}

export type Availability = 'in_stock' | 'out_of_stock' | 'preorder' | 'discontinued';

export interface Rating {
  readonly value: number;
  /** Top of the scale, 5 when the page does not say. */
  readonly outOf: number;
  readonly count: number | null;
}

export interface Variant {
  readonly name: string;
  readonly sku: string | null;
  readonly price: Price | null;
  readonly availability: Availability | null;
  readonly url: string | null;
}

/** What one product page says, field by field; an absent field was not found. */
export interface ProductPage {
  readonly title?: Found<string>;
  /** The price it is for sale at now; the lowest one when variants differ. */
  readonly price?: Found<Price>;
  readonly highPrice?: Found<Price>;
  /** The crossed-out price. */
  readonly oldPrice?: Found<Price>;
  readonly availability?: Found<Availability>;
  readonly brand?: Found<string>;
  readonly sku?: Found<string>;
  readonly gtin?: Found<string>;
  readonly mpn?: Found<string>;
  /** Absolute http(s) URLs, main photo first. */
  readonly images?: Found<readonly string[]>;
  readonly description?: Found<string>;
  readonly attributes?: Found<Readonly<Record<string, string>>>;
  /** From the root to the leaf. */
  readonly categoryPath?: Found<readonly string[]>;
  readonly rating?: Found<Rating>;
  readonly variants?: Found<readonly Variant[]>;
  readonly canonicalUrl?: Found<string>;
  /** BCP 47 primary language, lower case. */
  readonly language?: Found<string>;
}

export type ProductField = keyof ProductPage;
