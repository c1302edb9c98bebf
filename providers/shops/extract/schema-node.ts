import { collapse } from './dom.ts';
import { asList, isRecord } from './lenient-json.ts';
import type { JsonRecord } from './lenient-json.ts';

const MAX_DEPTH = 10;
const PRODUCT_TYPE = /^(?:individualproduct|product|productgroup|productmodel|someproducts|vehicle|car|book)$/;
/** Properties whose products are others than the page's own. */
const FOREIGN = new Set(
  'isrelatedto issimilarto isaccessoryorsparepartfor isconsumablefor review reviews seller hasvariant isvariantof'.split(
    ' ',
  ),
);

/** A product object, and whether it stands in a list of several things. */
export interface ProductNode {
  readonly node: JsonRecord;
  readonly isListed: boolean;
}

/** Type names of a schema.org object, lower case, without vocabulary. */
export function typesOf(node: JsonRecord): readonly string[] {
  return asList(node['@type']).flatMap((type) =>
    typeof type === 'string'
      ? [type.slice(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1).toLowerCase()]
      : [],
  );
}

/** Product objects anywhere in the page's objects, its own first, not those named as related; at most 500. */
export function productNodes(roots: readonly JsonRecord[]): readonly ProductNode[] {
  const found: ProductNode[] = [];
  visit({ value: roots, depth: 0, isListed: false }, found);
  return found;
}

interface Visit {
  readonly value: unknown;
  readonly depth: number;
  readonly isListed: boolean;
}

function visit({ value, depth, isListed }: Visit, found: ProductNode[]): void {
  if (depth > MAX_DEPTH || found.length >= 500) return;
  if (isRecord(value)) {
    if (typesOf(value).some((type) => PRODUCT_TYPE.test(type))) found.push({ node: value, isListed });
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== 'object' || FOREIGN.has(key.toLowerCase())) continue;
      visit({ value: inner, depth: depth + 1, isListed: isListed || key === 'itemListElement' }, found);
    }
  } else {
    for (const item of listItems(value)) visit({ value: item, depth: depth + 1, isListed }, found);
  }
}

function listItems(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A schema.org value as text: a string, a number, an object's name or value, the first of a list; null for nothing. */
export function textValue(value: unknown): string | null {
  if (typeof value === 'string') return collapse(value) === '' ? null : collapse(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (Array.isArray(value)) return firstText(value);
  return isRecord(value) ? textValue(value['name'] ?? value['@value'] ?? value['value'] ?? value['properties']) : null;
}

function firstText(values: readonly unknown[]): string | null {
  for (const value of values.slice(0, 50)) {
    const text = textValue(value);
    if (text !== null) return text;
  }
  return null;
}

/** A property under any of its names, letter case ignored (microdata writes `productId` for `productID`). */
export function property(node: JsonRecord, ...names: readonly string[]): unknown {
  for (const name of names) if (node[name] !== undefined && node[name] !== null && node[name] !== '') return node[name];
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.entries(node).find(
    ([key, value]) => wanted.has(key.toLowerCase()) && value !== null && value !== '',
  )?.[1];
}
