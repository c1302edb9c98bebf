import { SECTIONS } from '../sections.ts';
import { esc, words } from './html.ts';

/** One step of the breadcrumb; without a path it is the page itself. */
export interface Crumb {
  readonly name: string;
  readonly path?: string;
}

export interface PageParts {
  readonly language: 'ru' | 'en';
  readonly title: string;
  /** Absolute; null where the page has no canonical address. */
  readonly canonical: string | null;
  readonly crumbs: readonly Crumb[];
  readonly body: string;
  readonly head?: string;
  /** What the page says about its own charset. */
  readonly charset?: string;
}

/** The whole document around a page's own content: head, menu, breadcrumb, footer. */
export function renderLayout(parts: PageParts): string {
  const text = words(parts.language);
  const menu = SECTIONS.filter((section) => section.language === parts.language && section.style !== 'api')
    .map((section) => `<a href="/catalog/${section.key}/">${esc(section.name)}</a>`)
    .join('');
  const canonical = parts.canonical === null ? '' : `<link rel="canonical" href="${esc(parts.canonical)}">`;
  const other = parts.language === 'ru' ? '<a href="/catalog/en/">English</a>' : '<a href="/catalog/ru/">Русский</a>';
  return `<!doctype html>
<html lang="${parts.language}">
<head>
<meta charset="${parts.charset ?? 'utf-8'}">
<title>${esc(parts.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${canonical}
<link rel="stylesheet" href="/shop.css">
<link rel="icon" href="/img/1001.svg" type="image/svg+xml">
${parts.head ?? ''}
</head>
<body>
<header class="top"><a class="logo" href="/">${text.shop}</a><span class="slogan">${text.slogan}</span>
<span class="tools"><a href="/search?q=">${text.search}</a><a href="/cart">${text.cart}</a>${other}</span>
<nav class="menu">${menu}</nav></header>
<main>
<nav class="crumbs">${renderCrumbs(parts.crumbs)}</nav>
${parts.body}
</main>
<footer>${text.shop} · <a href="/catalog/">${text.everything}</a> · <a href="/sitemap.xml">sitemap</a></footer>
</body>
</html>
`;
}

function renderCrumbs(crumbs: readonly Crumb[]): string {
  return crumbs
    .map(({ name, path }) => (path === undefined ? `<span>${esc(name)}</span>` : `<a href="${path}">${esc(name)}</a>`))
    .join(' › ');
}
