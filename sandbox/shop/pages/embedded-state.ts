import type { ShopProduct } from '../products.ts';
import { renderProductBody } from './product-body.ts';
import { NO_MARKS } from './marks.ts';
import { scriptJson } from './html.ts';

function stateOf(product: ShopProduct, base: string) {
  return {
    id: product.id,
    name: product.title,
    brand: { name: product.brand },
    sku: product.sku,
    gtin: product.gtin,
    description: product.description,
    price: product.price,
    oldPrice: product.oldPrice,
    currency: product.currency,
    inStock: product.availability === 'in_stock',
    availability: product.availability,
    images: [`${base}/img/${product.id}.svg`, `${base}/img/${product.id}-2.svg`],
    attributes: Object.entries(product.attributes).map(([name, value]) => ({ name, value })),
    categories: [product.section.name, product.category.name],
    rating: product.rating,
    variants: product.variants,
    url: base + product.path,
  };
}

// The page is drawn by its own script, as in a client-rendered shop: without scripts there is only the state.
function mount(product: ShopProduct): string {
  const html = scriptJson(renderProductBody(product, NO_MARKS));
  return `<div id="app"></div><script>document.getElementById('app').innerHTML=${html};</script>`;
}

/** A client-rendered page whose data sits in `window.__INITIAL_STATE__`. */
export function renderInitialState(product: ShopProduct, base: string): string {
  const state = { route: product.path, user: null, cart: { items: [] }, product: { current: stateOf(product, base) } };
  return `<script>window.__INITIAL_STATE__=${scriptJson(state)};</script>\n${mount(product)}`;
}

/** A client-rendered page whose data sits in the `__NEXT_DATA__` script. */
export function renderNextData(product: ShopProduct, base: string): string {
  const data = { props: { pageProps: { product: stateOf(product, base) } }, page: '/[slug]/dp/[id]', buildId: 'shop' };
  return `${mount(product)}\n<script id="__NEXT_DATA__" type="application/json">${scriptJson(data)}</script>`;
}
