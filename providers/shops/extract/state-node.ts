import { asList, isRecord } from './lenient-json.ts';
import type { JsonRecord } from './lenient-json.ts';

/** An object of a page's state by names without case, hyphens and underscores; empty values are left out. */
export type StateNode = ReadonlyMap<string, unknown>;

const MAX_VISITS = 50_000;
const OFFERED = /price|sku|amount|article|vendor_?code|product_?code|item_?id/i;
const NAMES = ['name', 'title', 'productName', 'product_name', 'item_name', 'displayName'];

/** Objects of a state that have a name and something like a price or an article number, outer ones first. */
export function productShaped(state: unknown): readonly JsonRecord[] {
  const shaped: JsonRecord[] = [];
  const queue: unknown[] = [state];
  for (let at = 0; at < queue.length && at < MAX_VISITS; at += 1) {
    const value = queue[at];
    if (isRecord(value)) {
      if (nameOf(value) !== null && Object.keys(value).some((key) => OFFERED.test(key))) shaped.push(value);
      for (const key in value) enqueue(queue, value[key]);
    } else {
      for (const item of asList(value).slice(0, 200)) enqueue(queue, item);
    }
  }
  return shaped;
}

function enqueue(queue: unknown[], value: unknown): void {
  if (typeof value === 'object' && value !== null) queue.push(value);
}

/** What an object calls itself, null when it has no name. */
export function nameOf(record: JsonRecord): string | null {
  for (const key of NAMES) {
    const name = record[key];
    if (typeof name === 'string' && name !== '') return name;
  }
  return null;
}

/** An object under names that spelling does not tell apart (`sale_price`, `salePrice`). */
export function stateNode(record: JsonRecord): StateNode {
  const node = new Map<string, unknown>();
  for (const [key, value] of Object.entries(record)) {
    if (value === null || value === undefined || value === '') continue;
    const name = key.toLowerCase().replace(/[_-]/g, '');
    if (!node.has(name)) node.set(name, value);
  }
  return node;
}

/** The value of the first of these names that a node has. */
export function pick(node: StateNode, names: readonly string[]): unknown {
  for (const name of names) {
    const value = node.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A code such as an article number: 3 to 32 characters with a digit, no white space; null for anything else. */
export function codeValue(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[\w./-]{3,32}$/.test(text) && /\d/.test(text) ? text : null;
}
