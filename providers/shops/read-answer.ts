import { createHash } from 'node:crypto';
import type { FoundLink, Visit, VisitRequest } from '../../activities/ports.ts';
import type { PageKind } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import type { ProductPage } from '../../domain/catalog/product-page.ts';
import { canonicalUrl } from '../../domain/catalog/canonical-url.ts';
import { isTrapUrl } from '../../domain/catalog/crawl-trap.ts';
import { matchesAnyUrlGlob } from '../../domain/catalog/url-glob.ts';
import { adapterOf } from './adapters/registry.ts';
import { UnreadableAnswerError, type AdapterFindings, type ShopAdapter } from './adapters/shop-adapter.ts';
import { blockReason } from './block-reason.ts';
import { classifyPage } from './extract/classify-page.ts';
import { extractLinks, type PageLinks } from './extract/extract-links.ts';
import { extractProduct } from './extract/extract-product.ts';
import { OpenPage } from './extract/open-page.ts';
import { siteOf } from './extract/page-links.ts';
import { hubLinks } from './extract/hub-links.ts';
import { readApiPage } from './extract/read-api-page.ts';
import type { FetchedPage } from './fetch/fetch-options.ts';
import { readSitemap } from './fetch/sitemap.ts';

export const hashOf = (body: Buffer): string => createHash('sha256').update(body).digest('base64url');

export type Answered = Pick<VisitRequest, 'url' | 'kind' | 'config'> & { readonly bodyHash: string };

/** Reads a page that answered with a body, by what kind of page it was expected to be. */
export async function readAnswer(page: FetchedPage, request: Answered): Promise<Visit> {
  const adapter = adapterOf(request.config);
  if (adapter !== null) return readByAdapter(adapter, page, request);
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

type Findings = Partial<AdapterFindings> & { readonly hubs?: readonly string[] };

function readByAdapter(adapter: ShopAdapter, page: FetchedPage, request: Answered): Visit {
  try {
    return fetched(page, request, adapter.read(page, request));
  } catch (err) {
    if (!(err instanceof UnreadableAnswerError)) throw err;
    return { outcome: 'failed', reason: err.message };
  }
}

function fetched({ url, headers, body: bytes }: FetchedPage, request: Answered, found: Findings): Visit {
  const { bodyHash, config, kind } = request;
  const { etag, lastModified, contentType } = headers;
  const isKept = bytes !== null && (kind === 'product' || kind === 'api');
  const sites = new Set(config.startUrls.map(siteOf));
  const links = (found.links ?? []).filter(
    ({ url }) => sites.has(siteOf(url)) && isTrapUrl(url) === null && !matchesAnyUrlGlob(config.links.ignore, url),
  );
  return {
    outcome: 'fetched',
    products: [],
    reason: null,
    ...found,
    links,
    etag,
    lastModified,
    bodyHash,
    body: isKept ? { url, contentType, bytes } : null,
  };
}

/** A page that nothing is known of is opened as a product; what it turns out to be is decided by what is on it. */
function kindOf(url: string, { links }: SourceConfig): PageKind {
  return !matchesAnyUrlGlob(links.product, url) && matchesAnyUrlGlob(links.listing, url) ? 'listing' : 'product';
}

/** Where the source says what its products look like, other pages of its sitemap are not even opened. */
async function readSitemapPage(page: FetchedPage, request: Answered): Promise<Visit> {
  const { product, listing } = request.config.links;
  const isWanted = (url: string) => product.length === 0 || matchesAnyUrlGlob([...product, ...listing], url);
  const links: FoundLink[] = [];
  for await (const { kind, loc } of readSitemap(page.body ?? Buffer.alloc(0))) {
    if (kind === 'sitemap') links.push(...toLink(loc, 'sitemap', page.url));
    else if (isWanted(loc)) links.push(...toLink(loc, kindOf(loc, request.config), page.url));
  }
  return fetched(page, request, { links });
}

function readApi(page: FetchedPage, request: Answered): Visit {
  const { config } = request;
  if (config.api === null) return { outcome: 'skipped', reason: 'the source has no rules for a JSON API' };
  const json = parseJson(page.text());
  if (json === undefined) return { outcome: 'failed', reason: 'the answer is not JSON' };
  const { items, next, skipped } = readApiPage({ json, url: page.url, rules: config.api, config });
  const products = items.map(({ url, product }) => ({ url: canonicalUrl(url) ?? url, page: product }));
  const links = next === null ? [] : toLink(next, 'api', page.url).map((link) => ({ ...link, continues: true }));
  return fetched(page, request, {
    products,
    links,
    reason: skipped > 0 ? `${skipped} items without an address` : null,
  });
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
  const open = new OpenPage(page.text());
  const product = extractProduct({ html: open.html, page: open, url: page.url, config });
  const readLinks = () => extractLinks({ html: open.html, page: open, url: page.url, rules: config.links });
  const links = kind === 'listing' ? readLinks() : null;
  const productLinks = links?.products.length ?? 0;
  const judged = classifyPage({ product, productLinks, requestedUrl, finalUrl: page.url });
  if (judged.kind === 'soft-404')
    return { outcome: 'gone', reason: `soft 404: ${judged.reasons.join(', ')}`, soft: true };
  if (judged.kind === 'product' && productLinks === 0) return readProduct(page, request, product);
  const reason = kind === 'product' ? `not a product: ${judged.reasons.join(', ')}` : null;
  const found = links ?? readLinks();
  const readHubs = () => hubLinks({ html: open.html, page: open, url: page.url, config });
  return readCatalogue(page, request, { found, hubs: isFollowed(found, kind) ? readHubs() : [], reason });
}

const isFollowed = ({ nofollow }: PageLinks, kind: PageKind): boolean => kind === 'listing' && !nofollow;

interface CataloguePage {
  readonly found: PageLinks;
  readonly hubs: readonly string[];
  readonly reason: string | null;
}

function readCatalogue(page: FetchedPage, request: Answered, { found, hubs, reason }: CataloguePage): Visit {
  const links = listed(found, page.url);
  // A challenge is served with status 200 too; a page that leads anywhere is none.
  const block = links.length === 0 ? blockReason(page) : null;
  if (block !== null) return { outcome: 'wait', reason: block, retryAfterMs: page.headers.retryAfterMs };
  return fetched(page, request, { links, hubs, reason });
}

/** The product is stored under its canonical page; when that is another one, it is opened too. */
function readProduct(page: FetchedPage, request: Answered, product: ProductPage): Visit {
  const stated = product.canonicalUrl?.value;
  const canonical = canonicalUrl(stated ?? page.url, { base: page.url });
  const url = canonical !== null && siteOf(canonical) === siteOf(page.url) ? canonical : request.url;
  const links = url === request.url ? [] : toLink(url, 'product', page.url);
  return fetched(page, request, { products: [{ url, page: product }], links });
}

const listed = ({ products, listings, next }: PageLinks, base: string): FoundLink[] => [
  ...products.flatMap((url) => toLink(url, 'product', base)),
  ...listings.flatMap((url) => toLink(url, 'listing', base)),
  ...(next === null ? [] : toLink(next, 'listing', base)).map((link) => ({ ...link, continues: true })),
];

function toLink(link: string, kind: PageKind, base: string): FoundLink[] {
  const url = canonicalUrl(link, { base });
  return url === null ? [] : [{ url, kind, continues: false }];
}
