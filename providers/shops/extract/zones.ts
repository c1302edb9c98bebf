import type { Element } from 'domhandler';
import { attributeOf, parentOf, placeOf } from './dom.ts';
import { NAME_BITS, nameBits, readableName } from './name-facts.ts';
import type { PageDom } from './page-dom.ts';

/** What part of the page an element stands in; parts are inherited from ancestors. */
export interface Zone {
  /** Other products: recommendations, recently viewed, bundles, advertisements. */
  readonly isOther: boolean;
  /** Site furniture: header, footer, navigation, basket preview. */
  readonly isFurniture: boolean;
  /** Reviews and questions. */
  readonly isReview: boolean;
  /** Not shown: hidden attributes and styles, dialogs, templates. */
  readonly isHidden: boolean;
  /** Crossed out or named as the former price. */
  readonly isStruck: boolean;
  /** Delivery, instalments, savings: amounts that are no price of the product. */
  readonly isSideAmount: boolean;
  /** Inside a link to another page. */
  readonly isLinked: boolean;
  /** A card, slide or row of a list. */
  readonly isCard: boolean;
}

const LINKED = 64;
/** The bits of a name that are inherited by what is inside. */
const ZONE_BITS = 255;

const ZONES: readonly Zone[] = Array.from({ length: 256 }, (_, bits) => ({
  isOther: (bits & NAME_BITS.other) !== 0,
  isFurniture: (bits & NAME_BITS.furniture) !== 0,
  isReview: (bits & NAME_BITS.review) !== 0,
  isHidden: (bits & NAME_BITS.hidden) !== 0,
  isStruck: (bits & NAME_BITS.struck) !== 0,
  isSideAmount: (bits & NAME_BITS.sideAmount) !== 0,
  isLinked: (bits & LINKED) !== 0,
  isCard: (bits & NAME_BITS.card) !== 0,
}));

/** The zone of an element that stands in no special part. */
export const NO_ZONE: Zone = ZONES[0] ?? {
  isOther: false,
  isFurniture: false,
  isReview: false,
  isHidden: false,
  isStruck: false,
  isSideAmount: false,
  isLinked: false,
  isCard: false,
};

/** The zone of every element of a page, with the elements whose names say something else of use. */
export class PageZones {
  readonly #page: PageDom;
  readonly #own: Uint16Array;
  readonly #zones: Uint8Array;

  /** `plain` elements give their parts no zone. */
  private constructor(page: PageDom, own: Uint16Array, plain: ReadonlySet<Element>) {
    this.#page = page;
    this.#own = own;
    this.#zones = inherited(page, own, plain);
  }

  /** Reads the names of all elements. */
  static of(page: PageDom): PageZones {
    const own = new Uint16Array(page.elements.length);
    for (const [place, element] of page.elements.entries()) own[place] = ownBits(element);
    return new PageZones(page, own, new Set());
  }

  /** The same page where these elements give their parts no zone. */
  without(plain: ReadonlySet<Element>): PageZones {
    return new PageZones(this.#page, this.#own, plain);
  }

  get(element: Element): Zone {
    return ZONES[this.#zones[placeOf(element)] ?? 0] ?? NO_ZONE;
  }

  /** Whether an element's own name says this. */
  isNamed(element: Element, bit: number): boolean {
    return ((this.#own[placeOf(element)] ?? 0) & bit) !== 0;
  }

  /** Elements whose own names say this, in document order. */
  named(bit: number): readonly Element[] {
    return this.#page.elements.filter((_, place) => ((this.#own[place] ?? 0) & bit) !== 0);
  }
}

/** One pass from the top down. */
function inherited(page: PageDom, own: Uint16Array, plain: ReadonlySet<Element>): Uint8Array {
  const zones = new Uint8Array(page.elements.length);
  const isPlain = plain.size > 0;
  for (const [place, element] of page.elements.entries()) {
    const parent = parentOf(element);
    const outer = parent === null ? 0 : (zones[placeOf(parent)] ?? 0);
    zones[place] = isPlain && plain.has(element) ? outer : outer | ((own[place] ?? 0) & ZONE_BITS);
  }
  return zones;
}

/** Class, id and test hooks of an element in lower case, camel case split by hyphens. */
export function namesOf({ attribs }: Element): string {
  let raw = attribs['class'] ?? '';
  for (const name of HOOKS) {
    const value = attribs[name];
    if (value !== undefined) raw += ` ${value}`;
  }
  return readableName(raw);
}

const HOOKS = ['id', 'data-testid', 'data-hook'];

/** Whether a part belongs to the product itself: not to other products, reviews, cards or the site's frame. */
export function isProductZone(zone: Zone): boolean {
  return !zone.isOther && !zone.isReview && !zone.isCard && !zone.isFurniture;
}

/** The document's own classes say what kind of page it is, not what a part is; the others hold no shown parts. */
const UNNAMED = new Set('html body main head meta link script style br hr path svg use g option source'.split(' '));

const TAG_BITS: ReadonlyMap<string, number> = new Map([
  ['del', NAME_BITS.struck],
  ['s', NAME_BITS.struck],
  ['strike', NAME_BITS.struck],
  ['nav', NAME_BITS.furniture],
  ['footer', NAME_BITS.furniture],
  ['aside', NAME_BITS.other],
  ...['template', 'noscript', 'script', 'style', 'dialog', 'head'].map((tag): [string, number] => [
    tag,
    NAME_BITS.hidden,
  ]),
]);

function ownBits(element: Element): number {
  const { name, attribs } = element;
  let bits = TAG_BITS.get(name) ?? 0;
  if (!UNNAMED.has(name)) bits |= namedBits(attribs);
  if (attribs['hidden'] !== undefined) bits |= NAME_BITS.hidden;
  const style = attribs['style'];
  if (style !== undefined) bits |= styleBits(style.toLowerCase());
  return name === 'a' && isPageLink(attributeOf(element, 'href')) ? bits | LINKED : bits;
}

function namedBits(attribs: Element['attribs']): number {
  const names = attribs['class'];
  let bits = names === undefined ? 0 : nameBits(names);
  for (const hook of HOOKS) {
    const value = attribs[hook];
    if (value !== undefined) bits |= nameBits(value);
  }
  return bits;
}

function styleBits(style: string): number {
  const hidden = /display:\s*none/.test(style) ? NAME_BITS.hidden : 0;
  return style.includes('line-through') ? hidden | NAME_BITS.struck : hidden;
}

/** Whether an element stands in any zone at all. */
export function isZoned(zone: Zone): boolean {
  return zone !== NO_ZONE;
}

function isPageLink(href: string): boolean {
  return href !== '' && !/^(?:#|javascript:|mailto:|tel:)/i.test(href);
}
