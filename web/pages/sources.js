import { get, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { dateTime, t, word } from '../lib/language.js';
import { crawlView } from '../parts/crawl.js';
import { emptyNote, problemNote } from '../parts/note.js';
import { sourceForm } from '../parts/source-form.js';

export async function sourcesPage(_parameters, signal) {
  const { items } = await get('/sources', { limit: 100 }, signal);
  const list = h('ul', { class: 'sources' });
  const place = h('div', {});
  const draw = (sources) => {
    const rows = sources.map((source) => sourceRow(source, { signal, edit, reload }));
    list.replaceChildren(...rows);
    list.hidden = rows.length === 0;
    empty.hidden = rows.length > 0;
  };
  const empty = emptyNote(t('sources.none'), t('sources.noneHint'));
  const reload = async () => draw((await get('/sources', { limit: 100 }, signal)).items);
  const close = async (saved) => {
    place.replaceChildren();
    add.hidden = false;
    add.focus();
    if (saved) {
      announce(t('form.saved'));
      await reload();
    }
  };
  const edit = (source) => {
    add.hidden = true;
    place.replaceChildren(sourceForm(source, close));
    place.querySelector('input').focus();
  };
  const add = h('button', { type: 'button', class: 'primary', onclick: () => edit(null) }, t('sources.add'));
  draw(items);
  return [h('div', { class: 'line spread' }, h('h1', {}, t('sources.title')), add), place, empty, list];
}

function sourceRow(source, { signal, edit, reload }) {
  const { id, name, config, state, products, lastCrawl, lastError } = source;
  const crawl = h('div', { class: 'crawl' });
  const notes = h('div', {});
  const act = (action) => async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    notes.replaceChildren();
    try {
      await action();
    } catch (err) {
      notes.replaceChildren(problemNote(err));
    }
    button.disabled = false;
  };
  const watch = (run) => crawl.replaceChildren(crawlView(run, { name, signal, onEnd: reload }));
  const start = act(async () => watch(await send('POST', `/sources/${id}/crawls`, { mode: 'full' })));
  const remove = act(async () => {
    if (!confirm(t('sources.removeAsk', { name }))) return;
    await send('DELETE', `/sources/${id}`);
    await reload();
  });
  if (lastCrawl !== null) watch(lastCrawl);
  const running = lastCrawl !== null && ['running', 'paused'].includes(lastCrawl.state);
  const button = (key, onclick, extra = {}) =>
    h('button', { type: 'button', onclick, 'aria-label': `${t(key)}: ${name}`, ...extra }, t(key));
  return h(
    'li',
    { class: 'card source' },
    h(
      'div',
      { class: 'line spread' },
      h('h2', {}, name, ' ', h('span', { class: `badge ${state}` }, word('state', state))),
      h(
        'div',
        { class: 'line' },
        button('sources.crawl', start, { disabled: running, class: 'primary' }),
        button('sources.edit', () => edit(source)),
        button('sources.remove', remove),
      ),
    ),
    h(
      'p',
      { class: 'quiet' },
      h('a', { href: `#/products?source=${id}` }, t('sources.products', { count: products })),
      ' · ',
      config.startUrls[0],
      ' · ',
      lastCrawl === null ? t('sources.never') : t('sources.last', { date: dateTime(lastCrawl.startedAt) }),
    ),
    lastError && h('p', { class: 'note bad' }, lastError),
    notes,
    crawl,
  );
}
