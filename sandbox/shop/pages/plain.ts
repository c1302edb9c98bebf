import type { ShopProduct } from '../products.ts';
import { esc, money, priceText, words } from './html.ts';
import { renderRows } from './product-body.ts';

/** A product page without any markup for machines: a crossed-out price, a bargain of the week, prices of other products. */
export function renderPlain(product: ShopProduct, related: readonly ShopProduct[]): string {
  const text = words(product.language);
  const { oldPrice, currency, availability } = product;
  const was = oldPrice === null ? '' : ` <del class="goods-price__was">${money(oldPrice, currency)}</del>`;
  const yes = availability === 'in_stock' ? ' yes' : '';
  return `${renderBargain(related[0])}
<div class="goods">
<div class="goods-photo"><img src="/img/${product.id}.svg" alt="${esc(product.title)}"></div>
<div class="goods-info">
<h1 class="goods-title">${esc(product.title)}</h1>
<p class="by">${text.sku}: <span class="goods-code">${product.sku}</span></p>
<div class="goods-buy"><div class="goods-price"><span class="goods-price__now">${priceText(product)}</span>${was}</div>
<div class="goods-stock${yes}">${text.availability[availability]}</div>
<button type="button">${text.buy}</button></div>
<div class="goods-text">${esc(product.description)}</div>
<table class="goods-props"><tr><th>${text.brand}</th><td class="goods-brand">${esc(product.brand)}</td></tr>${renderRows(product)}</table>
</div>
</div>`;
}

function renderBargain(other: ShopProduct | undefined): string {
  if (other === undefined) return '';
  const label = other.language === 'ru' ? 'Хит недели' : 'Pick of the week';
  return `<aside class="week">${label}: <a href="${other.path}">${esc(other.title)}</a> <b>${priceText(other)}</b></aside>`;
}
