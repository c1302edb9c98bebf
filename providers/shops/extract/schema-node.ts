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

/** Product objects anywhere in the page's objects, its own first, not those named as related. */
export function productNodes(roots: readonly JsonRecord[]): readonly ProductNode[] {
  const found: ProductNode[] = [];
  const visit = (value: unknown, depth: number, isListed: boolean): void => {
    if (depth > MAX_DEPTH || found.length > 500) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1, isListed);
      return;
    }
    if (!isRecord(value)) return;
    if (typesOf(value).some((type) => PRODUCT_TYPE.test(type))) found.push({ node: value, isListed });
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object' && !FOREIGN.has(key.toLowerCase())) {
        visit(inner, depth + 1, isListed || key === 'itemListElement');
      }
    }
  };
  visit(roots, 0, false);
  return found;
}

/** A schema.org value as text: a string, a number, an object's name or value, the first of a list; null for nothing. */
export function textValue(value: unknown): string | null {
  if (typeof value === 'string') return collapse(value) === '' ? null : collapse(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (Array.isArray(value)) {
    for (const item of value) {
      const text = textValue(item);
      if (text !== null) return text;
    }
    return null;
  }
  return isRecord(value) ? textValue(value['name'] ?? value['@value'] ?? value['value'] ?? value['properties']) : null;
}

/** A property under any of its names, letter case ignored (microdata writes `productId` for `productID`). */
export function property(node: JsonRecord, ...names: readonly string[]): unknown {
  for (const name of names) if (node[name] !== undefined && node[name] !== null && node[name] !== '') return node[name];
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.entries(node).find(
    ([key, value]) => wanted.has(key.toLowerCase()) && value !== null && value !== '',
  )?.[1];
}
