import { get, keepFollowing, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { t, word } from '../lib/language.js';
import { problemNote } from './note.js';

const isOpen = ({ state }) => state === 'running' || state === 'paused';

/** A crawl's counters, live while it runs, with what can be done to it and the pages that failed. */
export function crawlView(first, { name, signal, onEnd }) {
  const bar = h('progress', { 'aria-label': t('sources.progress', { name }) });
  const badge = h('span', {});
  const counts = h('p', { class: 'counts' });
  const actions = h('div', { class: 'line' });
  const failures = h('div', {});
  const view = h('div', {}, bar, counts, actions, failures);
  let shown = null;
  const draw = (crawl) => {
    const visited = crawl.fetched + crawl.unchanged + crawl.failed;
    bar.hidden = !isOpen(crawl);
    bar.max = visited + crawl.pending || 1;
    bar.value = visited;
    badge.className = `badge ${crawl.state}`;
    badge.textContent = word('state', crawl.state);
    counts.replaceChildren(badge, ' ', countsText(crawl));
    if (shown !== crawl.state) {
      actions.replaceChildren(...buttons(crawl, draw, failures));
      if (shown !== null) announce(`${t('sources.progress', { name })}: ${word('state', crawl.state)}`);
      shown = crawl.state;
    }
    if (!isOpen(crawl)) failures.replaceChildren(...failedPages(crawl, signal));
  };
  draw(first);
  if (isOpen(first)) void watch(first, { draw, signal, onEnd });
  return view;
}

function countsText(crawl) {
  const parts = [
    t('sources.pages', { count: crawl.fetched }),
    crawl.unchanged > 0 && t('sources.unchanged', { count: crawl.unchanged }),
    t('sources.found', { count: crawl.products }),
    crawl.created > 0 && t('sources.new', { count: crawl.created }),
    crawl.changed > 0 && t('sources.changed', { count: crawl.changed }),
    crawl.failed > 0 && t('sources.failed', { count: crawl.failed }),
    isOpen(crawl) && t('sources.left', { count: crawl.pending }),
    crawl.error,
  ];
  return parts.filter(Boolean).join(' · ');
}

function buttons(crawl, draw, place) {
  if (!isOpen(crawl)) return [];
  const button = (action) => {
    const click = async () => {
      try {
        draw(await send('POST', `/crawls/${crawl.id}/${action}`));
      } catch (err) {
        place.replaceChildren(problemNote(err));
      }
    };
    return h('button', { type: 'button', onclick: click }, t(`sources.${action}`));
  };
  return [button(crawl.state === 'paused' ? 'resume' : 'pause'), button('cancel')];
}

/** Follows the crawl to its end, over broken connections too. */
async function watch({ id }, { draw, signal, onEnd }) {
  let ended = false;
  const hear = (event, crawl) => {
    draw(crawl);
    return (ended = event === 'end');
  };
  await keepFollowing(`/crawls/${id}/events`, hear, { signal });
  if (ended) await onEnd();
}

function failedPages({ id, failed }, signal) {
  if (failed === 0) return [];
  const list = h('ul', { class: 'plain' });
  const load = async () => {
    if (!details.open || list.children.length > 0) return;
    const { items } = await get(`/crawls/${id}/pages`, { state: 'failed', limit: 100 }, signal);
    list.append(...items.map(({ url, reason }) => h('li', {}, url, ' – ', reason ?? '')));
  };
  const details = h('details', { ontoggle: () => void load() }, h('summary', {}, t('sources.reasons')), list);
  return [details];
}
