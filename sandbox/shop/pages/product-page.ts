import type { ShopProduct } from '../products.ts';
import type { PageStyle } from '../sections.ts';
import { renderCards } from './cards.ts';
import { renderInitialState, renderNextData } from './embedded-state.ts';
import { money, words } from './html.ts';
import { renderJsonLd } from './json-ld.ts';
import { renderLayout } from './layout.ts';
import { MICRODATA, NO_MARKS, RDFA } from './marks.ts';
import { renderOpenGraph } from './open-graph.ts';
import { renderPlain } from './plain.ts';
import { renderProductBody } from './product-body.ts';
import { renderBlank, renderRenamed, type Layout } from './redesigned.ts';

export interface ProductPageInput {
  readonly product: ShopProduct;
  readonly related: readonly ShopProduct[];
  /** Scheme, host and port, without a slash at the end. */
  readonly base: string;
  readonly layout: Layout;
  /** A price that a banner shouts above the product, null = no banner. */
  readonly bannerPrice: number | null;
  /** What the page's own meta element says. */
  readonly charset: string;
}

interface Content {
  readonly head: string;
  readonly body: string;
}

type Style = (input: ProductPageInput) => Content;

const withJsonLd =
  (shape: 'plain' | 'graph' | 'group' | 'aggregate'): Style =>
  ({ product, base }) => ({
    head: renderJsonLd(product, base, shape),
    body: renderProductBody(product, NO_MARKS),
  });

const body =
  (render: (input: ProductPageInput) => string): Style =>
  (input) => ({ head: '', body: render(input) });

const STYLES: Readonly<Record<PageStyle, Style>> = {
  'json-ld': withJsonLd('plain'),
  'json-ld-graph': withJsonLd('graph'),
  'product-group': withJsonLd('group'),
  'aggregate-offer': withJsonLd('aggregate'),
  microdata: body(({ product }) => renderProductBody(product, MICRODATA)),
  rdfa: body(({ product }) => renderProductBody(product, RDFA)),
  'open-graph': ({ product, base }) => ({
    head: renderOpenGraph(product, base),
    body: renderProductBody(product, NO_MARKS),
  }),
  plain: body(({ product, related }) => renderPlain(product, related)),
  'windows-1251': body(({ product }) => renderProductBody(product, MICRODATA, 'руб.')),
  'initial-state': body(({ product, base }) => renderInitialState(product, base)),
  'next-data': body(({ product, base }) => renderNextData(product, base)),
  api: body(({ product }) => renderProductBody(product, NO_MARKS)),
};

/** The page of one product in the style of its section. */
export function renderProductPage(input: ProductPageInput): string {
  const { product, base, layout, related } = input;
  const { section, category, language } = product;
  const rouble = section.style === 'windows-1251' ? 'руб.' : '₽';
  const { head, body: content } = contentOf(input);
  const aside =
    layout === 'blank' || related.length === 0
      ? ''
      : `<section class="related"><h2>${words(language).related}</h2>${renderCards(related, 'related', rouble)}</section>`;
  return renderLayout({
    language,
    title: layout === 'blank' ? words(language).shop : `${product.title} – ${words(language).shop}`,
    canonical: base + product.path,
    crumbs: [
      { name: words(language).home, path: '/' },
      { name: section.name, path: `/catalog/${section.key}/` },
      { name: category.name, path: `/catalog/${section.key}/${category.slug}/` },
      { name: product.title },
    ],
    head,
    body: renderBanner(input) + content + aside,
    charset: input.charset,
  });
}

function contentOf(input: ProductPageInput): Content {
  switch (input.layout) {
    case 'classic':
      return STYLES[input.product.section.style](input);
    case 'renamed':
      return { head: '', body: renderRenamed(input.product) };
    case 'blank':
      return { head: '', body: renderBlank() };
  }
}

function renderBanner({ product, bannerPrice }: ProductPageInput): string {
  if (bannerPrice === null) return '';
  const text = product.language === 'ru' ? 'Только сегодня! Всё по' : 'Today only! Everything for';
  return `<div class="banner">${text} <span class="banner-price">${money(bannerPrice, product.currency)}</span></div>`;
}
