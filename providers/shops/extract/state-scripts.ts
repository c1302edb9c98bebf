import { isText } from 'domhandler';
import type { Element } from 'domhandler';
import { named } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import { parseLenientJson } from './lenient-json.ts';

const MAX_SCRIPT_CHARS = 1_000_000;
/** Characters of state parsed per page at most: a page's script is not a database. */
const MAX_TOTAL_CHARS = 2_000_000;

/** JSON that a page's scripts hold, assign or pass (framework state, data layers), parsed, in page order; at most 2 MB. */
export function* pageStates(page: PageDom): Generator {
  let total = 0;
  for (const element of named(page, 'script')) {
    if ((element.attribs['type'] ?? '').includes('ld+json')) continue;
    const text = scriptText(element);
    if (text.length < 40 || text.length > MAX_SCRIPT_CHARS || !OFFERING.test(text)) continue;
    for (const json of jsonIn(text)) {
      total += json.length;
      if (total > MAX_TOTAL_CHARS) return;
      yield parseLenientJson(json);
    }
  }
}

const OFFERING = /["']?(?:sku|price|product_?id)["']?\s*:/i;

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
