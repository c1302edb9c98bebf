import { createHash } from 'node:crypto';
import type { FoundLink, FoundProduct, Visit, VisitRequest } from '../../activities/ports.ts';
import type { PageKind } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { canonicalUrl } from '../../domain/catalog/canonical-url.ts';
import { isTrapUrl } from '../../domain/catalog/crawl-trap.ts';
import { matchesUrlGlob } from '../../domain/catalog/url-glob.ts';
import { classifyPage } from './extract/classify-page.ts';
import { extractLinks } from './extract/extract-links.ts';
import { extractProduct } from './extract/extract-product.ts';
import { readApiPage } from './extract/read-api-page.ts';
import type { FetchedPage } from './fetch/fetch-options.ts';
import { readSitemap } from './fetch/sitemap.ts';

export const hashOf = (body: Buffer): string => createHash('sha256').update(body).digest('base64url');

type Answered = VisitRequest & { readonly bodyHash: string };

/** Reads a page that answered with a body, by what kind of page it was expected to be. */
export async function readAnswer(page: FetchedPage, request: Answered): Promise<Visit> {
  switch (request.kind) {
    case 'sitemap':
      return await readSitemapPage(page, request);
    case 'api':
      return readApi(page, request);
    case 'listing':
    case 'product':
      return readHtml(page, request);
  }
}

interface Findings {
  readonly products?: readonly FoundProduct[];
  readonly links?: readonly FoundLink[];
  readonly reason?: string | null;
}

function fetched({ headers }: FetchedPage, { bodyHash, config }: Answered, found: Findings): Visit {
  const { etag, lastModified } = headers;
  const links = (found.links ?? []).filter(({ url }) => isTrapUrl(url) === null && !isIgnored(url, config));
  return { outcome: 'fetched', products: [], reason: null, ...found, links, etag, lastModified, bodyHash };
}

const isIgnored = (url: string, { links }: SourceConfig): boolean => links.ignore.some((glob) => matchesUrlGlob(glob, url));

const matches = (globs: readonly string[], url: string): boolean => globs.some((glob) => matchesUrlGlob(glob, url));

/** A page that nothing is known of is opened as a product; what it turns out to be is decided by what is on it. */
function kindOf(url: string, { links }: SourceConfig): PageKind {
  return !matches(links.product, url) && matches(links.listing, url) ? 'listing' : 'product';
}

async function readSitemapPage(page: FetchedPage, request: Answered): Promise<Visit> {
  const { sitemaps, pages } = await readSitemap(page.body ?? Buffer.alloc(0));
  const known = request.config.links.product.length === 0;
  const links = [
    ...sitemaps.map((url) => toLink(url, 'sitemap', page.url)),
    ...pages
      .map(({ loc }) => loc)
      .filter((url) => known || matches([...request.config.links.product, ...request.config.links.listing], url))
      .map((url) => toLink(url, kindOf(url, request.config), page.url)),
  ];
  return fetched(page, request, { links: links.flat() });
}

function readApi(page: FetchedPage, request: Answered): Visit {
  const { config } = request;
  if (config.api === null) return { outcome: 'skipped', reason: 'the source has no rules for a JSON API' };
  const json = parseJson(page.text());
  if (json === undefined) return { outcome: 'failed', reason: 'the answer is not JSON' };
  const { items, next, skipped } = readApiPage({ json, url: page.url, rules: config.api, config });
  const products = items.map(({ url, product }) => ({ url: canonicalUrl(url) ?? url, page: product }));
  const links = next === null ? [] : toLink(next, 'api', page.url, true);
  return fetched(page, request, { products, links, reason: skipped > 0 ? `${skipped} items without an address` : null });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readHtml(page: FetchedPage, request: Answered): Visit {
  const { config, url: requestedUrl, kind } = request;
  const html = page.text();
  const product = extractProduct({ html, url: page.url, config });
  const found = kind === 'listing' ? extractLinks({ html, url: page.url, rules: config.links }) : null;
  const productLinks = found?.products.length ?? 0;
  const judged = classifyPage({ product, productLinks, requestedUrl, finalUrl: page.url });
  if (judged.kind === 'soft-404') return { outcome: 'gone', reason: `soft 404: ${judged.reasons.join(', ')}` };
  const isProduct = judged.kind === 'product' && !(kind === 'listing' && productLinks > 0);
  if (isProduct) {
    const canonical = canonicalUrl(product.canonicalUrl?.value ?? page.url, { base: page.url }) ?? requestedUrl;
    const url = new URL(canonical).host === new URL(page.url).host ? canonical : requestedUrl;
    const links = url === requestedUrl ? [] : toLink(url, 'product', page.url);
    return fetched(page, request, { products: [{ url, page: product }], links });
  }
  const { products, listings, next } = found ?? extractLinks({ html, url: page.url, rules: config.links });
  const links = [
    ...products.flatMap((url) => toLink(url, 'product', page.url)),
    ...listings.flatMap((url) => toLink(url, 'listing', page.url)),
    ...(next === null ? [] : toLink(next, 'listing', page.url, true)),
  ];
  const reason = kind === 'product' ? `not a product: ${judged.reasons.join(', ')}` : null;
  return fetched(page, request, { links, reason });
}

// eslint-disable-next-line max-params -- where, what, from where, and how it goes on
function toLink(link: string, kind: PageKind, base: string, continues = false): FoundLink[] {
  const url = canonicalUrl(link, { base });
  return url === null ? [] : [{ url, kind, continues }];
}
