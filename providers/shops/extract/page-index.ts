import { isTag, isText } from 'domhandler';
import type { Element } from 'domhandler';
import { ancestorsOf, attributeOf, parentOf, textOf, visible } from './dom.ts';
import type { PageDom } from './dom.ts';
import { wordOverlap } from './word-overlap.ts';
import { isZoned, NO_ZONE, readZones } from './zones.ts';
import type { Zone } from './zones.ts';

/** An element's own text, at most 120 characters. */
export interface OwnText {
  readonly element: Element;
  readonly text: string;
  /** Set where the text is a label within running text ("Brand: <b>Aurora</b> · SKU: <b>17</b>"): what it labels. */
  readonly labels: Element | null;
}

/** A parsed page with what the content rules ask of it again and again. */
export interface PageIndex {
  readonly page: PageDom;
  /** Position of each element in document order. */
  readonly order: ReadonlyMap<Element, number>;
  readonly zones: ReadonlyMap<Element, Zone>;
  /** Elements with a short text of their own (not their children's), in page order. */
  readonly texts: readonly OwnText[];
  /** The heading that names the product, null when none is found. */
  readonly title: Element | null;
  /** Controls that put the product in the basket, in page order. */
  readonly buyButtons: readonly Element[];
}

const BUY =
  /add(?:ed)? to (?:shopping |my |your )?(?:cart|basket|bag|trolley)|^buy(?: it)?(?: now)?$|buy now|в корзину|^купить|добавить в корзину|заказать|оформить заказ|in den (?:warenkorb|einkaufswagen)|ajouter au panier|^acheter|aggiungi al carrello|acquista|^compra|añadir a(?:l carrito| la cesta)|agregar al carrito|adicionar ao carrinho|comprar|do koszyka|do košíku|do košíka|vložit do|in winkelwagen|in winkelmand|lägg i varukorg|læg i kurv|legg i handlekurv|lisää ostoskoriin|lisa ostukorvi|ielikt grozā|į krepšelį|adaugă în coș|kosárba|sepete ekle|加入購物車|立即購買|カートに入れる|장바구니|أضف إلى/iu;
const BUY_NAME =
  /add[-_]?to[-_]?(?:cart|basket|bag)|(?:^|[\s_-])(?:buy|btn-?cart|atc)(?:$|[\s_-])|buy-?(?:now|box|button)/;

/** Indexes a page; `titles` are what the page calls itself elsewhere (og:title, document title). */
export function indexPage(page: PageDom, titles: readonly string[]): PageIndex {
  const order = new Map<Element, number>();
  for (const [at, element] of page.elements.entries()) order.set(element, at);
  const first = readZones(page);
  const texts = ownTexts(page);
  const title = titleElement(page, first, titles) ?? textLikeTitle(texts, first, titles);
  const zones = title === null || !isZoned(first.get(title) ?? NO_ZONE) ? first : readZones(page, aroundOf(title));
  return { page, order, zones, texts, title, buyButtons: buyButtons(page, zones) };
}

/** The title and its ancestors: whatever their names say, they hold the product. */
function aroundOf(title: Element): ReadonlySet<Element> {
  return new Set([title, ...ancestorsOf(title)]);
}

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'option', 'title']);

function ownTexts(page: PageDom): readonly OwnText[] {
  const texts: OwnText[] = [];
  for (const element of page.elements) {
    const own = SILENT.has(element.name) ? '' : ownText(element);
    if (own.length < 2 || own.length > 400) continue;
    const text = visible(own);
    if (text.length > 1 && text.length <= 120) texts.push({ element, text, labels: null });
    if (own.includes(':') && element.children.length > 2) texts.push(...inlineLabels(element));
  }
  return texts;
}

/** The texts directly in an element, joined; cut off soon after 400 characters. */
function ownText(element: Element): string {
  let own = '';
  for (const child of element.children) {
    if (isText(child)) own += child.data;
    if (own.length > 400) break;
  }
  return own;
}

/** Labels that end with a colon right before an element, where the element's text holds more than one thing. */
function inlineLabels(element: Element): readonly OwnText[] {
  return element.children.flatMap((child): OwnText[] => {
    if (!isText(child) || !child.data.trimEnd().endsWith(':')) return [];
    const text = visible(child.data).replace(/^[·•|,;–-]+\s*/, '');
    const { next } = child;
    return next !== null && isTag(next) && text.length > 2 && text.length <= 40
      ? [{ element, text, labels: next }]
      : [];
  });
}

function titleElement(page: PageDom, zones: ReadonlyMap<Element, Zone>, titles: readonly string[]): Element | null {
  let best: { readonly element: Element; readonly score: number } | null = null;
  for (const element of page.elements) {
    const rank = headingRank(element);
    const score = rank === 0 ? 0 : rank + headingScore(element, zones, titles);
    if (score > (best?.score ?? 0.9)) best = { element, score };
  }
  return best?.element ?? null;
}

/** What place and words add to a heading's rank. Its own names ("has-wishlist-button") say nothing about where it stands. */
function headingScore(element: Element, zones: ReadonlyMap<Element, Zone>, titles: readonly string[]): number {
  const zone = zones.get(parentOf(element) ?? element) ?? NO_ZONE;
  return zone.isHidden ? -9 : titleLikeness(textOf(element, 300), titles) + zonePenalty(zone);
}

/** Without a heading, the first text that is what the page calls itself. */
function textLikeTitle(
  texts: readonly OwnText[],
  zones: ReadonlyMap<Element, Zone>,
  titles: readonly string[],
): Element | null {
  const named = texts.find(({ element, text }) => {
    const zone = zones.get(element) ?? NO_ZONE;
    return text.length >= 6 && !zone.isHidden && !zone.isFurniture && titles.some((title) => title.startsWith(text));
  });
  return named?.element ?? null;
}

function headingRank(element: Element): number {
  return HEADING_RANK.get(element.name) ?? (isTitleNamed(element) ? 0.8 : 0);
}

/** How much a heading says what the page calls itself, 0..2; an empty one says nothing. */
function titleLikeness(text: string, titles: readonly string[]): number {
  return text.length < 3 ? -3 : 2 * Math.max(0, ...titles.map((title) => wordOverlap(text, title)));
}

function zonePenalty(zone: Zone): number {
  return (zone.isOther || zone.isFurniture ? -1.5 : 0) + (zone.isLinked ? -0.7 : 0);
}

const HEADING_RANK: ReadonlyMap<string, number> = new Map([
  ['h1', 1.5],
  ['h2', 0.4],
  ['h3', 0.2],
]);

function isTitleNamed(element: Element): boolean {
  if (element.attribs['itemprop'] === 'name') return true;
  const names = attributeOf(element, 'class') + ' ' + attributeOf(element, 'id');
  return names.length > 4 && /product[-_]?(?:title|name)|(?:item|goods)[-_]?(?:title|name)/i.test(names);
}

function buyButtons(page: PageDom, zones: ReadonlyMap<Element, Zone>): readonly Element[] {
  return page.elements.filter((element) => {
    if (!CONTROLS.has(element.name)) return false;
    const zone = zones.get(element);
    return zone !== undefined && !zone.isOther && !zone.isReview && isBuyControl(element);
  });
}

const CONTROLS = new Set(['button', 'a', 'input', 'form']);

function isBuyControl(element: Element): boolean {
  const { attribs } = element;
  const names = `${attribs['class'] ?? ''} ${attribs['id'] ?? ''} ${attribs['name'] ?? ''} ${attribs['action'] ?? ''}`;
  if (BUY_NAME.test(names.toLowerCase())) return true;
  if (element.name === 'form') return false;
  const label = element.name === 'input' ? attributeOf(element, 'value') : textOf(element, 60);
  return label.length > 2 && label.length < 50 && BUY.test(label);
}

/** Number of steps up from an element to the nearest ancestor that also holds `other`, capped at 40. */
export function stepsToCommon(element: Element, other: Element): number {
  const line = new Set([other, ...ancestorsOf(other)]);
  if (line.has(element)) return 0;
  let steps = 1;
  for (const ancestor of ancestorsOf(element, 40)) {
    if (line.has(ancestor)) return steps;
    steps += 1;
  }
  return 40;
}
