import { get, keepFollowing, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { t } from '../lib/language.js';
import { planView } from '../parts/drop-plan.js';
import { dropRow } from '../parts/drop-row.js';
import { giftName } from '../parts/gift-name.js';
import { readNames } from '../parts/known-names.js';
import { emptyNote, problemNote } from '../parts/note.js';

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
  const read = async () => await get('/drops', { limit: 50 }, signal);
  const page = await read();
  for (const drop of page.items) put(drop, 'append');
  const more = moreButton(page.nextCursor, signal, (drop) => put(drop, 'append'));
  // What came between the list and the stream.
  const catchUp = async () => {
    const now = await read().catch(() => page);
    for (const drop of now.items.toReversed()) put(drop, 'prepend');
  };
  const hear = (event, drop) => {
    if (event === 'open') void catchUp();
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
  const [plan, known, gifts] = await Promise.all([
    send('POST', '/drops/dry-run', {}),
    readNames(),
    get('/star-gifts', { soldOut: 'false', limited: 'true', limit: 200 }),
  ]);
  const titles = new Map(gifts.items.map((gift) => [gift.id, giftName(gift)]));
  return [
    h('h2', {}, t('drops.dryRunTitle')),
    !plan.autobuyOn && h('p', { class: 'quiet' }, t('drops.dryRunOff')),
    ...planView(plan, { ...known, titles }),
  ].filter(Boolean);
}
