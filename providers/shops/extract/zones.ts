import type { Element } from 'domhandler';
import { attributeOf, parentOf } from './dom.ts';
import type { PageDom } from './dom.ts';

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

const OTHER =
  /relat(?:ed|ion)|recom+end|recomend|similar|also[-_]?(?:like|bought|view)|cross[-_]?sell|up[-_]?sell|recent|last[-_]?seen|viewed|history|bundle|together|frequent|accessor|sponsor|advert|suggest|compar|best[-_]?sell|popular|you[-_]?may|alternativ|reco(?![a-z])|companion|complement|complete[-_]?(?:the[-_]?)?look|shop[-_]?the[-_]?look|other[-_]?(?:product|item|seller|offer)|more[-_]?(?:product|item|like)|outfit|addon|add[-_]on|warranty|protection|insurance|trade[-_]?in|used[-_]|promo-?(?:tile|banner)|banner|teaser|merch(?![a-z])|interest|inspir|wishlist|favou?rite/;
const FURNITURE =
  /(?:^|\s)(?:site|page|global|main|top|app|l)?[-_]{0,2}(?:header|footer|nav|navbar|navigation|topbar|megamenu|menu)(?:$|[\s_-])|mini[-_]?cart|minicart|mini[-_]?basket|(?:basket|bag)[-_]?(?:preview|drawer|total|item|sub)|cart[-_]?(?:summary|preview|drawer|total|item|sub)|subtotal|newsletter|cookie|breadcrumb|search(?:box|[-_]?form|[-_]?bar)/;
const REVIEW = /review|comment|testimonial|question|q-?and-?a|opinion|bewertung|отзыв|feedback/;
const HIDDEN =
  /(?:^|[\s_-])(?:modal|dialog|popup|popover|tooltip|lightbox|drawer|offcanvas|hidden|template)(?:$|[\s_-])/;
const STRUCK =
  /(?:^|[\s_-])(?:old|was|before|prev|previous|former|crossed|strike|striked|struck|strikethrough|linethrough|line-through|rrp|msrp|uvp|pvp|retail|list|orig|original|barre|barrato|ancien|anterior|antes|stara|vanha|compare)(?:[-_]?(?:price|prix|preis|precio|prezzo|cena|value|amount))?(?:$|[\s_-])|price[-_]?(?:old|was|before|compare|crossed|strike|regular[-_]?old)|(?:old|was|list|original|regular|compare|strike|former|previous|basis|crossed)price|(?:price|prix)[-_]?barr|text-?price/;
const SIDE =
  /ship(?:ping|ment)|deliver|livraison|versand|spedizione|envio|instal+ment|install?ment|financ|monthly|credit|loan|leasing|klarna|afterpay|affirm|savings?(?:$|[\s_-])|save(?:$|[\s_-])|sav(?:e|ing)[-_]?(?:amount|price|percent)|discount[-_]?(?:amount|value|percent|label|badge)|coupon|voucher|cashback|bonus|points|reward|loyal|unit[-_]?price|price[-_]?(?:per|unit)|base[-_]?price|grundpreis|per[-_]?unit|threshold|deposit|gift[-_]?card|eco[-_]?(?:tax|part)|(?:^|[\s_-])(?:no|ex|excl|without)[-_]?(?:tax|vat)|rating|stars|\bqty\b|quantity|range[-_]?(?:slider|filter)|filter|facet/;
const CARD =
  /carousel|slider|swiper|slick|owl-|(?:product|item|goods)[-_]?(?:card|tile|list|grid|thumb|teaser|snippet|mini|box-list)|(?:^|[\s_-])(?:card|tile|slide)(?:$|[\s_-])/;
const ANY = new RegExp([OTHER, FURNITURE, REVIEW, HIDDEN, STRUCK, SIDE, CARD].map(({ source }) => source).join('|'));

/** The zone of an element that stands in no special part. */
export const NO_ZONE: Zone = {
  isOther: false,
  isFurniture: false,
  isReview: false,
  isHidden: false,
  isStruck: false,
  isSideAmount: false,
  isLinked: false,
  isCard: false,
};

/** The zone of every element of a page, in one pass from the top down; `plain` elements give their parts no zone. */
export function readZones(page: PageDom, plain: ReadonlySet<Element> = new Set()): ReadonlyMap<Element, Zone> {
  const zones = new Map<Element, Zone>();
  const byNames = new Map<string, Zone>();
  for (const element of page.elements) {
    const parent = parentOf(element);
    const inherited = (parent === null ? undefined : zones.get(parent)) ?? NO_ZONE;
    zones.set(element, plain.has(element) ? inherited : ownZone(element, inherited, byNames));
  }
  return zones;
}

/** Class, id and test hooks of an element in lower case, camel case split by hyphens. */
export function namesOf(element: Element): string {
  return readable(rawNames(element));
}

function rawNames({ attribs }: Element): string {
  let raw = attribs['class'] ?? '';
  for (const name of HOOKS) {
    const value = attribs[name];
    if (value !== undefined) raw += ` ${value}`;
  }
  return raw;
}

const HOOKS = ['id', 'data-testid', 'data-hook'];

function readable(raw: string): string {
  return raw === ''
    ? ''
    : raw
        .slice(0, 600)
        .replace(/([a-z])([A-Z])/g, '$1-$2')
        .toLowerCase();
}

/** Class names repeat a lot within a page, so what they say is worked out once for each spelling. */
function ownZone(element: Element, inherited: Zone, byNames: Map<string, Zone>): Zone {
  const raw = UNNAMED.has(element.name) ? '' : rawNames(element);
  if (raw === '') return byTag(element, inherited);
  let own = byNames.get(raw);
  if (own === undefined) {
    own = namedZone(readable(raw));
    byNames.set(raw, own);
  }
  return byTag(element, either(inherited, own));
}

function either(one: Zone, other: Zone): Zone {
  if (other === NO_ZONE || one === other) return one;
  if (one === NO_ZONE) return other;
  const flag = (name: keyof Zone) => one[name] || other[name];
  return {
    isOther: flag('isOther'),
    isFurniture: flag('isFurniture'),
    isReview: flag('isReview'),
    isHidden: flag('isHidden'),
    isStruck: flag('isStruck'),
    isSideAmount: flag('isSideAmount'),
    isLinked: flag('isLinked'),
    isCard: flag('isCard'),
  };
}

/** Whether a part belongs to the product itself: not to other products, reviews, cards or the site's frame. */
export function isProductZone(zone: Zone): boolean {
  return !zone.isOther && !zone.isReview && !zone.isCard && !zone.isFurniture;
}

/** The document's own classes say what kind of page it is, not what a part is; the others hold no shown parts. */
const UNNAMED = new Set('html body main head meta link script style br hr path svg use g option source'.split(' '));

function namedZone(names: string): Zone {
  if (!ANY.test(names)) return NO_ZONE;
  return {
    isOther: OTHER.test(names),
    isFurniture: FURNITURE.test(names),
    isReview: REVIEW.test(names),
    isHidden: HIDDEN.test(names),
    isStruck: STRUCK.test(names),
    isSideAmount: SIDE.test(names),
    isLinked: false,
    isCard: CARD.test(names),
  };
}

const HIDDEN_ZONE: Zone = { ...NO_ZONE, isHidden: true };
const STRUCK_ZONE: Zone = { ...NO_ZONE, isStruck: true };
const LINKED_ZONE: Zone = { ...NO_ZONE, isLinked: true };
const FURNITURE_ZONE: Zone = { ...NO_ZONE, isFurniture: true };
const TAG_ZONES: ReadonlyMap<string, Zone> = new Map([
  ['del', STRUCK_ZONE],
  ['s', STRUCK_ZONE],
  ['strike', STRUCK_ZONE],
  ['nav', FURNITURE_ZONE],
  ['footer', FURNITURE_ZONE],
  ['aside', { ...NO_ZONE, isOther: true }],
  ['template', HIDDEN_ZONE],
  ['noscript', HIDDEN_ZONE],
  ['script', HIDDEN_ZONE],
  ['style', HIDDEN_ZONE],
  ['dialog', HIDDEN_ZONE],
  ['head', HIDDEN_ZONE],
]);

function byTag(element: Element, zone: Zone): Zone {
  const { name, attribs } = element;
  let result = either(zone, TAG_ZONES.get(name) ?? NO_ZONE);
  if ('hidden' in attribs) result = either(result, HIDDEN_ZONE);
  const style = attribs['style'];
  if (style !== undefined) result = either(result, styleZone(style.toLowerCase()));
  if (name === 'a' && isPageLink(attributeOf(element, 'href'))) result = either(result, LINKED_ZONE);
  return result;
}

function styleZone(style: string): Zone {
  const hidden = /display:\s*none/.test(style) ? HIDDEN_ZONE : NO_ZONE;
  return style.includes('line-through') ? either(hidden, STRUCK_ZONE) : hidden;
}

/** Whether an element stands in any zone at all. */
export function isZoned(zone: Zone): boolean {
  return zone !== NO_ZONE && Object.values(zone).some((flag: boolean) => flag);
}

function isPageLink(href: string): boolean {
  return href !== '' && !/^(?:#|javascript:|mailto:|tel:)/i.test(href);
}
