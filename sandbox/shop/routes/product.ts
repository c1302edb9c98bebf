import { HTML_UTF8, type Answer } from '../answer.ts';
import { renderProductPage } from '../pages/product-page.ts';
import type { ShopProduct } from '../products.ts';
import type { ShopState } from '../state.ts';
import { encodeWindows1251 } from '../windows-1251.ts';
import { notFound, softNotFound } from './not-found.ts';

interface Charset {
  readonly header: string;
  readonly meta: string;
}

// Old shops disagree with themselves: by turns both right, the header silent, the meta wrong, the header wrong.
const OLD_CHARSETS: readonly Charset[] = [
  { header: 'text/html; charset=windows-1251', meta: 'windows-1251' },
  { header: 'text/html', meta: 'windows-1251' },
  { header: 'text/html; charset=windows-1251', meta: 'utf-8' },
  { header: HTML_UTF8, meta: 'windows-1251' },
];

/** The page of the article with this path and query; undefined when no article has it. */
export function productPage(url: URL, state: ShopState): Answer | undefined {
  const product = productAt(url, state);
  if (product === undefined) return undefined;
  const gone = state.goneOf(product.id);
  if (gone === 'soft') return softNotFound(product.language);
  if (gone !== null) return notFound(gone, product.language);
  const charset = charsetOf(product);
  const html = renderProductPage({
    product,
    related: relatedTo(product, state),
    base: url.origin,
    layout: state.layoutOf(product.section.key),
    bannerPrice: state.bannerOf(product.id),
    charset: charset.meta,
  });
  const old = product.section.style === 'windows-1251';
  return {
    status: 200,
    type: charset.header,
    body: old ? encodeWindows1251(html) : Buffer.from(html),
    lastModified: product.updatedAt,
  };
}

/** What the header and the meta element of an article's page say about its bytes. */
export function charsetOf(product: ShopProduct): Charset {
  const utf8 = { header: HTML_UTF8, meta: 'utf-8' };
  if (product.section.style !== 'windows-1251') return utf8;
  return OLD_CHARSETS[product.id % OLD_CHARSETS.length] ?? utf8;
}

function productAt(url: URL, state: ShopState): ShopProduct | undefined {
  const id = url.searchParams.get('id');
  return state.byPath(url.pathname === '/goods.php' ? `/goods.php?id=${id ?? ''}` : url.pathname);
}

// Neighbours by id, so that the page of one article does not depend on changes of another one's place in a list.
function relatedTo(product: ShopProduct, state: ShopState): ShopProduct[] {
  return [1, 2, 3, -1, -2, -3]
    .map((step) => state.byId(product.id + step))
    .filter((other) => other !== undefined)
    .filter((other) => other.section === product.section && state.goneOf(other.id) === null)
    .slice(0, 4);
}
