import { HTML_UTF8, textAnswer, type Answer } from '../answer.ts';
import { renderCards } from '../pages/cards.ts';
import { esc, words } from '../pages/html.ts';
import { renderLayout, type Crumb } from '../pages/layout.ts';
import type { ShopProduct } from '../products.ts';
import { SECTIONS } from '../sections.ts';
import type { ShopState } from '../state.ts';

interface Listing {
  readonly path: string;
  readonly language: 'ru' | 'en';
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly products: readonly ShopProduct[];
  readonly children: readonly Crumb[];
  readonly pageSize: number;
}

const isPublic = ({ section }: ShopProduct): boolean => section.style !== 'api';

/** A catalogue page: `/catalog/`, `/catalog/ru/`, `/catalog/<section>/`, `/catalog/<section>/<category>/`; undefined when there is none. */
export function cataloguePage(url: URL, state: ShopState): Answer | undefined {
  const listing = listingOf(url.pathname, state);
  if (listing === undefined) return undefined;
  const pages = Math.max(1, Math.ceil(listing.products.length / listing.pageSize));
  const number = Number(url.searchParams.get('page') ?? 1);
  if (!Number.isInteger(number) || number < 1 || number > pages) return undefined;
  return render(listing, { base: url.origin, number, pages, trap: state.trap });
}

/** The front page: a row of articles from each language. */
export function frontPage(url: URL, state: ShopState): Answer {
  const rows = (['ru', 'en'] as const).map((language) => {
    const sections = SECTIONS.filter((section) => section.language === language && section.style !== 'api');
    const picks = sections.flatMap(({ key }) => state.listed().find(({ section }) => section.key === key) ?? []);
    return `<h2><a href="/catalog/${language}/">${words(language).everything}</a></h2>${renderCards(picks, 'front')}`;
  });
  const text = words('ru');
  const html = renderLayout({
    language: 'ru',
    title: `${text.shop} – ${text.slogan}`,
    canonical: `${url.origin}/`,
    crumbs: [{ name: text.home }],
    body: `<h1>${text.shop}</h1><p class="hint">${text.slogan}</p>${rows.join('')}`,
  });
  return textAnswer(html, HTML_UTF8, { lastModified: newest(state.listed()) });
}

/** The latest change among articles; the shop's first day when there are none. */
export function newest(products: readonly ShopProduct[]): Date {
  return products.reduce((latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest), new Date('2026-01-12'));
}

function listingOf(path: string, state: ShopState): Listing | undefined {
  const [root, key, slug, ...rest] = path.split('/').filter((part) => part !== '');
  if (root !== 'catalog' || rest.length > 0 || !path.endsWith('/')) return undefined;
  const all = state.listed();
  if (key === undefined || key === 'ru' || key === 'en') return wholeListing(key, all.filter(isPublic));
  return sectionListing(
    key,
    slug,
    all.filter(({ section }) => section.key === key),
  );
}

function wholeListing(language: 'ru' | 'en' | undefined, products: readonly ShopProduct[]): Listing {
  const shown = language ?? 'ru';
  const sections = SECTIONS.filter((section) => section.style !== 'api' && section.language === shown);
  return {
    path: language === undefined ? '/catalog/' : `/catalog/${language}/`,
    language: shown,
    title: words(shown).everything,
    crumbs: [{ name: words(shown).home, path: '/' }, { name: words(shown).everything }],
    products: language === undefined ? products : products.filter((product) => product.language === language),
    children: sections.map(({ key, name }) => ({ name, path: `/catalog/${key}/` })),
    pageSize: 24,
  };
}

function sectionListing(key: string, slug: string | undefined, products: readonly ShopProduct[]): Listing | undefined {
  const section = SECTIONS.find((candidate) => candidate.key === key);
  const inside = slug === undefined ? products : products.filter(({ category }) => category.slug === slug);
  const first = inside[0];
  if (section === undefined || (slug !== undefined && first === undefined)) return undefined;
  const path = `/catalog/${key}/`;
  const title = slug === undefined ? section.name : (first?.category.name ?? slug);
  const categories = new Map(products.map(({ category }) => [category.slug, category.name]));
  return {
    path: slug === undefined ? path : `${path}${slug}/`,
    language: section.language,
    title,
    crumbs: [
      { name: words(section.language).home, path: '/' },
      ...(slug === undefined ? [] : [{ name: section.name, path }]),
      { name: title },
    ],
    products: inside,
    children: [...categories].map(([child, name]) => ({ name, path: `${path}${child}/` })),
    pageSize: 12,
  };
}

interface PageOf {
  readonly base: string;
  readonly number: number;
  readonly pages: number;
  readonly trap: boolean;
}

function render(listing: Listing, page: PageOf): Answer {
  const { language, products, pageSize, title } = listing;
  const shown = products.slice((page.number - 1) * pageSize, page.number * pageSize);
  const chips = listing.children.map(({ name, path }) => `<a href="${path ?? ''}">${esc(name)}</a>`).join('');
  const trap = page.trap ? '<a href="/trap?page=1">***</a><a href="/calendar/2026/11/">+++</a>' : '';
  const address = (number: number): string => (number === 1 ? listing.path : `${listing.path}?page=${number}`);
  const relations =
    (page.number > 1 ? `<link rel="prev" href="${page.base}${address(page.number - 1)}">` : '') +
    (page.number < page.pages ? `<link rel="next" href="${page.base}${address(page.number + 1)}">` : '');
  const html = renderLayout({
    language,
    title: `${title}${page.number > 1 ? `, ${page.number}` : ''} – ${words(language).shop}`,
    canonical: page.base + address(page.number),
    crumbs: listing.crumbs,
    head: relations,
    body: `<h1>${esc(title)}</h1><div class="chips">${chips}${trap}</div>${renderCards(shown, 'catalog')}${renderPager(page, { address, language })}`,
  });
  return textAnswer(html, HTML_UTF8, { lastModified: newest(products) });
}

interface PagerText {
  readonly address: (number: number) => string;
  readonly language: 'ru' | 'en';
}

function renderPager({ number, pages }: PageOf, { address, language }: PagerText): string {
  if (pages === 1) return '';
  const numbers = Array.from({ length: pages }, (_, index) =>
    index + 1 === number ? `<b>${number}</b>` : `<a href="${address(index + 1)}">${index + 1}</a>`,
  );
  const previous = number > 1 ? `<a rel="prev" href="${address(number - 1)}">${words(language).previous}</a>` : '';
  const next = number < pages ? `<a rel="next" href="${address(number + 1)}">${words(language).next}</a>` : '';
  return `<nav class="pager">${previous}${numbers.join('')}${next}</nav>`;
}
