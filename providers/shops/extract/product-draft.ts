import type { FieldOrigin, Found, ProductField, ProductPage } from '../../../domain/catalog/product-page.ts';

/** A product page while its fields are being found. */
export type ProductDraft = { -readonly [K in ProductField]?: ProductPage[K] };

/** What a reader needs to know about the page besides its markup. */
export interface PageContext {
  readonly url: string;
  /** ISO 4217 of the source, used when the page names none. */
  readonly currency: string | null;
  /** BCP 47 primary language of the source or the page. */
  readonly language: string | null;
}

/** How sure a reader of each origin is of what it reads, 0..1. */
export const CONFIDENCE: Readonly<Record<FieldOrigin, number>> = {
  selector: 1,
  api: 1,
  'json-ld': 0.95,
  microdata: 0.9,
  rdfa: 0.85,
  opengraph: 0.8,
  'embedded-state': 0.7,
  dom: 0.6,
  url: 0.5,
};

/** A value with its origin and that origin's usual confidence. */
export function found<T>(value: T, from: FieldOrigin, confidence = CONFIDENCE[from]): Found<T> {
  return { value, from, confidence };
}

/** The fields of each reading in turn; an earlier reading wins where both have a field. */
export function mergeDrafts(drafts: readonly ProductDraft[]): ProductDraft {
  const merged: ProductDraft = {};
  for (const draft of drafts.toReversed()) Object.assign(merged, draft);
  return merged;
}
