import { h } from '../lib/dom.js';
import { dateTime, duration, number, t } from '../lib/language.js';
import { animation } from './animation.js';
import { openBuyDialog } from './buy-dialog.js';
import { giftName, isGone } from './gift-name.js';
import { badge, stars } from './stars.js';

/** One gift; `draw` shows a newer state of it, without touching its picture. */
export function giftCard(first) {
  const facts = h('div', { class: 'gift-facts' });
  const view = h('li', { class: 'card gift', 'data-gift': first.id });
  const picture = animation(first.animation, view);
  let shown = first;
  const buy = h(
    'button',
    {
      type: 'button',
      'aria-label': t('gifts.buyNamed', { title: giftName(first) }),
      onclick: () => void openBuyDialog(shown),
    },
    t('gifts.buy'),
  );
  const draw = (gift) => {
    shown = gift;
    facts.replaceChildren(...giftFacts(gift));
    view.classList.toggle('gone', isGone(gift));
    buy.hidden = isGone(gift) || gift.isAuction;
  };
  draw(first);
  view.append(picture, facts, buy);
  return { view, draw };
}

function giftFacts(gift) {
  return [
    h('h2', {}, giftName(gift)),
    h('p', { class: 'price' }, stars(gift.priceStars)),
    supply(gift),
    h('p', { class: 'badges' }, ...badges(gift).flatMap((item) => [item, ' '])),
    lasted(gift),
    h('p', { class: 'id' }, gift.id),
  ].filter(Boolean);
}

/** What is left of how many, as a bar and in words. */
function supply(gift) {
  const { isLimited, remaining, total } = gift;
  if (!isLimited || total === null) return h('p', { class: 'quiet' }, t('gifts.unlimited'));
  const left = isGone(gift) ? 0 : (remaining ?? 0);
  const text = t('gifts.left', { left: number(left), total: number(total) });
  const scale = { 'aria-valuemin': 0, 'aria-valuemax': total, 'aria-valuenow': left, 'aria-valuetext': text };
  const fill = h('span', {});
  fill.style.width = `${total > 0 ? (left / total) * 100 : 0}%`;
  return h(
    'div',
    { class: 'supply' },
    h('div', { class: 'bar', role: 'meter', 'aria-label': t('gifts.stock'), ...scale }, fill),
    h('p', { class: 'quiet' }, text),
  );
}

function badges(gift) {
  return [
    isGone(gift) && badge('failed', t('gifts.soldOut')),
    gift.isAuction && badge('auction', t('gifts.auction')),
    gift.requiresPremium && badge('premium', t('gifts.premium')),
    lockOf(gift) && badge('locked', t('gifts.locked', { date: dateTime(lockOf(gift)) })),
    gift.upgradeStars !== null && badge('upgrade', t('gifts.upgradable')),
    gift.perUserTotal !== null && badge('limit', t('gifts.perUser', { count: gift.perUserTotal })),
  ].filter(Boolean);
}

/** Until when the first of the accounts may not send it, or null. */
function lockOf({ locks }) {
  const open = locks.some(({ until }) => until === null || Date.parse(until) <= Date.now());
  return open ? null : (locks.map(({ until }) => until).toSorted()[0] ?? null);
}

function lasted(gift) {
  if (!isGone(gift) || gift.soldOutAfterMs === null) return null;
  return h('p', { class: 'quiet' }, t('gifts.lasted', { time: duration(gift.soldOutAfterMs) }));
}
