import { isTag, isText } from 'domhandler';
import type { Element } from 'domhandler';
import { BoundedMemo } from './bounded-memo.ts';
import { ancestorsOf, attributeOf, namedAny, parentOf, placeOf, textOf, visible } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import { NAME_BITS, nameBits } from './name-facts.ts';
import { sharedWords, wordsOf } from './word-overlap.ts';
import { isProductZone, isZoned } from './zones.ts';
import type { PageZones, Zone } from './zones.ts';

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
  readonly zones: PageZones;
  /** Elements with a short text of their own (not their children's), in page order. */
  readonly texts: readonly OwnText[];
  /** Of these, the ones among the main product's parts that are short enough to be labels. */
  readonly labels: readonly OwnText[];
  /** The heading that names the product, null when none is found. */
  readonly title: Element | null;
  /** Controls that put the product in the basket, in page order. */
  readonly buyButtons: readonly Element[];
}

const BUY =
  /add(?:ed)? to (?:shopping |my |your )?(?:cart|basket|bag|trolley)|^buy(?: it)?(?: now)?$|buy now|в корзину|^купить|добавить в корзину|заказать|оформить заказ|in den (?:warenkorb|einkaufswagen)|ajouter au panier|^acheter|aggiungi al carrello|acquista|^compra|añadir a(?:l carrito| la cesta)|agregar al carrito|adicionar ao carrinho|comprar|do koszyka|do košíku|do košíka|vložit do|in winkelwagen|in winkelmand|lägg i varukorg|læg i kurv|legg i handlekurv|lisää ostoskoriin|lisa ostukorvi|ielikt grozā|į krepšelį|adaugă în coș|kosárba|sepete ekle|加入購物車|立即購買|カートに入れる|장바구니|أضف إلى/iu;

/** Indexes a page; `titles` are what the page calls itself elsewhere (og:title, document title). */
export function indexPage(page: PageDom, first: PageZones, titles: readonly string[]): PageIndex {
  const texts = ownTexts(page);
  const title = titleElement(page, first, titles) ?? textLikeTitle(texts, first, titles);
  const zones = title === null || !isZoned(first.get(title)) ? first : first.without(aroundOf(title));
  const labels = texts.filter(({ element, text }) => text.length <= 90 && isProductZone(zones.get(element)));
  return { page, zones, texts, labels, title, buyButtons: buyButtons(page, zones) };
}

/** The title and its ancestors: whatever their names say, they hold the product. */
function aroundOf(title: Element): ReadonlySet<Element> {
  return new Set([title, ...ancestorsOf(title)]);
}

const SILENT = new Set(['noscript', 'template', 'option', 'title']);

function ownTexts(page: PageDom): readonly OwnText[] {
  const texts: OwnText[] = [];
  const seen = new Uint8Array(page.elements.length);
  for (const { parent } of page.texts) {
    if (parent === null || !isTag(parent) || seen[placeOf(parent)] === 1) continue;
    seen[placeOf(parent)] = 1;
    if (!SILENT.has(parent.name)) texts.push(...textsOf(parent));
  }
  return texts;
}

function textsOf(element: Element): readonly OwnText[] {
  const own = ownText(element);
  if (own.length < 2 || own.length > 400) return [];
  const text = visible(own);
  const whole: OwnText[] = text.length > 1 && text.length <= 120 ? [{ element, text, labels: null }] : [];
  return own.includes(':') && element.children.length > 2 ? [...whole, ...inlineLabels(element)] : whole;
}

/** The texts directly in an element, joined; cut off soon after 400 characters. */
function ownText({ children }: Element): string {
  let own = '';
  for (const child of children) {
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

function titleElement(page: PageDom, zones: PageZones, titles: readonly string[]): Element | null {
  let best: { readonly element: Element; readonly score: number } | null = null;
  const called = titles.map(wordsOf);
  const named = zones.named(NAME_BITS.title).map((element): [Element, number] => [element, 0.8]);
  const ranked = [...HEADING_RANK].flatMap(([tag, rank]) =>
    (page.byName.get(tag) ?? []).map((element): [Element, number] => [element, rank]),
  );
  const properties = page.properties.filter(({ attribs }) => attribs['itemprop'] === 'name');
  const candidates = [...ranked, ...named, ...properties.map((element): [Element, number] => [element, 0.8])];
  for (const [element, rank] of candidates.sort(([one], [other]) => placeOf(one) - placeOf(other))) {
    const score = rank + headingScore(element, zones, called);
    if (score > (best?.score ?? 0.9)) best = { element, score };
  }
  return best?.element ?? null;
}

/** What place and words add to a heading's rank. Its own names ("has-wishlist-button") say nothing about where it stands. */
function headingScore(element: Element, zones: PageZones, titles: readonly ReadonlySet<string>[]): number {
  const zone = zones.get(parentOf(element) ?? element);
  return zone.isHidden ? -9 : titleLikeness(textOf(element, 300), titles) + zonePenalty(zone);
}

/** Without a heading, the first text that is what the page calls itself. */
function textLikeTitle(texts: readonly OwnText[], zones: PageZones, titles: readonly string[]): Element | null {
  const named = texts.find(({ element, text }) => {
    const zone = zones.get(element);
    return text.length >= 6 && !zone.isHidden && !zone.isFurniture && titles.some((title) => title.startsWith(text));
  });
  return named?.element ?? null;
}

/** How much a heading says what the page calls itself, 0..2; an empty one says nothing. */
function titleLikeness(text: string, titles: readonly ReadonlySet<string>[]): number {
  if (text.length < 3) return -3;
  const words = wordsOf(text);
  return 2 * Math.max(0, ...titles.map((title) => sharedWords(words, title)));
}

function zonePenalty(zone: Zone): number {
  return (zone.isOther || zone.isFurniture ? -1.5 : 0) + (zone.isLinked ? -0.7 : 0);
}

const HEADING_RANK: ReadonlyMap<string, number> = new Map([
  ['h1', 1.5],
  ['h2', 0.4],
  ['h3', 0.2],
]);

function buyButtons(page: PageDom, zones: PageZones): readonly Element[] {
  return namedAny(page, ['button', 'a', 'input', 'form']).filter((element) => {
    const zone = zones.get(element);
    return !zone.isOther && !zone.isReview && isBuyControl(element, zones);
  });
}

const labels = new BoundedMemo<boolean>(5_000);

function isBuyControl(element: Element, zones: PageZones): boolean {
  const { attribs, name } = element;
  if (zones.isNamed(element, NAME_BITS.buy)) return true;
  if (name !== 'a' && isBuyNamed(`${attribs['name'] ?? ''} ${attribs['action'] ?? ''}`)) return true;
  if (name === 'form') return false;
  const label = name === 'input' ? attributeOf(element, 'value') : textOf(element, 60);
  return label.length > 2 && label.length < 50 && labels.get(label, (text) => BUY.test(text));
}

function isBuyNamed(names: string): boolean {
  return names.length > 2 && (nameBits(names) & NAME_BITS.buy) !== 0;
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
