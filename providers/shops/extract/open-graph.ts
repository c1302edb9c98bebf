import type { Element } from 'domhandler';
import { attributeOf, named, namedAny, parentOf } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import type { JsonRecord } from './lenient-json.ts';

const NAMESPACES = new Map(
  Object.entries({
    og: 'http://ogp.me/ns#',
    music: 'http://ogp.me/ns/music#',
    video: 'http://ogp.me/ns/video#',
    article: 'http://ogp.me/ns/article#',
    book: 'http://ogp.me/ns/book#',
    profile: 'http://ogp.me/ns/profile#',
    product: 'http://ogp.me/ns/product#',
  }),
);

/** The page's OpenGraph object (none or one): the first non-empty value of each property, with the namespaces in use. */
export function readOpenGraph(page: PageDom): readonly JsonRecord[] {
  const declared = new Map(namedAny(page, [...HEADS]).flatMap(prefixesOf));
  const properties = new Map<string, string>();
  for (const meta of named(page, 'meta')) {
    if (isInHead(meta)) note(meta, declared, properties);
  }
  if (properties.size === 0) return [];
  const type = properties.get('og:type') ?? '';
  properties.delete('og:type');
  const typed = type === '' ? {} : { '@type': type };
  return [{ ...Object.fromEntries(properties), ...typed, '@context': Object.fromEntries(declared) }];
}

function note(meta: Element, declared: Map<string, string>, properties: Map<string, string>): void {
  const { property, content } = meta.attribs;
  if (property === undefined || content === undefined) return;
  const prefix = property.split(':')[0] ?? '';
  const namespace = NAMESPACES.get(prefix);
  if (namespace !== undefined) declared.set(prefix, namespace);
  if (declared.has(prefix) && (properties.get(property) ?? '').trim() === '') properties.set(property, content);
}

const HEADS = new Set(['html', 'head']);

/** Parsers move a meta that stands before any content into the head; one inside the body says nothing about the page. */
function isInHead(meta: Element): boolean {
  const parent = parentOf(meta);
  return parent === null || HEADS.has(parent.name);
}

function prefixesOf(element: Element): readonly (readonly [string, string])[] {
  return [...attributeOf(element, 'prefix').matchAll(/(\w+):\s*(\S+)/g)].map((hit) => [hit[1] ?? '', hit[2] ?? '']);
}
