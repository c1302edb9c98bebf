import { send } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { t } from '../lib/language.js';
import { attemptForm, field } from './form.js';
import { tryResult } from './try-result.js';

/** Which control a path of the API's 422 belongs to, by its beginning. */
const CONTROLS = [
  ['name', 'name'],
  ['url', 'tryUrl'],
  ['config.startUrls', 'url'],
  ['config.links.product', 'productLinks'],
  ['config.links.listing', 'listingLinks'],
  ['config.links.ignore', 'ignoreLinks'],
  ['config.fields', 'selectors'],
  ['config.language', 'textLanguage'],
  ['config.currency', 'currency'],
  ['config.limits', 'delay'],
];

const controlOf = (path) => CONTROLS.find(([start]) => path.startsWith(start))?.[1];

/** Adds a shop, or changes `source`; `close(saved)` is called at the end. */
export function sourceForm(source, close) {
  const config = source?.config;
  const notes = h('div', {});
  const result = h('div', { 'aria-live': 'polite' });
  const lines = (values) => (values ?? []).join('\n');
  const form = h(
    'form',
    { class: 'card form', novalidate: true },
    h('h2', {}, source === null ? t('form.title') : t('form.editTitle', { name: source.name })),
    field('name', t('form.name'), h('input', { value: source?.name ?? '', autocomplete: 'off', required: true })),
    field(
      'url',
      t('form.url'),
      h('textarea', { rows: 1, required: true, value: lines(config?.startUrls) }),
      t('form.urlHint'),
    ),
    h(
      'details',
      { open: source !== null },
      h('summary', {}, t('form.advanced')),
      h('p', { class: 'quiet' }, t('form.advancedHint')),
      field('productLinks', t('form.productLinks'), area(lines(config?.links.product)), t('form.linksHint')),
      field('listingLinks', t('form.listingLinks'), area(lines(config?.links.listing))),
      field('ignoreLinks', t('form.ignoreLinks'), area(lines(config?.links.ignore))),
      field('selectors', t('form.selectors'), area(selectorLines(config?.fields)), t('form.selectorsHint')),
      h(
        'div',
        { class: 'fields' },
        field(
          'textLanguage',
          t('form.language'),
          h('input', { size: 4, placeholder: 'ru', value: config?.language ?? '' }),
        ),
        field(
          'currency',
          t('form.currency'),
          h('input', { size: 5, placeholder: 'RUB', value: config?.currency ?? '' }),
        ),
        field(
          'delay',
          t('form.delay'),
          h('input', { size: 7, inputmode: 'numeric', value: config?.limits.delayMs ?? 1000 }),
        ),
      ),
    ),
    h(
      'div',
      { class: 'line end' },
      field('tryUrl', t('form.tryUrl'), h('input', { type: 'url' })),
      h('button', { type: 'button', name: 'try' }, t('form.try')),
    ),
    notes,
    result,
    h(
      'div',
      { class: 'line' },
      h('button', { class: 'primary' }, t('form.save')),
      h('button', { type: 'button', onclick: () => void close(false) }, t('form.cancel')),
    ),
  );
  const attempt = async (action) => {
    const done = await attemptForm(form, notes, action, controlOf);
    if (!done) result.replaceChildren();
  };
  form.elements.try.addEventListener('click', () =>
    attempt(async () => {
      result.replaceChildren(t('form.trying'));
      const url = form.elements.tryUrl.value || form.elements.url.value.split('\n')[0];
      result.replaceChildren(tryResult(await send('POST', '/sources/try', { url, config: readConfig(form, config) })));
    }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(async () => {
      const body = { name: form.elements.name.value.trim(), config: readConfig(form, config) };
      if (source === null) await send('POST', '/sources', body);
      else await send('PUT', `/sources/${source.id}`, { ...body, state: source.state });
      await close(true);
    });
  });
  return form;
}

const area = (value) => h('textarea', { rows: 2, value, spellcheck: 'false' });

const selectorLines = (fields = {}) =>
  Object.entries(fields)
    .map(([name, { select, attribute }]) => `${name} = ${select}${attribute ? ` @${attribute}` : ''}`)
    .join('\n');

/** `price = .price .now` or `images = .photo img @src`, one a line. */
function readSelectors(text) {
  const rows = nonEmptyLines(text).map((line) => /^(\w+)\s*=\s*(.*?)(?:\s+@([\w-]+))?$/.exec(line) ?? [line, line, '']);
  return Object.fromEntries(
    rows.map(([, name, select, attribute]) => [name, { select, ...(attribute && { attribute }) }]),
  );
}

const nonEmptyLines = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the form does not show of an existing configuration stays as it is. */
function readConfig({ elements }, before = {}) {
  const delayMs = Number(elements.delay.value);
  return {
    ...before,
    startUrls: nonEmptyLines(elements.url.value),
    links: {
      product: nonEmptyLines(elements.productLinks.value),
      listing: nonEmptyLines(elements.listingLinks.value),
      ignore: nonEmptyLines(elements.ignoreLinks.value),
    },
    fields: readSelectors(elements.selectors.value),
    language: elements.textLanguage.value.trim() || null,
    currency: elements.currency.value.trim() || null,
    limits: { ...before.limits, delayMs },
  };
}
