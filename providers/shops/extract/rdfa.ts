import type { Element } from 'domhandler';
import { ancestorsOf, attributeOf, elementsUnder, textOf } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import type { JsonRecord } from './lenient-json.ts';
import { contextOf } from './schema-type.ts';

const MAX_DEPTH = 12;
const MAX_ITEMS = 200;

/** RDFa Lite items (`typeof` with `property`) in page order, nested items inside their owners, in the shape of JSON-LD. */
export function readRdfa(page: PageDom, baseUrl: string): readonly JsonRecord[] {
  return page.typed
    .filter((element) => isItem(element) && (!('property' in element.attribs) || ownerOf(element) === null))
    .slice(0, MAX_ITEMS)
    .map((element) => readItem(element, baseUrl, 0));
}

function isItem(element: Element): boolean {
  return attributeOf(element, 'typeof') !== '';
}

function ownerOf(element: Element): Element | null {
  for (const ancestor of ancestorsOf(element)) if (isItem(ancestor)) return ancestor;
  return null;
}

function readItem(item: Element, baseUrl: string, depth: number): JsonRecord {
  const values = new Map<string, unknown[]>();
  for (const element of elementsUnder(item)) {
    if (!('property' in element.attribs) || ownerOf(element) !== item) continue;
    const value =
      isItem(element) && depth < MAX_DEPTH ? readItem(element, baseUrl, depth + 1) : plainValue(element, baseUrl);
    for (const name of attributeOf(element, 'property').split(/\s+/)) {
      const key = localName(name);
      values.set(key, [...(values.get(key) ?? []), value]);
    }
  }
  const types = attributeOf(item, 'typeof').trim().split(/\s+/).map(localName);
  return Object.fromEntries([
    ['@type', types.length === 1 ? types[0] : types],
    ...[...values].map(([name, list]): [string, unknown] => [name, list.length === 1 ? list[0] : list]),
  ]);
}

/** `schema:name`, `gr:name` and `http://schema.org/name` all are `name`. */
function localName(name: string): string {
  if (name.includes('://')) return contextOf(name).type;
  return name.slice(name.indexOf(':') + 1);
}

function plainValue(element: Element, baseUrl: string): string {
  const { content, datetime } = element.attribs;
  if (content !== undefined) return content;
  if (datetime !== undefined) return datetime;
  const link = element.attribs['resource'] ?? element.attribs['href'] ?? element.attribs['src'];
  return link === undefined ? textOf(element) : (URL.parse(link, baseUrl)?.href ?? link);
}
