import { isTag, isText } from 'domhandler';
import type { AnyNode, Document, Element } from 'domhandler';
import type { PageDom } from './page-dom.ts';

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg']);

/** Elements of one name, in document order. */
export function named(page: PageDom, name: string): readonly Element[] {
  return page.byName.get(name) ?? [];
}

/** Elements of several names, in document order. */
export function namedAny(page: PageDom, names: readonly string[]): readonly Element[] {
  const lists = names.map((name) => named(page, name)).filter((list) => list.length > 0);
  return lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort((one, other) => placeOf(one) - placeOf(other));
}

/** Place of an element among the elements of its page, from 0. */
export function placeOf(element: Element): number {
  return element.startIndex ?? 0;
}

/** Elements below a node in document order, without recursion, at most 200,000. */
export function elementsUnder(root: Document | Element): readonly Element[] {
  const found: Element[] = [];
  const stack: AnyNode[] = root.children.slice().reverse();
  for (let node = stack.pop(); node !== undefined && found.length < 200_000; node = stack.pop()) {
    if (!isTag(node)) continue;
    found.push(node);
    for (let at = node.children.length - 1; at >= 0; at -= 1) {
      const child = node.children[at];
      if (child !== undefined && isTag(child)) stack.push(child);
    }
  }
  return found;
}

/** The parent element, or null at the root. */
export function parentOf(element: Element): Element | null {
  const parent = element.parent;
  return parent !== null && isTag(parent) ? parent : null;
}

/** The ancestors of an element from its parent up, at most `limit`: hostile pages nest without end. */
export function* ancestorsOf(element: Element, limit = 256): Generator<Element> {
  let steps = 0;
  for (let at = parentOf(element); at !== null && steps < limit; at = parentOf(at), steps += 1) yield at;
}

/** An attribute's value, '' when absent. */
export function attributeOf(element: Element, name: string): string {
  return element.attribs[name] ?? '';
}

/** Visible text of an element with white space collapsed, cut at `limit` characters. */
export function textOf(element: Element | Document, limit = 2_000): string {
  const parts: string[] = [];
  let length = 0;
  const stack: AnyNode[] = element.children.slice().reverse();
  for (let node = stack.pop(); node !== undefined && length < limit; node = stack.pop()) {
    if (isText(node)) {
      parts.push(node.data);
      length += node.data.length;
    } else if (isTag(node) && !SILENT.has(node.name)) {
      if (isBlock(node.name)) parts.push(' ');
      for (let at = node.children.length - 1; at >= 0; at -= 1) {
        const child = node.children[at];
        if (child !== undefined) stack.push(child);
      }
    }
  }
  return collapse(parts.join('')).slice(0, limit);
}

const BLOCKS = new Set(
  'p div br li tr td th dd dt h1 h2 h3 h4 h5 h6 ul ol table section article header footer option button label'.split(
    ' ',
  ),
);

function isBlock(name: string): boolean {
  return BLOCKS.has(name);
}

/** Text with runs of white space made one space and the ends trimmed. */
export function collapse(text: string): string {
  return isCollapsed(text) ? text : text.replace(/\s+/g, ' ').trim();
}

/** Whether a text has no white space but single spaces between words: most texts are so, and need no copy. */
function isCollapsed(text: string): boolean {
  let isAfterSpace = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x20) {
      if (isAfterSpace) return false;
      isAfterSpace = true;
    } else {
      if (code < 0x20 || isWideSpace(code)) return false;
      isAfterSpace = false;
    }
  }
  return text === '' || !isAfterSpace;
}

/** White space and line ends beyond ASCII, with a few characters that are none. */
function isWideSpace(code: number): boolean {
  return code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x205f) || code === 0x3000 || code === 0xfeff;
}

/** White space collapsed, zero-width and direction marks dropped. */
export function visible(text: string): string {
  return isCollapsed(text) ? text : collapse(text.replace(/[\u200b-\u200f\u202a-\u202e\ufeff]/g, ''));
}

/** An absolute http(s) URL without fragment, or null for anything else (`javascript:`, `data:`, unreadable). */
export function absoluteUrl(href: string, base: string): string | null {
  const trimmed = href.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return null;
  const url = URL.parse(trimmed, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.hash = '';
  return url.href;
}
