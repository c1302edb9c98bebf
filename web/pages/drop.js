import { get, keepFollowing, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { clock, dateTime, number, t, word } from '../lib/language.js';
import { ask } from '../parts/dialog.js';
import { deferredView, skipsView } from '../parts/drop-plan.js';
import { countsText } from '../parts/drop-row.js';
import { giftName } from '../parts/gift-name.js';
import { readNames, wayOf } from '../parts/known-names.js';
import { problemNote } from '../parts/note.js';
import { badge, stars } from '../parts/stars.js';

const PAGE = 200;

/** One drop: its plan, each purchase as it stands, what was left out, and the report. */
export async function dropPage({ id }, signal) {
  const [first, known] = await Promise.all([get(`/drops/${id}`, {}, signal), readNames(signal)]);
  const names = { ...known, titles: new Map(first.plan.gifts.map((gift) => [gift.id, giftName(gift)])) };
  const [head, plan, report] = [
    h('div', { class: 'block' }),
    h('div', { class: 'block' }),
    h('div', { class: 'block' }),
  ];
  const notes = h('div', {});
  const purchases = purchaseList(first, names, signal);
  const drawHead = (drop) => head.replaceChildren(...dropHead(drop, notes, drawHead));
  let shown = first;
  const draw = (drop) => {
    drawHead(drop);
    plan.replaceChildren(...[deferredView(drop.plan.deferred, names), skipsView(leftOut(drop), names)].filter(Boolean));
    report.replaceChildren(...reportView(drop.messages));
    for (const purchase of drop.firstPurchases.items) purchases.put(purchase);
    if (drop.state !== shown.state) announce(word('drops.state', drop.state));
    shown = drop;
  };
  draw(first);
  const reread = eachAtATime(async () => draw(await get(`/drops/${id}`, {}, signal)));
  const hear = (event, data) => {
    if (event === 'open') void reread();
    if (event === 'purchase' && data.dropId === id) purchases.put(data);
    if (event === 'drop' && data.id === id) {
      drawHead(data);
      // The plan and the report change only when a round begins or ends.
      if (data.state !== shown.state || data.round !== shown.round) void reread();
    }
  };
  void keepFollowing('/drops/events', hear, { signal });
  return [h('p', {}, h('a', { href: '#/drops' }, `← ${t('drops.back')}`)), head, notes, purchases.view, plan, report];
}

/** Gifts of which no copy was tried; the plan also says why no further copy of a bought one was. */
function leftOut({ plan, outcomes }) {
  const skipped = new Set(outcomes.filter(({ outcome }) => outcome === 'skipped').map(({ giftId }) => giftId));
  return plan.skips.filter(({ giftId }) => skipped.has(giftId));
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

function dropHead(drop, notes, draw) {
  const { id, kind, state, detectedAt, stopAt, finishedAt, runAt, spentStars, firstFormMs } = drop;
  const stop = async () => {
    if (!(await ask(t('drops.stop'), t('drops.stopAsk'), t('drops.stop')))) return;
    try {
      draw(await send('POST', `/drops/${id}/stop`));
    } catch (err) {
      notes.replaceChildren(problemNote(err));
    }
  };
  const isOpen = finishedAt === null && stopAt === null;
  const quick = firstFormMs !== null && t('drop.firstForm', { time: number(Math.round(firstFormMs)) });
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
      countsText(drop),
      ' · ',
      t('drops.spent'),
      ' ',
      stars(spentStars),
    ),
    stopAt !== null && h('p', { class: 'quiet' }, t('drops.stoppedAt', { date: dateTime(stopAt) })),
    quick && h('p', { class: 'quiet' }, quick),
    state === 'waiting' && runAt && h('p', {}, t('drops.waiting', { date: dateTime(runAt) })),
  ].filter(Boolean);
}

function purchaseList(drop, names, signal) {
  const list = h('ul', { class: 'purchases' });
  const none = h('p', { class: 'quiet' }, t('drop.noPurchases'));
  const more = h('button', { type: 'button', class: 'more' }, t('products.more'));
  const rows = new Map();
  let cursor = drop.firstPurchases.nextCursor;
  const put = (purchase) => {
    const row = purchaseRow(purchase, names);
    const before = rows.get(purchase.id);
    if (before) before.replaceWith(row);
    else insert(list, row);
    rows.set(purchase.id, row);
    none.hidden = true;
  };
  const show = (page) => {
    for (const purchase of page.items) put(purchase);
    cursor = page.nextCursor;
    more.hidden = cursor === null;
  };
  more.addEventListener('click', async () => {
    try {
      show(await get(`/drops/${drop.id}/purchases`, { limit: PAGE, cursor }, signal));
    } catch (err) {
      more.before(problemNote(err));
    }
  });
  none.hidden = drop.firstPurchases.items.length > 0;
  more.hidden = cursor === null;
  return { put, view: h('section', { class: 'block' }, h('h2', {}, t('drop.purchases')), none, list, more) };
}

/** In the order of the plan, whenever it comes. */
function insert(list, row) {
  const place = Number(row.dataset.seq);
  let after = list.lastElementChild;
  while (after !== null && Number(after.dataset.seq) > place) after = after.previousElementSibling;
  if (after === null) list.prepend(row);
  else after.after(row);
}

function purchaseRow(purchase, names) {
  const { id, seq, giftId, priceStars, state, code, decidedAt } = purchase;
  const reason = (state === 'REJECTED' || state === 'UNKNOWN') && code !== null && reasonText(code);
  return h(
    'li',
    { 'data-purchase': id, 'data-seq': seq },
    h('b', {}, names.titles.get(giftId) ?? giftId),
    h('span', { class: 'quiet' }, wayOf(purchase, names)),
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

/** In words where we have them; else as Telegram says it, to be looked up. */
function reasonText(code) {
  const text = word('rejected', code);
  return text === code ? t('drop.refusedBy', { code }) : text;
}

/** The messages that are sent, as text: their few tags only make things bold. */
function reportView(messages) {
  if (messages.length === 0) return [];
  const texts = messages.map((html) => new DOMParser().parseFromString(html, 'text/html').body.textContent);
  return [h('h2', {}, t('drop.report')), h('div', { class: 'card report' }, texts.join('\n'))];
}
