import { get, keepFollowing, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { clock, dateTime, t, word } from '../lib/language.js';
import { ask } from '../parts/dialog.js';
import { deferredView, skipsView } from '../parts/drop-plan.js';
import { giftName } from '../parts/gift-name.js';
import { problemNote } from '../parts/note.js';
import { badge, stars } from '../parts/stars.js';
import { countsText } from './drops.js';

const PAGE = 200;

/** One drop: its plan, each purchase as it stands, what was left out, and the report. */
export async function dropPage({ id }, signal) {
  const [first, accounts] = await Promise.all([get(`/drops/${id}`, {}, signal), get('/accounts', {}, signal)]);
  const names = new Map(accounts.items.map(({ id: accountId, name }) => [accountId, name]));
  const head = h('div', { class: 'block' });
  const plan = h('div', { class: 'block' });
  const report = h('div', { class: 'block' });
  const notes = h('div', {});
  const purchases = purchaseList(first, { names, signal });
  let shown = null;
  const draw = (drop) => {
    const known = { titles: titlesOf(drop), names };
    head.replaceChildren(...dropHead(drop, notes, draw));
    plan.replaceChildren(
      ...[deferredView(drop.plan.deferred, known), skipsView(drop.plan.skips, known)].filter(Boolean),
    );
    report.replaceChildren(...reportView(drop.report));
    if (shown !== null && shown !== drop.state) announce(word('drops.state', drop.state));
    shown = drop.state;
  };
  draw(first);
  await purchases.read();
  const reread = eachAtATime(async () => {
    draw(await get(`/drops/${id}`, {}, signal));
    await purchases.read();
  });
  void keepFollowing('/drops/events', (event, data) => void (data.id === id && reread()), { signal });
  return [h('p', {}, h('a', { href: '#/drops' }, `← ${t('drops.back')}`)), head, notes, purchases.view, plan, report];
}

/** Runs `work` once more after a run during which it was asked for, never two at a time. */
function eachAtATime(work) {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await work().catch(() => undefined);
    }
    running = false;
  };
}

const titlesOf = ({ plan }) => new Map(plan.gifts.map((gift) => [gift.id, giftName(gift)]));

function dropHead(drop, notes, draw) {
  const { id, kind, state, detectedAt, finishedAt, runAt, spentStars, counts } = drop;
  const isOpen = finishedAt === null && state !== 'stopped';
  const stop = async () => {
    if (!(await ask(t('drops.stop'), t('drops.stopAsk'), t('drops.stop')))) return;
    try {
      draw(await send('POST', `/drops/${id}/stop`));
    } catch (err) {
      notes.replaceChildren(problemNote(err));
    }
  };
  return [
    h(
      'div',
      { class: 'line spread' },
      h('h1', {}, t(`drops.kind.${kind}`), ', ', dateTime(detectedAt)),
      isOpen && h('button', { type: 'button', onclick: () => void stop() }, t('drops.stop')),
    ),
    h(
      'p',
      { class: 'counts', 'aria-live': 'polite' },
      badge(`drop-${state}`, word('drops.state', state)),
      ' ',
      countsText(drop, counts),
      ' · ',
      t('drops.spent'),
      ' ',
      stars(spentStars),
    ),
    state === 'waiting' && runAt && h('p', {}, t('drops.waiting', { date: dateTime(runAt) })),
  ].filter(Boolean);
}

function purchaseList(drop, { names, signal }) {
  const titles = titlesOf(drop);
  const list = h('ul', { class: 'purchases' });
  const none = h('p', { class: 'quiet' }, t('drop.noPurchases'));
  const more = h('button', { type: 'button', class: 'more' }, t('products.more'));
  const rows = new Map();
  let pages = 1;
  const read = async () => {
    let cursor = '';
    for (let page = 0; page < pages && cursor !== null; page++) {
      const answer = await get(`/drops/${drop.id}/purchases`, { limit: PAGE, cursor }, signal);
      for (const purchase of answer.items) put(purchase);
      cursor = answer.nextCursor;
    }
    more.hidden = cursor === null;
    none.hidden = rows.size > 0;
  };
  const put = (purchase) => {
    const before = rows.get(purchase.id);
    if (before?.text === JSON.stringify(purchase)) return;
    const row = purchaseRow(purchase, { titles, names });
    if (before) before.row.replaceWith(row);
    else list.append(row);
    rows.set(purchase.id, { row, text: JSON.stringify(purchase) });
  };
  more.addEventListener('click', () => {
    pages++;
    void read();
  });
  return {
    read,
    view: h('section', { class: 'block' }, h('h2', {}, t('drop.purchases')), none, list, more),
  };
}

function purchaseRow(
  { id, giftId, accountId, target, priceStars, state, failure, code, decidedAt },
  { titles, names },
) {
  const reason = state === 'REJECTED' || state === 'UNKNOWN' ? reasonText(failure, code) : null;
  return h(
    'li',
    { 'data-purchase': id },
    h('b', {}, titles.get(giftId) ?? giftId),
    h('span', { class: 'quiet' }, `${names.get(accountId) ?? accountId} → ${target}`),
    stars(priceStars),
    h(
      'span',
      {},
      badge(`purchase-${state}`, word('purchase', state)),
      decidedAt && h('span', { class: 'quiet' }, ` ${clock(decidedAt)}`),
    ),
    reason && h('span', { class: 'reason' }, reason),
  );
}

/** Our own code says more than the kind of refusal; Telegram's code stands behind it for who wants to look it up. */
function reasonText(failure, code) {
  const own = code === null ? null : word('rejected', code);
  if (own !== null && own !== code) return own;
  const kind = failure === null ? null : word('failure', failure);
  return [kind, code && `(${code})`].filter(Boolean).join(' ');
}

/** The messages that were sent, as text: their few tags only make things bold. */
function reportView(report) {
  if (report === null || report.messages.length === 0) return [];
  const texts = report.messages.map((html) => new DOMParser().parseFromString(html, 'text/html').body.textContent);
  return [h('h2', {}, t('drop.report')), h('div', { class: 'card report' }, texts.join('\n'))];
}
