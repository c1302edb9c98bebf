import { HTML_UTF8, textAnswer, type Answer } from '../answer.ts';
import { SHOP_CSS } from '../pages/css.ts';
import { words } from '../pages/html.ts';
import { renderLayout } from '../pages/layout.ts';
import { drawPicture } from '../picture.ts';
import type { ShopState } from '../state.ts';
import { cataloguePage, frontPage } from './catalogue.ts';
import { apiPage, robotsText, sitemap, sitemapIndex } from './machine.ts';
import { notFound } from './not-found.ts';
import { productPage } from './product.ts';
import { calendar, endlessList } from './traps.ts';

type Route = (url: URL, state: ShopState) => Answer | undefined;

const EXACT: Readonly<Record<string, Route>> = {
  '/': frontPage,
  '/robots.txt': robotsText,
  '/sitemap.xml': sitemapIndex,
  '/shop.css': () => textAnswer(SHOP_CSS, 'text/css; charset=utf-8', { lastModified: new Date('2026-01-12') }),
  '/assets/app.js': () => textAnswer('"use strict";\n', 'text/javascript; charset=utf-8'),
  '/api/v1/products': apiPage,
  '/cart': () => toolPage('Корзина пуста'),
  '/search': () => toolPage('Ничего не нашлось'),
  '/trap': endlessList,
};

const PREFIXES: readonly (readonly [string, Route])[] = [
  ['/catalog/', cataloguePage],
  ['/sitemaps/', sitemap],
  ['/img/', picture],
  ['/calendar/', calendar],
];

/** The answer to a GET, without any fault. */
export function route(url: URL, state: ShopState): Answer {
  const prefixed = PREFIXES.find(([prefix]) => url.pathname.startsWith(prefix))?.[1];
  const found = (EXACT[url.pathname] ?? prefixed ?? productPage)(url, state);
  return found ?? notFound(404, url.pathname.startsWith('/en/') ? 'en' : 'ru');
}

function picture(url: URL, state: ShopState): Answer | undefined {
  const match = /^\/img\/(\d+)(?:-(2))?\.svg$/.exec(url.pathname);
  const product = state.byId(Number(match?.[1]));
  if (product === undefined) return undefined;
  // A picture does not change with the price.
  return textAnswer(drawPicture(product, match?.[2] === undefined ? 1 : 2), 'image/svg+xml', {
    lastModified: new Date('2026-01-12'),
  });
}

function toolPage(title: string): Answer {
  const crumbs = [{ name: words('ru').home, path: '/' }, { name: title }];
  const head = '<meta name="robots" content="noindex">';
  return textAnswer(
    renderLayout({ language: 'ru', title, canonical: null, crumbs, head, body: `<h1>${title}</h1>` }),
    HTML_UTF8,
  );
}
