import type { Element } from 'domhandler';
import { absoluteUrl, attributeOf, namedAny, parentOf } from './dom.ts';
import type { OpenPage } from './open-page.ts';
import { namesOf } from './zones.ts';
import type { Zone } from './zones.ts';

/** A link that may be followed. */
export interface PageLink {
  readonly element: Element;
  readonly url: string;
  readonly zone: Zone;
}

/** The page's own address and the one its relative links are resolved against. */
export interface Addresses {
  readonly url: string;
  readonly base: string;
}

const MAX_LINKS = 5_000;
const MAX_URL_CHARS = 2_048;
const FILE = /\.(?:jpe?g|png|gif|webp|svg|avif|pdf|zip|rar|docx?|xlsx?|css|js|mp4|mp3|ico|xml|rss)$/i;
const SERVICE =
  /\/(?:cart|basket|checkout|login|log-?in|logout|sign-?(?:in|up)|register|account|my-?account|profile|wish-?list|favou?rites?|compare|search|contacts?|about(?:-us)?|delivery|shipping|payment|returns?|privacy|terms|policy|policies|blog|news|faq|help|support|careers?|jobs|press|stores?-?(?:locator|finder)?|korzina|dostavka|oplata|kontakty|o-kompanii|newsletter|subscribe|feedback|reviews?|sitemap|agb|impressum|datenschutz|personal|auth|user)(?:[/.?]|$)/i;
const CATALOGUE =
  /\/(?:catalog(?:ue)?|categor(?:y|ies|ia|ias|ie)|collections?|kategori[aeiy]?|katalog|shop|store|c|cat|department|section|brands?|tags?|razdel|rubric|browse|produkte|products|goods|tovary|gifts?|podarki)(?:\/|\?|$)|[?&](?:cat(?:egory)?(?:_?id)?|page|p|pagen_1)=/i;

/** Links of a page to its own site: http(s), no nofollow, no files, at most 5,000, none over 2,048 characters. */
export function pageLinks({ dom, zones }: OpenPage, { url, base }: Addresses): readonly PageLink[] {
  const site = siteOf(url);
  const links: PageLink[] = [];
  for (const element of namedAny(dom, ['a', 'area'])) {
    if (links.length >= MAX_LINKS) break;
    const target = followedUrl(element, base);
    if (target !== null && siteOf(target) === site) links.push({ element, url: target, zone: zones.get(element) });
  }
  return links;
}

/** Where an element leads, when it is a link that may be followed; also to other sites. */
export function followedUrl(element: Element, base: string): string | null {
  if ((element.name !== 'a' && element.name !== 'area') || hasRel(element, 'nofollow')) return null;
  const target = absoluteUrl(attributeOf(element, 'href'), base);
  return target === null || target.length > MAX_URL_CHARS || FILE.test(new URL(target).pathname) ? null : target;
}

/** Whether an element's `rel` holds a keyword. */
export function hasRel(element: Element, keyword: string): boolean {
  return attributeOf(element, 'rel').toLowerCase().split(/\s+/).includes(keyword);
}

/** Whether two addresses belong to one host, `www.` aside. */
export function siteOf(url: string): string {
  return (URL.parse(url)?.host ?? '').replace(/^www\./, '');
}

/** Basket, account, help and company pages. */
export function isServicePath(url: string): boolean {
  return SERVICE.test(pathOf(url));
}

/** Whether an address looks like a category or a page of one. */
export function isCataloguePath(url: string): boolean {
  return CATALOGUE.test(pathOf(url));
}

/** Whether a link stands in a menu of the site, not in its footer. */
export function isMenuLink(link: Element): boolean {
  let isMenu = false;
  let steps = 0;
  for (let at: Element | null = link; at !== null && steps < 10; at = parentOf(at), steps += 1) {
    const names = namesOf(at);
    if (at.name === 'footer' || /(?:^|[\s_-])footer/.test(names)) return false;
    isMenu ||=
      at.name === 'nav' || /categor|catalog|(?:^|[\s_-])(?:mega-?)?(?:menu|nav|navigation)(?:$|[\s_-])/.test(names);
  }
  return isMenu;
}

function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? '' : parsed.pathname + parsed.search;
}
