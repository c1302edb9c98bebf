import { get } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { date, dateTime, money, number, t, word } from '../lib/language.js';
import { photo, priceLine, stockBadge } from '../parts/offer.js';
import { priceHistory } from '../parts/price-history.js';

export async function productPage({ id }, signal) {
  const [product, prices] = await Promise.all([
    get(`/products/${id}`, {}, signal),
    get(`/products/${id}/prices`, {}, signal),
  ]);
  return [
    h('p', {}, h('a', { href: '#/products' }, `← ${t('product.back')}`)),
    h('article', { class: 'detail' }, gallery(product), facts(product)),
    product.description && block('product.description', h('p', { class: 'prose' }, product.description)),
    details(product),
    variants(product),
    block('product.history', priceHistory(prices.items)),
    provenance(product),
  ].filter(Boolean);
}

const block = (title, ...content) => h('section', { class: 'block' }, h('h2', {}, t(title)), ...content);

function gallery({ images, title }) {
  const main = h('div', { class: 'main-photo' }, photo(images[0], title));
  if (images.length < 2) return main;
  const show = (url) => () => main.replaceChildren(photo(url, title));
  const thumbs = images
    .slice(0, 8)
    .map((url, at) =>
      h(
        'button',
        { type: 'button', 'aria-label': t('product.photo', { count: at + 1 }), onclick: show(url) },
        photo(url, ''),
      ),
    );
  return h('div', {}, main, h('div', { class: 'thumbs' }, thumbs));
}

function facts(product) {
  const { title, brand, categoryPath, source, rating, goneAt, missing, lastSeenAt, url, availability } = product;
  const stars = rating && `★ ${t('product.rating', { value: number(rating.value), outOf: number(rating.outOf) })}`;
  const lacking = missing.map((field) => word('field', field).toLowerCase()).join(', ');
  return h(
    'div',
    { class: 'facts' },
    categoryPath.length > 0 && h('p', { class: 'quiet' }, categoryPath.join(' › ')),
    h('h1', {}, title),
    h('p', { class: 'quiet' }, [brand, stars].filter(Boolean).join(' · ')),
    priceLine(product),
    h('p', {}, stockBadge(availability)),
    goneAt && h('p', { class: 'note bad' }, t('product.gone', { date: date(goneAt) })),
    missing.length > 0 && h('p', { class: 'quiet' }, t('product.missing', { fields: lacking })),
    h(
      'p',
      {},
      h('a', { class: 'button primary', href: url, rel: 'noreferrer noopener', target: '_blank' }, t('product.shop')),
    ),
    h(
      'p',
      { class: 'quiet' },
      t('product.soldBy', { shop: source.name }),
      ' · ',
      t('product.seen', { date: dateTime(lastSeenAt) }),
    ),
  );
}

function details({ attributes, sku, gtin, mpn }) {
  const codes = { sku, gtin, mpn };
  const rows = [
    ...Object.entries(attributes),
    ...Object.entries(codes).flatMap(([name, value]) => (value === null ? [] : [[word('field', name), value]])),
  ];
  if (rows.length === 0) return null;
  const list = rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)));
  return block('product.attributes', h('dl', { class: 'pairs' }, list));
}

function variants({ variants: list }) {
  if (list.length === 0) return null;
  const row = ({ name, price, availability }) =>
    h(
      'tr',
      {},
      h('td', {}, name),
      h('td', {}, price === null ? '–' : money(price)),
      h('td', {}, availability === null ? '–' : word('availability', availability)),
    );
  const head = h(
    'tr',
    {},
    ['field.variants', 'table.price', 'table.stock'].map((key) => h('th', { scope: 'col' }, t(key))),
  );
  return block('product.variants', h('table', {}, h('thead', {}, head), h('tbody', {}, list.map(row))));
}

function provenance({ provenance: found }) {
  const row = ([field, { from, confidence }]) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, word('field', field)),
      h('td', {}, word('origin', from)),
      h('td', {}, `${Math.round(confidence * 100)} %`),
    );
  const head = h(
    'tr',
    {},
    ['table.field', 'table.from', 'table.sure'].map((key) => h('th', { scope: 'col' }, t(key))),
  );
  return h(
    'details',
    { class: 'block' },
    h('summary', {}, h('h2', {}, t('product.provenance'))),
    h('p', { class: 'quiet' }, t('product.provenanceHint')),
    h('table', {}, h('thead', {}, head), h('tbody', {}, Object.entries(found).map(row))),
  );
}
