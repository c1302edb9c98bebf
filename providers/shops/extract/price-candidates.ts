import { isTag, isText } from 'domhandler';
import type { AnyNode, Element } from 'domhandler';
import { ancestorsOf, collapse, parentOf, textOf } from './dom.ts';
import type { Price } from '../../../domain/catalog/product-page.ts';
import { textPrice } from './price-value.ts';
import { NAME_BITS } from './name-facts.ts';
import type { PageIndex } from './page-index.ts';

/** An amount shown on the page. */
export interface PriceCandidate {
  /** Outermost element that holds this amount and nothing else. */
  readonly element: Element;
  readonly text: string;
  readonly price: Price;
  /** The upper end where the element shows a range. */
  readonly highPrice: Price | null;
  readonly hasCurrency: boolean;
  /** How many steps up the nearest name is that speaks of a price, 0 = its own; 9 = none within three. */
  readonly priceNameAt: number;
  /** The same for names of a current price. */
  readonly currentNameAt: number;
}

const MAX_CANDIDATES = 600;
/** Wrappers around one amount at most. */
const MAX_CLIMB = 12;
const MAX_PRICE_CHARS = 34;
const CURRENCY =
  /[$€£¥₹₽₺₴₸₩₪₫฿₦￥元円]|руб|(?:^|\d|\s)р\.?(?:$|\s)|грн|тенге|лв|zł|kč|(?<!\p{L})(?:kr|ft|lei|usd|eur|gbp|rub|cad|aud|nzd|chf|sek|nok|dkk|pln|czk|huf|ron|bgn|try|inr|brl|ars|mxn|clp|cop|zar|aed|sar|jpy|cny|twd|krw|sgd|hkd|myr|thb|php|idr|vnd|pkr|rs|tl)(?!\p{L})|ر\.س|درهم|د\.إ/iu;
const DIGIT = /\d/;

/** Shown amounts of a page in page order, each once; at most 600. */
export function priceCandidates(index: PageIndex, currency: string | null): readonly PriceCandidate[] {
  const found: PriceCandidate[] = [];
  const taken = new Set<Element>();
  for (const text of index.page.texts) {
    if (found.length >= MAX_CANDIDATES) break;
    const { parent } = text;
    if (!isShortNumber(text.data) || parent === null || !isTag(parent) || SKIPPED.has(parent.name)) continue;
    const holder = holderOf(parent);
    if (holder === null || taken.has(holder.element)) continue;
    taken.add(holder.element);
    const candidate = candidateOf(holder, index, currency);
    if (candidate !== null) found.push(candidate);
  }
  return found;
}

const SKIPPED = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'option',
  'textarea',
  'title',
  'sup',
  'head',
  'svg',
]);

function isShortNumber(text: string): boolean {
  return text.length < 200 && DIGIT.test(text) && collapse(text).length <= MAX_PRICE_CHARS;
}

interface Holder {
  readonly element: Element;
  readonly text: string;
}

/** Climbs while the parent still holds nothing but this one amount. */
function holderOf(leaf: Element): Holder | null {
  let held = amountText(leaf);
  if (held === null || !isOneAmount(held)) return null;
  let element = leaf;
  for (const parent of ancestorsOf(leaf, MAX_CLIMB)) {
    if (holdsMore(parent)) break;
    const text = amountText(parent);
    if (text === null || !isOneAmount(text)) break;
    element = parent;
    held = text;
  }
  return { element, text: held };
}

/** Whether an element is a part of the page rather than a part of a price. */
function holdsMore(element: Element): boolean {
  return SKIPPED.has(element.name) || PARTS.has(element.name) || element.children.some(isHeading);
}

const PARTS = new Set(['body', 'main', 'html', 'section', 'article', 'form', 'table', 'tbody']);

function isHeading(node: AnyNode): boolean {
  return isTag(node) && /^h[1-6]$/.test(node.name);
}

/** Text of a small element with cents that stand in their own element joined by a dot; null when it is longer than a price. */
function amountText(element: Element): string | null {
  const pieces: string[] = [];
  let length = 0;
  const stack: AnyNode[] = element.children.slice().reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) {
      const piece = collapse(node.data);
      length += piece.length;
      if (piece !== '') pieces.push(piece);
    } else if (isTag(node) && !SILENT.has(node.name)) {
      for (const child of node.children.toReversed()) stack.push(child);
    }
    if (length > MAX_PRICE_CHARS || pieces.length > 12) return null;
  }
  return joined(pieces);
}

const SILENT = new Set(['script', 'style', 'svg', 'noscript']);

function joined(pieces: readonly string[]): string {
  let text = '';
  for (const [at, piece] of pieces.entries()) {
    const isCents = at > 0 && /^\d{2}(?:\s?[^\d\s]\D{0,4})?$/.test(piece);
    const before = isCents ? WHOLE_AMOUNT.exec(text) : null;
    text =
      before !== null
        ? `${text.slice(0, text.length - (before[1] ?? '').length).trim()}.${piece} ${before[1] ?? ''}`
        : text + glue(text, piece) + piece;
  }
  return text.trim();
}

/** Ends with a number without cents, perhaps with a sign behind it. */
const WHOLE_AMOUNT = /^(?:.*[^\d.,])?\d{1,3}(?:[ .,'’]?\d{3})*\s?([€$£]?)$/;

function glue(before: string, piece: string): string {
  return before === '' || /^[.,](?:\d|$)/.test(piece) || /\d[.,]$/.test(before) ? '' : ' ';
}

/** "10 – 20 €", "от 990 до 1 490 ₽": two amounts with nothing but a dash or a word for "to" between. */
const RANGE = /^(\D{0,8}\d[\d\s.,'’]*?\s*[^\d\s–—-]{0,4}?)\s*(?:[–—-]|\b(?:to|bis|do|al?|à)\b|до)\s*(\D{0,4}\d.*)$/iu;

/** One number group or a range of two, with at most a few words around. */
function isOneAmount(text: string): boolean {
  const groups = text.match(/\d[\d\s.,'’]*/g) ?? [];
  return (
    (groups.length === 1 || (groups.length === 2 && RANGE.test(text))) &&
    !/[%]|\d\s?[x×]\s?\d|^[([]\s*\d+\s*[)\]]$/.test(text)
  );
}

function candidateOf({ element, text }: Holder, index: PageIndex, currency: string | null): PriceCandidate | null {
  const priceNameAt = stepsToName(element, NAME_BITS.price, index);
  const isNamed = priceNameAt <= 2;
  const hasCurrency = CURRENCY.test(text) || (!isNamed && hasCurrencyBeside(element, text));
  if (!hasCurrency && (!isNamed || /\p{L}{3}/u.test(text.replace(LABEL, '')))) return null;
  const [price, highPrice] = pricesIn(text, currency);
  const currentNameAt = stepsToName(element, NAME_BITS.current, index);
  return price === null ? null : { element, text, price, highPrice, hasCurrency, priceNameAt, currentNameAt };
}

function pricesIn(text: string, currency: string | null): readonly [Price | null, Price | null] {
  const range = RANGE.exec(text);
  const high = range === null ? null : textPrice(range[2] ?? '', currency);
  const low = high === null ? null : textPrice(range?.[1] ?? '', high.currency);
  if (low === null || high === null || Number(high.amount) <= Number(low.amount))
    return [textPrice(text, currency), null];
  return [low, { ...high, currency: high.currency ?? low.currency }];
}

/** Whether a bare number has its currency right before or after it, outside its own element. */
function hasCurrencyBeside(element: Element, text: string): boolean {
  const parent = parentOf(element);
  if (parent === null || !/^\d[\d.,\s]*$/.test(text)) return false;
  const around = textOf(parent, 300);
  const at = around.indexOf(text);
  return (
    at >= 0 &&
    (CURRENCY.test(around.slice(Math.max(0, at - 4), at)) ||
      CURRENCY.test(around.slice(at + text.length, at + text.length + 5)))
  );
}

/** Words that may stand beside an amount without a currency. */
const LABEL = /price|from|only|now|preis|prix|precio|prezzo|cena|цена|от/giu;

/** Steps up to the nearest name that has this bit, at most 3; 9 when there is none. */
function stepsToName(element: Element, bit: number, { zones }: PageIndex): number {
  let at: Element | null = element;
  for (let steps = 0; steps < 4 && at !== null; steps += 1, at = parentOf(at)) {
    if (zones.isNamed(at, bit) || ITEM_PROPERTIES.get(bit)?.test(at.attribs['itemprop'] ?? '') === true) return steps;
  }
  return 9;
}

const ITEM_PROPERTIES = new Map<number, RegExp>([[NAME_BITS.price, /price/i]]);
