import { gzipSync } from 'node:zlib';
import { textAnswer, type Answer } from '../answer.ts';
import { esc } from '../pages/html.ts';
import { schemaAvailability } from '../pages/product-body.ts';
import type { ShopProduct } from '../products.ts';
import type { ShopState } from '../state.ts';
import { newest } from './catalogue.ts';

const XML = 'application/xml; charset=utf-8';
const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** robots.txt as the control API left it. */
export function robotsText(url: URL, state: ShopState): Answer {
  const { text, crawlDelaySeconds } = state.robots;
  const delay = crawlDelaySeconds === null ? [] : [`Crawl-delay: ${crawlDelaySeconds}`];
  const own = ['User-agent: *', 'Disallow: /cart', 'Disallow: /search', 'Disallow: /_', ...delay, ''];
  return textAnswer(text ?? [...own, `Sitemap: ${url.origin}/sitemap.xml`, ''].join('\n'), 'text/plain; charset=utf-8');
}

/** The sitemap index. */
export function sitemapIndex(url: URL, state: ShopState): Answer {
  const day = newest(state.listed());
  const entries = ['pages.xml', 'ru.xml', 'en.xml.gz'].map(
    (name) => `<sitemap><loc>${url.origin}/sitemaps/${name}</loc><lastmod>${day.toISOString()}</lastmod></sitemap>`,
  );
  return textAnswer(`${PROLOGUE}<sitemapindex ${NAMESPACE}>\n${entries.join('\n')}\n</sitemapindex>\n`, XML, {
    lastModified: day,
  });
}

/** One sitemap: catalogue pages, Russian articles, or English articles as a gzip file; undefined for any other name. */
export function sitemap(url: URL, state: ShopState): Answer | undefined {
  const name = url.pathname.slice('/sitemaps/'.length);
  const products = state.listed().filter(({ section }) => section.style !== 'api');
  const inLanguage = (language: string) => products.filter((product) => product.language === language);
  if (name === 'ru.xml') return urlSet(url.origin, inLanguage('ru').map(entryOf));
  if (name === 'pages.xml') return urlSet(url.origin, cataloguePaths(products));
  if (name !== 'en.xml.gz') return undefined;
  const plain = urlSet(url.origin, inLanguage('en').map(entryOf));
  return { ...plain, type: 'application/gzip', body: gzipSync(plain.body) };
}

interface SitemapEntry {
  readonly path: string;
  readonly at: Date;
}

const entryOf = ({ path, updatedAt }: ShopProduct): SitemapEntry => ({ path, at: updatedAt });

function cataloguePaths(products: readonly ShopProduct[]): SitemapEntry[] {
  const at = newest(products);
  const keys = [...new Set(products.map(({ section }) => section.key))];
  return ['/catalog/', '/catalog/ru/', '/catalog/en/', ...keys.map((key) => `/catalog/${key}/`)].map((path) => ({
    path,
    at,
  }));
}

function urlSet(base: string, entries: readonly SitemapEntry[]): Answer {
  const lines = entries.map(
    ({ path, at }) => `<url><loc>${esc(base + path)}</loc><lastmod>${at.toISOString()}</lastmod></url>`,
  );
  const latest = entries.reduce((max, { at }) => (at > max ? at : max), new Date(0));
  return textAnswer(`${PROLOGUE}<urlset ${NAMESPACE}>\n${lines.join('\n')}\n</urlset>\n`, XML, {
    lastModified: latest,
  });
}

const PER_PAGE = 10;

/** `/api/v1/products?page=N`: the market section as JSON, ten articles a page; undefined beyond the last. */
export function apiPage(url: URL, state: ShopState): Answer | undefined {
  const products = state.listed().filter(({ section }) => section.style === 'api');
  const pages = Math.max(1, Math.ceil(products.length / PER_PAGE));
  const page = Number(url.searchParams.get('page') ?? 1);
  if (!Number.isInteger(page) || page < 1 || page > pages) return undefined;
  const body = {
    total: products.length,
    page,
    next: page < pages ? `${url.origin}/api/v1/products?page=${page + 1}` : null,
    items: products.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((product) => itemOf(product, url.origin)),
  };
  return textAnswer(JSON.stringify(body), 'application/json; charset=utf-8', { lastModified: newest(products) });
}

function itemOf(product: ShopProduct, base: string) {
  const { price, oldPrice, currency, rating } = product;
  const amount = (value: number | null) =>
    value === null ? null : { amount: value.toFixed(2), currency, text: `${value.toFixed(2)} ${currency}` };
  return {
    id: product.id,
    title: product.title,
    brand: product.brand,
    sku: product.sku,
    barcode: product.gtin,
    price: amount(price),
    oldPrice: amount(oldPrice),
    availability: schemaAvailability(product.availability),
    stock: product.stock,
    images: [`${base}/img/${product.id}.svg`, `${base}/img/${product.id}-2.svg`],
    description: product.description,
    attributes: product.attributes,
    categories: [product.section.name, product.category.name],
    rating,
    variants: product.variants,
    language: product.language,
    url: base + product.path,
    updatedAt: product.updatedAt.toISOString(),
  };
}
