import type { ShopAvailability, ShopProduct } from '../products.ts';
import { esc, money, priceText, words } from './html.ts';
import type { Marks } from './marks.ts';

/** The schema.org address of an availability. */
export function schemaAvailability(availability: ShopAvailability): string {
  const names = { in_stock: 'InStock', out_of_stock: 'OutOfStock', preorder: 'PreOrder' } as const;
  return `https://schema.org/${names[availability]}`;
}

/** The visible product: gallery, name, buy box, description, details; `marks` makes it readable for machines. */
export function renderProductBody(product: ShopProduct, marks: Marks, rouble = '₽'): string {
  const text = words(product.language);
  const photo = `/img/${product.id}.svg`;
  return `<article class="product"${marks.scope('Product')}>
<div class="gallery"><img class="photo"${marks.property('image')} src="${photo}" alt="${esc(product.title)}">
<div class="thumbs"><img src="${photo}" alt=""><img src="/img/${product.id}-2.svg" alt=""></div></div>
<div class="info">
<h1${marks.property('name')}>${esc(product.title)}</h1>
<p class="by">${text.brand}: <span${marks.scope('Brand', 'brand')}><span${marks.property('name')}>${esc(product.brand)}</span></span> · ${text.sku}: <span${marks.property('sku')}>${product.sku}</span></p>
${product.gtin === null ? '' : marks.value('gtin13', product.gtin)}
${renderRating(product, marks)}
${renderBuyBox(product, { marks, rouble })}
<h2>${text.about}</h2>
<p${marks.property('description')}>${esc(product.description)}</p>
<h2>${text.details}</h2>
<table class="details">${renderRows(product)}</table>
</div>
</article>`;
}

/** Rows of the table of attributes. */
export function renderRows(product: ShopProduct): string {
  return Object.entries(product.attributes)
    .map(([name, value]) => `<tr><th>${esc(name)}</th><td>${esc(value)}</td></tr>`)
    .join('');
}

function renderRating(product: ShopProduct, marks: Marks): string {
  const { rating, language } = product;
  if (rating === null) return '';
  const stars = '★'.repeat(Math.round(rating.value));
  return `<p class="by"${marks.scope('AggregateRating', 'aggregateRating')}><span class="stars">${stars}</span> <span${marks.property('ratingValue')}>${rating.value}</span> · <span${marks.property('reviewCount')}>${rating.count}</span> ${words(language).reviews}</p>`;
}

function renderBuyBox(product: ShopProduct, { marks, rouble }: { marks: Marks; rouble: string }): string {
  const { price, oldPrice, currency, availability, language } = product;
  const text = words(language);
  const offer =
    price === null
      ? ''
      : marks.value('price', price.toFixed(2)) +
        marks.value('priceCurrency', currency) +
        marks.value('availability', schemaAvailability(availability));
  const old = oldPrice === null ? '' : `<s class="old">${money(oldPrice, currency, rouble)}</s>`;
  return `<div class="buy"${price === null ? '' : marks.scope('Offer', 'offers')}><span class="price">${priceText(product, rouble)}</span>${old}
<span class="stock ${availability}">${text.availability[availability]}</span>${offer}
<button type="button">${text.buy}</button>${renderOptions(product)}</div>`;
}

function renderOptions({ variants, variantsBy }: ShopProduct): string {
  if (variants.length === 0) return '';
  const options = variants
    .map(
      ({ name, availability }) => `<span${availability === 'out_of_stock' ? ' class="none"' : ''}>${esc(name)}</span>`,
    )
    .join('');
  return `<div class="options">${esc(variantsBy ?? '')}: ${options}</div>`;
}
