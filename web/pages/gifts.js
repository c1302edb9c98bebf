import { get, keepFollowing, stages } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { t } from '../lib/language.js';
import { choice } from '../parts/form.js';
import { giftCard } from '../parts/gift-card.js';
import { giftName } from '../parts/gift-name.js';
import { emptyNote, problemNote } from '../parts/note.js';
import { stageList } from '../parts/stage-list.js';
import { watchPanel } from '../parts/watch-panel.js';

const STOCK_MS = 3000;
const SHOWN = {
  sale: ({ isSoldOut, remaining }) => !isSoldOut && remaining !== 0,
  limited: ({ isLimited }) => isLimited,
  soldOut: ({ isSoldOut, remaining }) => isSoldOut || remaining === 0,
  all: () => true,
};

/** All gifts that the user's accounts see, live, and whether they are bought without being asked. */
export async function giftsPage({ query }, signal) {
  const [watch, gifts] = await Promise.all([get('/gift-watch', {}, signal), readGifts(signal)]);
  const known = new Map(gifts.map((gift) => [gift.id, gift]));
  const wanted = query.get('show') in SHOWN ? query.get('show') : 'sale';
  const panel = watchPanel(watch, signal);
  const list = h('ul', { class: 'cards gifts' });
  const count = h('p', { class: 'count', 'aria-live': 'polite' });
  const empty = emptyNote(t('gifts.none'), t('gifts.noneHint'));
  const cards = new Map();
  const tell = () => {
    count.textContent = t('gifts.shown', { count: cards.size, total: known.size });
    empty.hidden = known.size > 0;
  };
  const put = (gift) => {
    known.set(gift.id, gift);
    const card = cards.get(gift.id);
    if (!SHOWN[wanted](gift)) {
      card?.view.remove();
      cards.delete(gift.id);
    } else if (card !== undefined) card.draw(gift);
    else {
      const fresh = giftCard(gift);
      cards.set(gift.id, fresh);
      list.prepend(fresh.view);
    }
  };
  for (const gift of gifts.toReversed()) put(gift);
  tell();
  // Stock falls without an event of its own.
  const reread = async () => {
    const onSale = await readGifts(signal, { limited: 'true', soldOut: 'false' }).catch(() => []);
    for (const gift of onSale) put(gift);
    tell();
  };
  const looking = setInterval(() => {
    if (signal.aborted) clearInterval(looking);
    else if (!document.hidden) void reread();
  }, STOCK_MS);
  const hear = (event, { gift }) => {
    if (event === 'open') void reread();
    if (event !== 'gift' || !gift) return;
    if (!known.has(gift.id)) announce(t('gifts.appeared', { title: giftName(gift) }));
    put(gift);
    tell();
  };
  void keepFollowing('/star-gifts/events', hear, { signal, onState: panel.live });
  const refresh = refreshPart(signal);
  return [
    h('div', { class: 'line spread' }, h('h1', {}, t('gifts.title')), refresh.button),
    refresh.place,
    panel.view,
    h('div', { class: 'line spread' }, count, filter(wanted)),
    empty,
    list,
  ];
}

async function readGifts(signal, filters = {}) {
  const all = [];
  for (let cursor = ''; cursor !== null;) {
    const page = await get('/star-gifts', { ...filters, limit: 200, cursor }, signal);
    all.push(...page.items);
    cursor = page.nextCursor ?? null;
  }
  return all;
}

function filter(wanted) {
  const options = Object.keys(SHOWN).map((name) => [name, t(`gifts.show.${name}`)]);
  const select = choice(wanted, options, { id: 'show' });
  select.addEventListener('change', () => {
    location.hash = `/gifts?show=${select.value}`;
  });
  return h('div', { class: 'line' }, h('label', { for: 'show' }, t('gifts.show')), select);
}

/** Looks at Telegram now, and tells each step as it begins. */
function refreshPart(signal) {
  const place = h('div', { class: 'stage-place' });
  const refresh = async () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    const shown = stageList(t('gifts.refreshing'), ['fetch', 'done'], 'gifts.stage');
    place.replaceChildren(shown.view);
    try {
      await stages(
        '/star-gifts/refresh',
        ({ stage, error, gifts }) => {
          if (stage) shown.reach(stage);
          if (error) shown.fail(error);
          if (stage === 'done' && gifts !== undefined) shown.say(t('gifts.refreshed', { count: gifts }));
        },
        signal,
      );
    } catch (err) {
      if (!signal.aborted) place.replaceChildren(problemNote(err));
    }
    button.removeAttribute('aria-disabled');
  };
  const button = h('button', { type: 'button', onclick: () => void refresh() }, t('gifts.refresh'));
  return { button, place };
}
