import { get, keepFollowing, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { dateTime, number, t, word } from '../lib/language.js';
import { planView } from '../parts/drop-plan.js';
import { emptyNote, problemNote } from '../parts/note.js';
import { badge, stars } from '../parts/stars.js';

/** Every release that was found and every purchase by hand, live. */
export async function dropsPage(_parameters, signal) {
  const list = h('ul', { class: 'sources' });
  const empty = emptyNote(
    t('drops.none'),
    t('drops.noneHint'),
    h('a', { class: 'button', href: '#/gifts' }, t('nav.gifts')),
  );
  const rows = new Map();
  const put = (drop, place) => {
    const row = dropRow(drop);
    const before = rows.get(drop.id);
    if (before) before.replaceWith(row);
    else list[place](row);
    rows.set(drop.id, row);
    empty.hidden = true;
  };
  const page = await get('/drops', { limit: 50 }, signal);
  for (const drop of page.items) put(drop, 'append');
  const more = moreButton(page.nextCursor, signal, (drop) => put(drop, 'append'));
  const hear = (event, drop) => {
    if (event !== 'drop') return;
    if (!rows.has(drop.id)) announce(t('drops.appeared'));
    put(drop, 'prepend');
  };
  void keepFollowing('/drops/events', hear, { signal });
  return [h('h1', {}, t('drops.title')), dryRunPart(), empty, list, more];
}

function moreButton(firstCursor, signal, onDrop) {
  let cursor = firstCursor ?? null;
  const button = h('button', { type: 'button', class: 'more' }, t('products.more'));
  button.hidden = cursor === null;
  button.addEventListener('click', async () => {
    try {
      const page = await get('/drops', { limit: 50, cursor }, signal);
      for (const drop of page.items) onDrop(drop);
      cursor = page.nextCursor;
      button.hidden = cursor === null;
    } catch (err) {
      button.before(problemNote(err));
    }
  });
  return button;
}

function dropRow(drop) {
  const { id, kind, state, detectedAt, counts, spentStars } = drop;
  return h(
    'li',
    { class: 'card source', 'data-drop': id },
    h(
      'div',
      { class: 'line spread' },
      h('h2', {}, h('a', { href: `#/drops/${id}` }, t(`drops.kind.${kind}`), ', ', dateTime(detectedAt))),
      badge(`drop-${state}`, word('drops.state', state)),
    ),
    h('p', { class: 'counts' }, countsText(drop, counts), ' · ', t('drops.spent'), ' ', stars(spentStars)),
  );
}

export function countsText({ gifts }, counts) {
  const parts = [
    t('drops.gifts', { count: gifts }),
    t('drops.bought', { count: counts.paid }),
    counts.open > 0 && t('drops.open', { count: counts.open }),
    counts.rejected > 0 && t('drops.refused', { count: counts.rejected }),
    counts.unknown > 0 && t('drops.unknown', { count: number(counts.unknown) }),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What would be bought now: nothing is. */
function dryRunPart() {
  const place = h('div', { 'aria-live': 'polite' });
  const run = async () => {
    place.replaceChildren(h('p', { class: 'loading' }, t('loading')));
    try {
      place.replaceChildren(h('section', { class: 'card block' }, ...(await planOf())));
    } catch (err) {
      place.replaceChildren(problemNote(err));
    }
  };
  const button = h('button', { type: 'button', onclick: () => void run() }, t('drops.dryRun'));
  return h(
    'div',
    { class: 'block' },
    h('div', { class: 'line' }, button, h('span', { class: 'quiet' }, t('drops.dryRunHint'))),
    place,
  );
}

async function planOf() {
  const [plan, accounts] = await Promise.all([send('POST', '/drops/dry-run', {}), get('/accounts')]);
  const names = new Map(accounts.items.map(({ id, name }) => [id, name]));
  return [h('h2', {}, t('drops.dryRunTitle')), ...planView(plan, names)];
}
