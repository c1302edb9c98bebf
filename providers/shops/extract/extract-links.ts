import type { LinkRules } from '../../../contracts/source-config.ts';
import { matchesAnyUrlGlob } from '../../../domain/catalog/url-glob.ts';
import { absoluteUrl, named } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import { isCataloguePath, isMenuLink, isServicePath, pageLinks } from './page-links.ts';
import type { PageLink } from './page-links.ts';
import { OpenPage } from './open-page.ts';
import { nextPage } from './next-page.ts';
import { cardLinks, statedProductUrls } from './product-cards.ts';

/** Where a page leads: absolute http(s) addresses of the same site without fragments, each once, in page order. */
export interface PageLinks {
  readonly products: readonly string[];
  readonly listings: readonly string[];
  readonly next: string | null;
  readonly canonical: string | null;
  /** The page asks not to be indexed. */
  readonly noindex: boolean;
  /** The page asks not to have its links followed; then there are no products, listings and next. */
  readonly nofollow: boolean;
}

/** One fetched catalogue page. */
export interface LinksInput {
  readonly html: string;
  /** The same page when another reader has opened it already. */
  readonly page?: OpenPage;
  /** Final address of the page, absolute http(s). */
  readonly url: string;
  readonly rules: LinkRules;
}

/**
 * Product, catalogue and next-page links of a page. The source's globs decide; where it has none for products, markup
 * and cards (a repeated block with a photo and a price) do. Links with rel=nofollow and to other sites are left out.
 */
export function extractLinks({ html, url, rules, page: open = new OpenPage(html) }: LinksInput): PageLinks {
  const page = open.dom;
  const robots = robotsOf(page);
  const base = baseOf(page, url);
  const canonical = canonicalOf(page, base);
  if (robots.nofollow) return { products: [], listings: [], next: null, canonical, ...robots };
  const links = pageLinks(open, { url, base }).filter((link) => !matchesAnyUrlGlob(rules.ignore, link.url));
  const next = nextPage(page, links, { url, base });
  const products = productUrls({ html, page, links, base }, rules).filter((link) => link !== url);
  const taken = new Set([...products, url, next ?? url]);
  const listings = unique(links.filter((link) => isListing(link, rules)).map((link) => link.url));
  return {
    products,
    listings: listings.filter((link) => !taken.has(link)),
    next: next !== null && matchesAnyUrlGlob(rules.ignore, next) ? null : next,
    canonical,
    ...robots,
  };
}

interface Parsed {
  readonly html: string;
  readonly page: PageDom;
  readonly links: readonly PageLink[];
  readonly base: string;
}

function productUrls({ html, page, links, base }: Parsed, rules: LinkRules): readonly string[] {
  if (rules.product.length > 0) {
    return unique(links.map((link) => link.url).filter((link) => matchesAnyUrlGlob(rules.product, link)));
  }
  const own = new Set(links.map((link) => link.url));
  const stated = statedProductUrls(html, page, base).filter((link) => own.has(link));
  const cards = cardLinks(links).filter((link) => !matchesAnyUrlGlob(rules.listing, link) && !isServicePath(link));
  return unique([...stated, ...cards]);
}

function isListing({ url, element }: PageLink, rules: LinkRules): boolean {
  if (rules.listing.length > 0) return matchesAnyUrlGlob(rules.listing, url);
  if (matchesAnyUrlGlob(rules.product, url) || isServicePath(url)) return false;
  return isCataloguePath(url) || (isMenuLink(element) && new URL(url).pathname !== '/');
}

function unique(urls: readonly string[]): readonly string[] {
  return [...new Set(urls)];
}

function robotsOf(page: PageDom): Pick<PageLinks, 'noindex' | 'nofollow'> {
  const rules = named(page, 'meta')
    .filter((element) => element.attribs['name']?.toLowerCase() === 'robots')
    .map((element) => (element.attribs['content'] ?? '').toLowerCase())
    .join(',');
  return { noindex: /\b(?:noindex|none)\b/.test(rules), nofollow: /\b(?:nofollow|none)\b/.test(rules) };
}

/** What relative links of the page are resolved against. */
export function baseOf(page: PageDom, url: string): string {
  const [base] = named(page, 'base');
  return absoluteUrl(base?.attribs['href'] ?? '', url) ?? url;
}

function canonicalOf(page: PageDom, base: string): string | null {
  const link = named(page, 'link').find((element) => /\bcanonical\b/i.test(element.attribs['rel'] ?? ''));
  return absoluteUrl(link?.attribs['href'] ?? '', base);
}
