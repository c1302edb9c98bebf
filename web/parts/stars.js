import { h, svg } from '../lib/dom.js';
import { number, t } from '../lib/language.js';

const STAR = 'M8 .9l2.2 4.6 5 .7-3.6 3.5.9 5L8 12.3l-4.5 2.4.9-5L.8 6.2l5-.7z';

/** So many Telegram Stars, with the sign; screen readers hear the word. */
export function stars(count) {
  return h(
    'span',
    { class: 'stars' },
    svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: STAR })),
    number(count),
    h('span', { class: 'unseen' }, ` ${t('stars.word', { count })}`),
  );
}

export const badge = (kind, ...text) => h('span', { class: `badge ${kind}` }, ...text);
