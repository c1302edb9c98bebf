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
  for (const element of page.elements) {
    const parent = parentOf(element);
    const inherited = (parent === null ? undefined : zones.get(parent)) ?? NO_ZONE;
    zones.set(element, plain.has(element) ? inherited : ownZone(element, inherited));
  }
  return zones;
}

/** Class, id and test hooks of an element in lower case, camel case split by hyphens. */
export function namesOf(element: Element): string {
  const { attribs } = element;
  const raw = `${attribs['class'] ?? ''} ${attribs['id'] ?? ''} ${attribs['data-testid'] ?? ''} ${attribs['data-component'] ?? ''} ${attribs['data-hook'] ?? ''} ${attribs['data-qa'] ?? ''}`;
  return raw.trim() === ''
    ? ''
    : raw
        .slice(0, 600)
        .replace(/([a-z])([A-Z])/g, '$1-$2')
        .toLowerCase();
}

function ownZone(element: Element, inherited: Zone): Zone {
  const names = PAGE_ROOTS.has(element.name) ? '' : namesOf(element);
  const byName = names !== '' && ANY.test(names) ? named(names, inherited) : inherited;
  return byTag(element, byName);
}

/** The document's own classes say what kind of page it is, not what a part is. */
const PAGE_ROOTS = new Set(['html', 'body', 'main', 'head']);

function named(names: string, zone: Zone): Zone {
  return {
    isOther: zone.isOther || OTHER.test(names),
    isFurniture: zone.isFurniture || FURNITURE.test(names),
    isReview: zone.isReview || REVIEW.test(names),
    isHidden: zone.isHidden || HIDDEN.test(names),
    isStruck: zone.isStruck || STRUCK.test(names),
    isSideAmount: zone.isSideAmount || SIDE.test(names),
    isLinked: zone.isLinked,
    isCard: zone.isCard || CARD.test(names),
  };
}

const STRUCK_TAGS = new Set(['del', 's', 'strike']);
const FURNITURE_TAGS = new Set(['nav', 'footer']);
const HIDDEN_TAGS = new Set(['template', 'noscript', 'script', 'style', 'dialog', 'head']);

function byTag(element: Element, zone: Zone): Zone {
  const { name, attribs } = element;
  const style = (attribs['style'] ?? '').toLowerCase();
  const isHidden = HIDDEN_TAGS.has(name) || 'hidden' in attribs || /display:\s*none/.test(style);
  const isStruck = STRUCK_TAGS.has(name) || style.includes('line-through');
  const isLinked = name === 'a' && isPageLink(attributeOf(element, 'href'));
  const isFurniture = FURNITURE_TAGS.has(name);
  const isOther = name === 'aside';
  if (!isHidden && !isStruck && !isLinked && !isFurniture && !isOther) return zone;
  return {
    ...zone,
    isHidden: zone.isHidden || isHidden,
    isStruck: zone.isStruck || isStruck,
    isLinked: zone.isLinked || isLinked,
    isFurniture: zone.isFurniture || isFurniture,
    isOther: zone.isOther || isOther,
  };
}

/** Whether an element stands in any zone at all. */
export function isZoned(zone: Zone): boolean {
  return zone !== NO_ZONE && Object.values(zone).some((flag: boolean) => flag);
}

function isPageLink(href: string): boolean {
  return href !== '' && !/^(?:#|javascript:|mailto:|tel:)/i.test(href);
}
