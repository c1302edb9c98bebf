import { h } from '../lib/dom.js';
import { dateTime, t, word } from '../lib/language.js';
import { badge, stars } from './stars.js';

/** One drop in the list. */
export function dropRow(drop) {
  const { id, kind, state, detectedAt, spentStars } = drop;
  return h(
    'li',
    { class: 'card source', 'data-drop': id },
    h(
      'div',
      { class: 'line spread' },
      h('h2', {}, h('a', { href: `#/drops/${id}` }, t(`drops.kind.${kind}`), ', ', dateTime(detectedAt))),
      badge(`drop-${state}`, word('drops.state', state)),
    ),
    h('p', { class: 'counts' }, countsText(drop), ' · ', t('drops.spent'), ' ', stars(spentStars)),
  );
}

/** What a drop comes to so far, in words. */
export function countsText({ gifts, purchases }) {
  const open = purchases.planned + purchases.form + purchases.sending;
  const parts = [
    t('drops.gifts', { count: gifts }),
    t('drops.bought', { count: purchases.paid }),
    open > 0 && t('drops.open', { count: open }),
    purchases.rejected > 0 && t('drops.refused', { count: purchases.rejected }),
    purchases.unknown > 0 && t('drops.unknown', { count: purchases.unknown }),
  ];
  return parts.filter(Boolean).join(' · ');
}
