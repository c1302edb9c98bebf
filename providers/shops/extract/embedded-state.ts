import { isText } from 'domhandler';
import type { Element } from 'domhandler';
import { availabilityValue } from './availability-value.ts';
import type { PageDom } from './dom.ts';
import { asList, isRecord, parseLenientJson } from './lenient-json.ts';
import type { JsonRecord } from './lenient-json.ts';
import { currencyCode, structuredPrice } from './price-value.ts';
import { found } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';
import { property, textValue } from './schema-node.ts';
import { wordOverlap } from './word-overlap.ts';

const MAX_SCRIPT_CHARS = 1_000_000;
/** Characters of state parsed per page at most: a page's script is not a database. */
const MAX_TOTAL_CHARS = 2_000_000;
const MAX_VISITS = 50_000;
const LEAST_LIKENESS = 0.6;

/** Reads the product object of state embedded in scripts (framework state, data layers), found by its shape and name. */
export function readEmbeddedState(
  page: PageDom,
  context: PageContext & { readonly titles: readonly string[] },
): ProductDraft {
  let best: { readonly node: JsonRecord; readonly score: number } | null = null;
  for (const state of states(page)) {
    for (const node of productShaped(state)) {
      const score = likeness(node, context.titles);
      if (score > (best?.score ?? LEAST_LIKENESS)) best = { node, score };
    }
  }
  return best === null ? {} : fieldsOf(best.node, context);
}

function* states(page: PageDom): Generator {
  let total = 0;
  for (const element of page.elements) {
    if (element.name !== 'script' || (element.attribs['type'] ?? '').includes('ld+json')) continue;
    const text = scriptText(element);
    if (text.length < 40 || text.length > MAX_SCRIPT_CHARS || !/["']?(?:sku|price|product_?id)["']?\s*:/i.test(text))
      continue;
    for (const json of jsonIn(text)) {
      total += json.length;
      if (total > MAX_TOTAL_CHARS) return;
      yield parseLenientJson(json);
    }
  }
}

function scriptText(element: Element): string {
  const [child] = element.children;
  return child !== undefined && isText(child) ? child.data : '';
}

/** Objects and arrays that a script assigns or passes, at most 12. */
function jsonIn(text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return [trimmed];
  const found: string[] = [];
  const opening = /[=(]\s{0,4}(?=[{[]\s{0,20}["{[])/g;
  for (let hit = opening.exec(text); hit !== null && found.length < 12; hit = opening.exec(text)) {
    const start = hit.index + hit[0].length;
    const end = balancedEnd(text, start);
    if (end < 0) break;
    if (end - start > 60) found.push(text.slice(start, end));
    opening.lastIndex = end;
  }
  return found;
}

/** Index after the bracket that closes the one at `start`, or -1. */
function balancedEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = quoteEnd(text, at);
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function quoteEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at;
  }
  return text.length;
}

/** Objects that have a name and a price or an article number, outer ones first. */
function productShaped(state: unknown): readonly JsonRecord[] {
  const shaped: JsonRecord[] = [];
  const queue: unknown[] = [state];
  for (let at = 0; at < queue.length && at < MAX_VISITS; at += 1) {
    const value = queue[at];
    if (isRecord(value) && isProductShaped(value)) shaped.push(value);
    for (const inner of partsOf(value)) if (typeof inner === 'object' && inner !== null) queue.push(inner);
  }
  return shaped;
}

function isProductShaped(node: JsonRecord): boolean {
  return nameOf(node) !== null && (amountOf(node) !== null || skuOf(node) !== null);
}

function partsOf(value: unknown): readonly unknown[] {
  return isRecord(value) ? Object.values(value) : asList(value).slice(0, 200);
}

function likeness(node: JsonRecord, titles: readonly string[]): number {
  const name = nameOf(node) ?? '';
  const known = Math.max(0, ...titles.map((title) => wordOverlap(name, title)));
  return name.length < 4 ? 0 : known + (skuOf(node) === null ? 0 : 0.1) + (amountOf(node) === null ? 0 : 0.1);
}

function nameOf(node: JsonRecord): string | null {
  const name = property(node, 'name', 'title', 'productName', 'product_name', 'item_name');
  return typeof name === 'string' ? name : null;
}

function skuOf(node: JsonRecord): string | null {
  const own = scalar(property(node, 'sku', 'skuId', 'productSku', 'article', 'vendorCode', 'item_id', 'productCode'));
  if (own !== null) return own;
  const variants = node['variants'];
  const first: unknown = Array.isArray(variants) && variants.length === 1 ? variants[0] : undefined;
  return isRecord(first) ? scalar(first['sku']) : null;
}

function scalar(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[\w./-]{3,32}$/.test(text) && /\d/.test(text) ? text : null;
}

/** Amounts in state that are decimal: whole numbers may be in minor units, so they are not believed. */
function amountOf(node: JsonRecord): string | null {
  const raw = property(node, 'salePrice', 'sale_price', 'currentPrice', 'current_price', 'finalPrice', 'price');
  const value = isRecord(raw) ? property(raw, 'value', 'amount', 'current', 'currentPrice') : raw;
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,9}[.,]\d{1,2}$/.test(text) ? text : null;
}

function fieldsOf(node: JsonRecord, context: PageContext): ProductDraft {
  const draft: ProductDraft = {};
  const sku = skuOf(node);
  const brand = textValue(property(node, 'brand', 'brandName', 'item_brand', 'manufacturer', 'vendor'));
  const code = currencyCode(textValue(property(node, 'currency', 'priceCurrency', 'currencyCode'))) ?? context.currency;
  const price = structuredPrice(amountOf(node), code);
  const availability = availabilityValue(
    property(node, 'availability', 'inStock', 'in_stock', 'isInStock', 'isAvailable'),
  );
  if (sku !== null) draft.sku = found(sku, 'embedded-state');
  if (brand !== null && brand.length <= 60 && !/^\d+$/.test(brand)) draft.brand = found(brand, 'embedded-state');
  if (price !== null) draft.price = found(price, 'embedded-state');
  if (availability !== null) draft.availability = found(availability, 'embedded-state');
  const title = nameOf(node);
  return title === null ? draft : { ...draft, title: found(title, 'embedded-state') };
}
