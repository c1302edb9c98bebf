import { get } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { t } from '../lib/language.js';
import { emptyNote, problemNote } from '../parts/note.js';
import { photo, priceLine, stockBadge } from '../parts/offer.js';

const FIELDS = ['query', 'minPrice', 'maxPrice', 'currency', 'source', 'inStock'];
const CURRENCIES = ['RUB', 'EUR', 'USD', 'GBP', 'KZT', 'BYN'];

/** Search and filters live in the address, so that a result can be kept, shared and gone back to. */
export async function productsPage({ query }, signal) {
  const wanted = Object.fromEntries(FIELDS.map((name) => [name, query.get(name) ?? '']));
  const [sources, found] = await Promise.all([get('/sources', { limit: 100 }, signal), search(wanted, signal)]);
  const list = h('ul', { class: 'cards' }, found.items.map(productCard));
  const count = h('p', { class: 'count', 'aria-live': 'polite' });
  const results = h('section', { 'aria-labelledby': 'count' }, count, list);
  const state = { shown: found.items.length, mode: found.mode };
  const tell = () => {
    count.replaceChildren(
      t('products.found', { count: state.shown }),
      ' · ',
      h('span', { class: 'quiet' }, t(`mode.${state.mode}`)),
    );
  };
  count.id = 'count';
  tell();
  const more = moreButton(wanted, found.nextCursor, signal, (page) => {
    list.append(...page.items.map(productCard));
    state.shown += page.items.length;
    tell();
  });
  return [
    h('h1', {}, t('products.title')),
    searchForm(wanted, sources.items),
    found.items.length > 0 ? results : nothing(wanted),
    more,
  ];
}

const search = async (wanted, signal, cursor = '') => await get('/products', { ...wanted, limit: 24, cursor }, signal);

function nothing(wanted) {
  if (Object.values(wanted).some((value) => value !== '')) return emptyNote(t('products.none'), t('products.noneHint'));
  const link = h('a', { class: 'button', href: '#/sources' }, t('products.addShop'));
  return emptyNote(t('products.empty'), t('products.emptyHint'), link);
}

function moreButton(wanted, firstCursor, signal, onPage) {
  let cursor = firstCursor;
  const button = h('button', { type: 'button', class: 'more' }, t('products.more'));
  button.hidden = cursor === null;
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const page = await search(wanted, signal, cursor);
      onPage(page);
      cursor = page.nextCursor;
      button.hidden = cursor === null;
      announce(t('products.found', { count: page.items.length }));
    } catch (err) {
      button.before(problemNote(err));
    }
    button.disabled = false;
  });
  return button;
}

function searchForm(wanted, sources) {
  const box = (name, type, extra = {}) => h('input', { id: name, name, type, value: wanted[name], ...extra });
  const price = { inputmode: 'decimal', pattern: '\\d+([.]\\d{1,2})?', autocomplete: 'off', size: 8 };
  const currency = choice('currency', wanted.currency, [
    ['', t('products.any')],
    ...CURRENCIES.map((code) => [code, code]),
  ]);
  const source = choice('source', wanted.source, [
    ['', t('products.any')],
    ...sources.map(({ id, name }) => [id, name]),
  ]);
  const hasFilter = FIELDS.slice(1).some((name) => wanted[name] !== '');
  const form = h(
    'form',
    { role: 'search', class: 'search' },
    h(
      'div',
      { class: 'line' },
      h('label', { for: 'query', class: 'unseen' }, t('products.query')),
      box('query', 'search', { placeholder: t('products.hint') }),
      h('button', { class: 'primary' }, t('products.search')),
    ),
    h(
      'details',
      { class: 'filters', open: hasFilter },
      h('summary', {}, t('products.filters')),
      h(
        'div',
        { class: 'fields' },
        labelled('minPrice', t('products.from'), box('minPrice', 'text', price)),
        labelled('maxPrice', t('products.to'), box('maxPrice', 'text', price)),
        labelled('currency', t('products.currency'), currency),
        labelled('source', t('products.source'), source),
        h(
          'label',
          { class: 'check' },
          h('input', { type: 'checkbox', name: 'inStock', value: 'true', checked: wanted.inStock === 'true' }),
          t('products.inStock'),
        ),
      ),
    ),
  );
  const needsCurrency = () => {
    const priced = form.elements.minPrice.value !== '' || form.elements.maxPrice.value !== '';
    currency.setCustomValidity(priced && currency.value === '' ? t('products.currencyNeeded') : '');
  };
  form.addEventListener('input', needsCurrency);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const entries = [...new FormData(form)].filter(([, value]) => value !== '');
    location.hash = entries.length > 0 ? `/products?${new URLSearchParams(entries)}` : '/products';
  });
  return form;
}

const labelled = (id, text, control) => h('div', { class: 'field' }, h('label', { for: id }, text), control);

function choice(id, chosen, options) {
  const select = h(
    'select',
    { id, name: id },
    options.map(([value, text]) => h('option', { value }, text)),
  );
  select.value = chosen;
  return select;
}

function productCard(product) {
  const href = `#/products/${product.id}`;
  return h(
    'li',
    { class: 'card product' },
    h('a', { href, class: 'picture', tabindex: -1, 'aria-hidden': 'true' }, photo(product.image, '')),
    h('h2', {}, h('a', { href }, product.title)),
    priceLine(product),
    h('p', { class: 'quiet' }, stockBadge(product.availability), ' ', product.source.name),
  );
}
