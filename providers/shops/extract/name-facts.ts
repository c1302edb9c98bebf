import { BoundedMemo } from './bounded-memo.ts';

/** What the class, id or test hook of an element says, as bits that add up. */
export const NAME_BITS = {
  other: 1,
  furniture: 2,
  review: 4,
  hidden: 8,
  struck: 16,
  sideAmount: 32,
  card: 128,
  title: 256,
  sku: 512,
  description: 1_024,
  crumbs: 2_048,
  buy: 4_096,
  price: 8_192,
  current: 16_384,
  options: 32_768,
} as const;

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
const TITLE = /product[-_]?(?:title|name)|(?:item|goods)[-_]?(?:title|name)/;
const SKU =
  /(?:^|[\s_-])(?:sku|article(?:[-_]?number)?|product[-_]?(?:code|reference|sku)|item[-_]?(?:number|code)|reference)(?:$|[\s_-])/;
const DESCRIPTION =
  /(?:^|[\s_-])(?:(?:product[-_]{0,2})?(?:description|desc|about|описание)|(?:product|goods|item)[-_]{1,2}text)(?:$|[\s_-])/;
const CRUMBS = /bread-?crumb|хлебные|(?:^|\s)crumbs/;
const BUY = /add[-_]?to[-_]?(?:cart|basket|bag)|(?:^|[\s_-])(?:buy|btn-?cart|atc)(?:$|[\s_-])|buy-?(?:now|box|button)/;

const PRICE =
  /price|preis|prix|precio|preco|prezzo|cena(?![a-z])|ceny|hinta|pris(?![a-z])|kaina|hind(?![a-z])|fiyat|цена|amount|money|kosten/;
const CURRENT =
  /(?:^|[\s_-])(?:current|now|sale|special|final|our|deal|promo|actual|selling|sales|new|offer|main|discounted|reduced|today|buybox|inside|to-?pay)(?:$|[\s_-])|(?:current|sale|special|final|sales|our|deal|new)price|priceblock/;

const OPTIONS =
  /(?:^|\s|product[-_])(?:options|variants|variations|swatches|sizes)(?:[-_]{1,2}(?:list|group|select|selector|picker|items))?(?:$|\s)/;

const RULES: readonly (readonly [RegExp, number])[] = [
  [OTHER, NAME_BITS.other],
  [FURNITURE, NAME_BITS.furniture],
  [REVIEW, NAME_BITS.review],
  [HIDDEN, NAME_BITS.hidden],
  [STRUCK, NAME_BITS.struck],
  [SIDE, NAME_BITS.sideAmount],
  [CARD, NAME_BITS.card],
  [TITLE, NAME_BITS.title],
  [SKU, NAME_BITS.sku],
  [DESCRIPTION, NAME_BITS.description],
  [CRUMBS, NAME_BITS.crumbs],
  [BUY, NAME_BITS.buy],
  [PRICE, NAME_BITS.price],
  [CURRENT, NAME_BITS.current],
  [OPTIONS, NAME_BITS.options],
];
const ANY = new RegExp(RULES.map(([{ source }]) => source).join('|'));

/** Shops name the parts of all their pages alike, so what a name says is worked out once. */
const known = new BoundedMemo<number>(20_000);

/** The bits of one attribute's value. */
export function nameBits(raw: string): number {
  return known.get(raw, bitsOf);
}

function bitsOf(raw: string): number {
  const names = readableName(raw);
  // Numbers say nothing, and rows of a list differ in nothing else.
  return /\d/.test(names) ? known.get(names.replace(/\d+/g, '#'), matched) : matched(names);
}

function matched(names: string): number {
  if (!ANY.test(names)) return 0;
  return RULES.reduce((bits, [pattern, bit]) => (pattern.test(names) ? bits | bit : bits), 0);
}

/** A name in lower case, camel case split by hyphens, at most 600 characters. */
export function readableName(raw: string): string {
  return raw === ''
    ? ''
    : raw
        .slice(0, 600)
        .replace(/([a-z])([A-Z])/g, '$1-$2')
        .toLowerCase();
}
