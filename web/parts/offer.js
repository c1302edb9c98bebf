import { h } from '../lib/dom.js';
import { money, t, word } from '../lib/language.js';

/** Price, price before and the top of a range, as one line. */
export function priceLine({ price, oldPrice, highPrice }) {
  if (price === null) return h('p', { class: 'price none' }, t('products.noPrice'));
  const range = highPrice !== null && Number(highPrice.amount) > Number(price.amount) ? ` – ${money(highPrice)}` : '';
  const before = oldPrice !== null && Number(oldPrice.amount) > Number(price.amount);
  return h('p', { class: 'price' }, h('b', {}, money(price) + range), before && h('s', {}, money(oldPrice)));
}

export function stockBadge(availability) {
  const code = availability ?? 'unknown';
  return h('span', { class: `badge ${code}` }, word('availability', code));
}

/** A photo that gives way to a plain box when the shop does not serve it. */
export function photo(url, alt) {
  const empty = () => h('span', { class: 'photo none' }, t('products.noPhoto'));
  if (url === null || url === undefined) return empty();
  const img = h('img', {
    class: 'photo',
    src: url,
    alt,
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
  });
  img.addEventListener('error', () => img.replaceWith(empty()), { once: true });
  return img;
}
