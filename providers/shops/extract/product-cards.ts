import type { Element } from 'domhandler';
import { absoluteUrl, attributeOf, elementsUnder, parentOf, textOf } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import { readJsonLd } from './json-ld.ts';
import { asList, isRecord } from './lenient-json.ts';
import { readMicrodata } from './microdata.ts';
import type { PageLink } from './page-links.ts';
import { productNodes, property, textValue, typesOf } from './schema-node.ts';

const LEAST_REPEATS = 2;
const MAX_STEPS = 7;
const MAX_CARD_CHARS = 1_500;
const PRICE =
  /\d[\d\s.,'’]*\s?(?:[$€£¥₹₽₺₴₸₩₪元円]|руб|р\.|грн|тг|kr|zł|kč|lei|ft|(?:usd|eur|gbp|rub)\b)|(?:[$€£¥₹₽₺₴₸₩₪]|(?:usd|eur|gbp|rub|rs)\b)\s?\d|по запросу/iu;

/** Product addresses that a page's own data lists: ItemList and several products in JSON-LD or microdata. */
export function statedProductUrls(html: string, page: PageDom, base: string): readonly string[] {
  const roots = [...readJsonLd(html), ...readMicrodata(page, base)];
  const products = productNodes(roots).map(({ node }) => textValue(property(node, 'url', '@id')));
  const lists = roots
    .flatMap((root) => [root, ...asList(root['@graph']).filter(isRecord)])
    .filter((node) => typesOf(node).includes('itemlist'))
    .flatMap((list) => asList(list['itemListElement']).filter(isRecord))
    .map(
      (entry) =>
        textValue(property(entry, 'url')) ??
        (isRecord(entry['item']) ? textValue(property(entry['item'], 'url', '@id')) : textValue(entry['item'])),
    );
  return [...products, ...lists].flatMap((link) => (link === null ? [] : (absoluteUrl(link, base) ?? [])));
}

/** The link of every product card: a block that repeats beside its likes and holds a photo and a price. */
export function cardLinks(links: readonly PageLink[]): readonly string[] {
  const verdicts = new Map<Element, boolean>();
  const cards = new Map<Element, string[]>();
  for (const { element, url, zone } of links) {
    if (zone.isFurniture || zone.isReview) continue;
    const card = cardAround(element, verdicts);
    if (card !== null) cards.set(card, [...(cards.get(card) ?? []), url]);
  }
  return [...cards.values()].flatMap(mostFrequent);
}

/** A card links its product by photo and by name, and its category or brand once; of equals the first. */
function mostFrequent(urls: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const url of urls) counts.set(url.split('?')[0] ?? url, (counts.get(url.split('?')[0] ?? url) ?? 0) + 1);
  const best = [...counts].toSorted((one, other) => other[1] - one[1])[0]?.[0];
  return urls.filter((url) => url.split('?')[0] === best).slice(0, 1);
}

/** The nearest repeated ancestor that looks like a product card, or null. */
function cardAround(link: Element, verdicts: Map<Element, boolean>): Element | null {
  let steps = 0;
  for (let at: Element | null = link; at !== null && steps < MAX_STEPS; at = parentOf(at), steps += 1) {
    const known = verdicts.get(at);
    const isCard = known ?? (repeats(at) && isCardContent(at));
    verdicts.set(at, isCard);
    if (isCard) return at;
  }
  return null;
}

function repeats(element: Element): boolean {
  const shape = shapeOf(element);
  let likes = 0;
  for (const node of element.parent?.children.slice(0, 400) ?? []) {
    if ('attribs' in node && shapeOf(node) === shape) likes += 1;
    if (likes >= LEAST_REPEATS) return true;
  }
  return false;
}

function shapeOf(element: Element): string {
  return `${element.name}.${attributeOf(element, 'class').split(/\s+/)[0] ?? ''}`;
}

function isCardContent(element: Element): boolean {
  const text = textOf(element, MAX_CARD_CHARS + 1);
  if (text.length > MAX_CARD_CHARS || !PRICE.test(text)) return false;
  return elementsUnder(element).some(
    (inner) =>
      inner.name === 'img' || inner.name === 'picture' || attributeOf(inner, 'style').includes('background-image'),
  );
}
