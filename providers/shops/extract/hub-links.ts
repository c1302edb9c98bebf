import { getDomain } from 'tldts';
import { canonicalUrl } from '../../../domain/catalog/canonical-url.ts';
import { isTrapUrl } from '../../../domain/catalog/crawl-trap.ts';
import { matchesAnyUrlGlob } from '../../../domain/catalog/url-glob.ts';
import { DEFAULT_PROPOSALS, type SourceConfig } from '../../../contracts/source-config.ts';
import { namedAny } from './dom.ts';
import { baseOf } from './extract-links.ts';
import { OpenPage } from './open-page.ts';
import { followedUrl, isCataloguePath, isMenuLink, isServicePath, siteOf, type PageLink } from './page-links.ts';

export interface HubsInput {
  readonly html: string;
  /** The same page when another reader has opened it already. */
  readonly page?: OpenPage;
  /** Final address of the page, absolute http(s). */
  readonly url: string;
  readonly config: Pick<SourceConfig, 'startUrls' | 'links' | 'proposals'>;
}

const MAX_HUBS = 200;
/** Hosts beside a shop that are not shops. */
const NO_SHOP =
  /^(?:cdn|static|assets|img|images|media|api|m|mobile|blog|news|help|support|faq|my|account|accounts|login|id|auth|sso|forum|community|jobs|careers?|hr|mail|status|docs|dev|developers?|partners?|b2b|seller|sellers|business|corp|about|info|pay|travel)\d*\./;

/**
 * Catalogues outside of the source that a catalogue page leads to: categories of the same shop that the source's link
 * rules leave out, shops on its other subdomains, and links to partners that the source names. Canonical, each once.
 */
export function hubLinks({ html, url, config, page: open = new OpenPage(html) }: HubsInput): readonly string[] {
  if ((config.proposals ?? DEFAULT_PROPOSALS).perDay === 0) return [];
  const hubs = new Set<string>();
  const base = baseOf(open.dom, url);
  for (const element of namedAny(open.dom, ['a', 'area'])) {
    const link = followedUrl(element, base);
    const hub = link === null ? null : hubOf({ url: link, element }, url, config);
    if (hub !== null) hubs.add(hub);
    if (hubs.size >= MAX_HUBS) break;
  }
  return [...hubs];
}

type Link = Pick<PageLink, 'url' | 'element'>;

function hubOf(link: Link, pageUrl: string, config: HubsInput['config']): string | null {
  if (isTrapUrl(link.url) !== null || isServicePath(link.url)) return null;
  if (matchesAnyUrlGlob(partnerGlobs(config), link.url)) return canonicalUrl(link.url);
  if (siteOf(link.url) === siteOf(pageUrl)) return isLeftOut(link, config) ? canonicalUrl(link.url) : null;
  return isSister(link, pageUrl) ? canonicalUrl(new URL('/', link.url).href) : null;
}

/** Path globs would say nothing about whose site it is. */
const partnerGlobs = ({ proposals }: HubsInput['config']): readonly string[] =>
  (proposals?.partners ?? []).filter((glob) => /^https?:\/\//.test(glob));

/** A category that the source's rules do not walk; without rules for categories it walks them all. */
function isLeftOut({ url, element }: Link, { links, startUrls }: HubsInput['config']): boolean {
  const { pathname, search } = new URL(url);
  if (links.listing.length === 0 || pathname === '/' || search !== '') return false;
  if (!isCataloguePath(url) && !isMenuLink(element)) return false;
  return !matchesAnyUrlGlob([...links.listing, ...links.product, ...links.ignore], url) && !startUrls.includes(url);
}

function isSister({ url, element }: Link, pageUrl: string): boolean {
  const { hostname, pathname } = new URL(url);
  const domain = getDomain(hostname);
  if (domain === null || domain !== getDomain(new URL(pageUrl).hostname) || NO_SHOP.test(hostname)) return false;
  return pathname === '/' || isCataloguePath(url) || isMenuLink(element);
}
