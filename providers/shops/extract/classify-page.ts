import { saysMissing } from '../../../domain/catalog/missing-page.ts';
import type { ProductPage } from '../../../domain/catalog/product-page.ts';

export type PageKind = 'product' | 'listing' | 'soft-404' | 'other';

/** What a fetched page is, with the observations that say so. */
export interface PageClass {
  readonly kind: PageKind;
  readonly reasons: readonly string[];
}

/** What is known about a page when it is judged. */
export interface ClassifyInput {
  readonly product: ProductPage;
  /** How many product cards or product links the page has; 0 when it was not looked at. */
  readonly productLinks: number;
  /** Address asked for and address that answered. */
  readonly requestedUrl: string;
  readonly finalUrl: string;
}

const MARKUP = new Set(['json-ld', 'microdata', 'rdfa', 'api', 'selector']);

/** Whether a page is a product page, a catalogue page, a missing page served with status 200, or something else. */
export function classifyPage(input: ClassifyInput): PageClass {
  const missing = missingReasons(input);
  if (missing.length > 0) return { kind: 'soft-404', reasons: missing };
  const product = productReasons(input.product);
  const isStated = product.some((reason) => reason.startsWith('markup'));
  if (isStated || (product.length >= 2 && input.productLinks < 12)) return { kind: 'product', reasons: product };
  if (input.productLinks >= 3) return { kind: 'listing', reasons: [`${input.productLinks} product cards`, ...product] };
  return product.length >= 2
    ? { kind: 'product', reasons: product }
    : { kind: 'other', reasons: ['no product and no cards', ...product] };
}

/** Whether what was read from a page is enough to call it a product: a title and a price, a stock state or an article number. */
export function looksLikeProduct(product: ProductPage): boolean {
  return productReasons(product).length >= 2;
}

function productReasons(product: ProductPage): readonly string[] {
  const { title, price, availability, sku, gtin } = product;
  if (title === undefined) return [];
  const reasons = [
    price === undefined ? [] : [`price from ${price.from}`],
    availability === undefined ? [] : [`availability from ${availability.from}`],
    gtin === undefined ? [] : [`barcode from ${gtin.from}`],
    sku === undefined || sku.from === 'url' ? [] : [`article number from ${sku.from}`],
  ].flat();
  return isMarkedUp(product) ? [`markup: product in ${title.from}`, ...reasons] : reasons;
}

function isMarkedUp({ title, price, availability, sku }: ProductPage): boolean {
  if (title === undefined || !MARKUP.has(title.from)) return false;
  return [price, availability, sku].some((field) => field !== undefined && MARKUP.has(field.from));
}

function missingReasons({ product, requestedUrl, finalUrl }: ClassifyInput): readonly string[] {
  const reasons: string[] = [];
  const title = product.title?.value ?? '';
  if (product.price === undefined && saysMissing(title)) reasons.push(`title says "${title.slice(0, 80)}"`);
  const [asked, given] = [URL.parse(requestedUrl), URL.parse(finalUrl)];
  const isHome =
    asked !== null && given !== null && asked.pathname.length > 1 && given.pathname === '/' && given.search === '';
  if (isHome) reasons.push('redirected to the front page');
  return reasons;
}
