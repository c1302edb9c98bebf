import { h } from '../lib/dom.js';
import { dateTime, number, t, word } from '../lib/language.js';
import { wayOf } from './known-names.js';
import { stars } from './stars.js';

/** A plan as it was made: what is bought by whom for whom, what waits, what is left out and why. */
export function planView({ orders, copies, stars: total, skips, deferred }, names) {
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
        orders.map((order) => orderRow(order, names)),
      ),
    deferredView(deferred, names),
    skipsView(skips, names),
  ].filter(Boolean);
}

function orderRow({ giftId, priceStars, copies, ...order }, names) {
  return h(
    'li',
    {},
    h('span', {}, h('b', {}, names.titles.get(giftId) ?? giftId), copies > 1 && ` × ${number(copies)}`),
    h('span', { class: 'quiet' }, wayOf(order, names)),
    stars(priceStars * copies),
  );
}

/** What waits for a lock to end. */
export function deferredView(deferred, names) {
  if (deferred.length === 0) return null;
  const row = ({ giftId, copies, runAt, ...order }) =>
    h(
      'li',
      {},
      h('span', {}, h('b', {}, names.titles.get(giftId) ?? giftId), copies > 1 && ` × ${number(copies)}`),
      h('span', { class: 'quiet' }, wayOf(order, names)),
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
export function skipsView(skips, names) {
  if (skips.length === 0) return null;
  const row = ({ giftId, reason, nearest }) =>
    h(
      'li',
      {},
      h('b', {}, names.titles.get(giftId) ?? giftId),
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
  const name = names.accounts.get(accountId) ?? accountId;
  return haveStars < needStars
    ? t('plan.short', { name, have: number(haveStars), need: number(needStars) })
    : t('plan.nearest', { name });
}
