import { h } from '../lib/dom.js';
import { money, t, word } from '../lib/language.js';
import { photo } from './offer.js';

/** In the order in which people look. */
const FIELDS = [
  'title',
  'price',
  'oldPrice',
  'highPrice',
  'availability',
  'images',
  'brand',
  'sku',
  'gtin',
  'mpn',
].concat(['categoryPath', 'description', 'attributes', 'variants', 'rating', 'language', 'canonicalUrl']);

/** What one page yields: each field, where it was found and how sure that is. */
export function tryResult({ kind, reason, product, links }) {
  const found = Object.entries(product ?? {}).sort(([a], [b]) => FIELDS.indexOf(a) - FIELDS.indexOf(b));
  const rows = found.map(([field, { value, from, confidence }]) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, word('field', field)),
      h('td', {}, show(field, value)),
      h('td', {}, word('origin', from)),
      h('td', {}, `${Math.round(confidence * 100)} %`),
    ),
  );
  const columns = ['table.field', 'table.value', 'table.from', 'table.sure'];
  const head = h(
    'tr',
    {},
    columns.map((key) => h('th', { scope: 'col' }, t(key))),
  );
  return h(
    'div',
    { class: 'tried' },
    h('p', {}, h('strong', {}, t(`try.${kind}`)), reason ? ` – ${reason}` : ''),
    links.products.length > 0 && h('p', {}, t('try.links', { count: links.products.length })),
    rows.length > 0 && h('div', { class: 'scroll' }, h('table', {}, h('thead', {}, head), h('tbody', {}, rows))),
  );
}

function show(field, value) {
  if (field === 'images')
    return h(
      'span',
      { class: 'strip' },
      value.slice(0, 4).map((url) => photo(url, '')),
    );
  if (field === 'availability') return word('availability', value);
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? item : item.name)).join(' › ');
  if (typeof value !== 'object') return String(value).slice(0, 300);
  if ('amount' in value) return money(value);
  if ('outOf' in value) return t('product.rating', value);
  return Object.entries(value)
    .map(([name, text]) => `${name}: ${text}`)
    .join('; ');
}
