import { h } from '../lib/dom.js';
import { dateTime, number, t, word } from '../lib/language.js';
import { stars } from './stars.js';

/** A plan as it was made: what is bought by whom for whom, what waits, what is left out and why. */
export function planView({ orders, copies, stars: total, skips, deferred }, { titles, names }) {
  return [
    h(
      'p',
      {},
      orders.length === 0 ? t('plan.nothing') : t('plan.copies', { count: copies }),
      ...(orders.length === 0 ? [] : [' · ', stars(total)]),
    ),
    orders.length > 0 &&
      h(
        'ul',
        { class: 'purchases' },
        orders.map((order) => orderRow(order, { titles, names })),
      ),
    deferredView(deferred, { titles, names }),
    skipsView(skips, { titles, names }),
  ].filter(Boolean);
}

function orderRow({ giftId, accountId, target, priceStars, copies }, { titles, names }) {
  return h(
    'li',
    {},
    h('span', {}, h('b', {}, titles.get(giftId) ?? giftId), copies > 1 && ` × ${number(copies)}`),
    h('span', { class: 'quiet' }, `${names.get(accountId) ?? accountId} → ${target}`),
    stars(priceStars * copies),
  );
}

/** What waits for a lock to end. */
export function deferredView(deferred, { titles, names }) {
  if (deferred.length === 0) return null;
  const row = ({ giftId, accountId, target, copies, runAt }) =>
    h(
      'li',
      {},
      h('span', {}, h('b', {}, titles.get(giftId) ?? giftId), copies > 1 && ` × ${number(copies)}`),
      h('span', { class: 'quiet' }, `${names.get(accountId) ?? accountId} → ${target}`),
      h('span', {}, t('plan.from', { date: dateTime(runAt) })),
    );
  return h(
    'section',
    { class: 'block' },
    h('h2', {}, t('plan.deferred')),
    h('ul', { class: 'purchases' }, deferred.map(row)),
  );
}

/** What is not bought, each with its one reason. */
export function skipsView(skips, { titles, names }) {
  if (skips.length === 0) return null;
  const row = ({ giftId, reason, nearest }) =>
    h(
      'li',
      {},
      h('b', {}, titles.get(giftId) ?? giftId),
      h('span', {}, word('skip', reason)),
      nearest && h('span', { class: 'quiet' }, nearestText(nearest, names)),
    );
  return h(
    'section',
    { class: 'block' },
    h('h2', {}, t('plan.skips')),
    h('ul', { class: 'purchases' }, skips.map(row)),
  );
}

function nearestText({ accountId, haveStars, needStars }, names) {
  const name = names.get(accountId) ?? accountId;
  return haveStars < needStars
    ? t('plan.short', { name, have: number(haveStars), need: number(needStars) })
    : t('plan.nearest', { name });
}
