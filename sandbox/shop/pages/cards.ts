import type { ShopProduct } from '../products.ts';
import { esc, money, priceText, words } from './html.ts';

/** A grid of product cards; links carry the tracking parameters that real shops add. */
export function renderCards(products: readonly ShopProduct[], source: string, rouble = '₽'): string {
  return `<ul class="grid">${products.map((product) => renderCard(product, { source, rouble })).join('\n')}</ul>`;
}

function renderCard(product: ShopProduct, { source, rouble }: { source: string; rouble: string }): string {
  const { path, oldPrice, currency, availability, title } = product;
  const href = `${path}${path.includes('?') ? '&' : '?'}utm_source=${source}&utm_medium=card`;
  const old = oldPrice === null ? '' : ` <del>${money(oldPrice, currency, rouble)}</del>`;
  const note = availability === 'in_stock' ? product.brand : words(product.language).availability[availability];
  return `<li class="card"><a href="${esc(href)}"><img src="/img/${product.id}.svg" alt="${esc(title)}" loading="lazy"></a>
<div class="card-text"><a class="card-name" href="${esc(href)}">${esc(title)}</a><span class="card-note">${esc(note)}</span>
<span class="card-price">${priceText(product, rouble)}${old}</span></div></li>`;
}
