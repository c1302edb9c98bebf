import type { Element } from 'domhandler';
import { ancestorsOf, attributeOf, elementsUnder } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import type { JsonRecord } from './lenient-json.ts';
import { layoutText } from './layout-text.ts';
import { contextOf } from './schema-type.ts';

const MAX_DEPTH = 24;
const MAX_VISITS = 200_000;
const SOURCE_TAGS = new Set(['audio', 'embed', 'iframe', 'img', 'source', 'track', 'video']);
const LINK_TAGS = new Set(['a', 'area', 'link']);

interface Reading {
  readonly baseUrl: string;
  readonly byId: ReadonlyMap<string, Element>;
  readonly seen: Set<Element>;
  /** Elements that may still be visited: items within items are visited again and again. */
  readonly visits: { left: number };
}

/** The microdata items of a page in page order, nested items inside their owners, in the shape of JSON-LD. */
export function readMicrodata(page: PageDom, baseUrl: string): readonly JsonRecord[] {
  const { scopes } = page;
  if (scopes.length === 0) return [];
  const reading: Reading = { baseUrl, byId: referred(page), seen: new Set(), visits: { left: MAX_VISITS } };
  const items: JsonRecord[] = [];
  for (const scope of scopes) {
    if (reading.visits.left <= 0) break;
    if (!reading.seen.has(scope)) items.push(readItem(scope, reading, 0));
  }
  return items;
}

/** Elements by id, where any item refers to one. */
function referred(page: PageDom): ReadonlyMap<string, Element> {
  const byId = new Map<string, Element>();
  if (page.scopes.every((scope) => scope.attribs['itemref'] === undefined)) return byId;
  for (const element of page.elements) {
    const id = element.attribs['id'];
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
  }
  return byId;
}

function readItem(scope: Element, reading: Reading, depth: number): JsonRecord {
  reading.seen.add(scope);
  const values = new Map<string, unknown[]>();
  for (const element of propertyElements(scope, reading)) {
    const value = valueOf(element, reading, depth + 1);
    for (const name of words(attributeOf(element, 'itemprop'))) {
      const known = values.get(name);
      if (known === undefined) values.set(name, [value]);
      else known.push(value);
    }
  }
  const properties = [...values].map(([name, list]): [string, unknown] => [name, list.length === 1 ? list[0] : list]);
  return itemOf(scope, { properties, reading, isRoot: depth === 0 });
}

interface ItemParts {
  readonly properties: readonly (readonly [string, unknown])[];
  readonly reading: Reading;
  readonly isRoot: boolean;
}

function itemOf(scope: Element, { properties, reading, isRoot }: ItemParts): JsonRecord {
  const types = words(attributeOf(scope, 'itemtype'));
  const body = properties.length > 0 ? Object.fromEntries(properties) : { value: plainValue(scope, reading) };
  if (types.length === 0) return properties.length > 0 ? { properties: body } : body;
  const { context, type } =
    types.length === 1 ? contextOf(types[0] ?? '') : { context: 'http://schema.org', type: types };
  const id = attributeOf(scope, 'itemid').trim();
  return {
    '@type': type,
    ...(isRoot ? { '@context': context } : {}),
    ...(id === '' ? {} : { id }),
    ...body,
  };
}

/** Elements below an item, as long as the page's budget of visits lasts. */
function visited(scope: Element, reading: Reading): readonly Element[] {
  if (reading.visits.left <= 0) return [];
  const below = elementsUnder(scope);
  reading.visits.left -= below.length;
  return below;
}

/** Elements that carry this item's own properties: below it but in no item between, then those named by itemref. */
function propertyElements(scope: Element, reading: Reading): readonly Element[] {
  const own = visited(scope, reading).filter((element) => 'itemprop' in element.attribs && scopeOf(element) === scope);
  const referred = words(attributeOf(scope, 'itemref')).flatMap((id) => referredElements(reading.byId.get(id)));
  return [...own, ...referred];
}

function referredElements(target: Element | undefined): readonly Element[] {
  if (target === undefined) return [];
  if ('itemprop' in target.attribs && 'itemscope' in target.attribs) return [target];
  const scope = 'itemscope' in target.attribs ? target : scopeOf(target);
  return [target, ...elementsUnder(target)].filter(
    (element) => 'itemprop' in element.attribs && scopeOf(element) === scope,
  );
}

function scopeOf(element: Element): Element | null {
  for (const ancestor of ancestorsOf(element)) if ('itemscope' in ancestor.attribs) return ancestor;
  return null;
}

function valueOf(element: Element, reading: Reading, depth: number): unknown {
  if (!('itemscope' in element.attribs)) return plainValue(element, reading);
  if (reading.seen.has(element) || depth > MAX_DEPTH || reading.visits.left <= 0) return null;
  return readItem(element, reading, depth);
}

function plainValue(element: Element, reading: Reading): unknown {
  const { name } = element;
  if (name === 'meta') return attributeOf(element, 'content');
  if (SOURCE_TAGS.has(name)) return resolved(attributeOf(element, 'src'), reading.baseUrl);
  if (LINK_TAGS.has(name)) return resolved(attributeOf(element, 'href'), reading.baseUrl);
  if (name === 'object') return resolved(attributeOf(element, 'data'), reading.baseUrl);
  if (name === 'data' || name === 'meter') return attributeOf(element, 'value');
  if (name === 'time') return attributeOf(element, 'datetime');
  const content = attributeOf(element, 'content');
  if (content !== '') return content;
  return /-(?:in|out)put$/.test(attributeOf(element, 'itemprop')) ? actionInput(element) : layoutText(element);
}

/** schema.org/docs/actions: an input's constraints stand for its value. */
function actionInput(element: Element): JsonRecord {
  const name = attributeOf(element, 'name');
  return {
    ...('required' in element.attribs ? { valueRequired: true } : {}),
    ...(name === '' ? {} : { valueName: name }),
  };
}

/** Resolved against the page; a value that is no URL is kept as written. */
function resolved(raw: string, baseUrl: string): string {
  const value = raw.trim();
  if (value === '') return baseUrl;
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]+$/i.test(value) ? value : (URL.parse(value, baseUrl)?.href ?? value);
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
