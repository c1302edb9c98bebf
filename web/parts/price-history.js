import { announce, h, svg } from '../lib/dom.js';
import { date, dateTime, money, t, word } from '../lib/language.js';

const WIDTH = 640;
const HEIGHT = 220;
const PAD = { left: 12, right: 12, top: 26, bottom: 28 };

/** The price over time as a step line, and the same as a table. `changes` are oldest first. */
export function priceHistory(changes) {
  const priced = changes.filter(({ price }) => price !== null);
  const [first] = priced;
  if (first === undefined) return h('p', { class: 'quiet' }, t('products.noPrice'));
  if (priced.length === 1) {
    const only = { price: money(first.price), date: date(first.seenAt) };
    return h('div', {}, h('p', {}, t('product.historyOne', only)), table(changes));
  }
  return h('div', {}, chart(priced), table(changes));
}

function scales(points) {
  const amounts = points.map(({ price }) => Number(price.amount));
  const [low, high] = [Math.min(...amounts), Math.max(...amounts)];
  const [start, end] = [Date.parse(points[0].seenAt), Date.now()];
  const room = high - low || 1;
  return {
    low,
    high,
    x: (iso) => PAD.left + ((Date.parse(iso) - start) / (end - start || 1)) * (WIDTH - PAD.left - PAD.right),
    y: (amount) => PAD.top + (1 - (amount - low) / room) * (HEIGHT - PAD.top - PAD.bottom),
  };
}

function chart(points) {
  const { x, y, low, high } = scales(points);
  const currency = points[0].price.currency;
  const right = WIDTH - PAD.right;
  const line = points.map(
    ({ seenAt, price }, at) => `${at === 0 ? 'M' : 'H'}${x(seenAt)}${at === 0 ? ',' : 'V'}${y(Number(price.amount))}`,
  );
  const marker = svg('circle', { r: 5, class: 'marker' });
  const label = h('p', { class: 'chart-label', 'aria-live': 'polite' });
  let at = points.length - 1;
  const select = (to) => {
    at = Math.max(0, Math.min(points.length - 1, to));
    const { seenAt, price } = points[at];
    marker.setAttribute('cx', x(seenAt));
    marker.setAttribute('cy', y(Number(price.amount)));
    label.textContent = `${dateTime(seenAt)}: ${money(price)}`;
  };
  const grid = [low, high].map((amount) => [
    svg('line', { x1: PAD.left, x2: right, y1: y(amount), y2: y(amount), class: 'grid' }),
    svg('text', { x: PAD.left, y: y(amount) - 6 }, money({ amount: String(amount), currency })),
  ]);
  const picture = svg(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: 'chart',
      role: 'img',
      tabindex: 0,
      'aria-label': t('product.historyChart'),
    },
    grid.flat(),
    svg('path', { d: `${line.join('')}H${right}`, class: 'line' }),
    svg('text', { x: PAD.left, y: HEIGHT - 8 }, date(points[0].seenAt)),
    svg('text', { x: right, y: HEIGHT - 8, 'text-anchor': 'end' }, date(new Date().toISOString())),
    marker,
  );
  picture.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') select(at - 1);
    if (key === 'ArrowRight') select(at + 1);
    if (key.startsWith('Arrow')) announce(label.textContent);
  });
  picture.addEventListener('pointermove', (event) => {
    const box = picture.getBoundingClientRect();
    const wanted = ((event.clientX - box.left) / box.width) * WIDTH;
    select(points.findLastIndex(({ seenAt }) => x(seenAt) <= wanted));
  });
  select(at);
  return h('figure', {}, picture, label, h('figcaption', { class: 'quiet' }, t('product.historyHint')));
}

function table(changes) {
  const row = ({ seenAt, price, availability }) =>
    h(
      'tr',
      {},
      h('td', {}, dateTime(seenAt)),
      h('td', {}, price === null ? '–' : money(price)),
      h('td', {}, word('availability', availability ?? 'unknown')),
    );
  const head = h(
    'tr',
    {},
    ['table.date', 'table.price', 'table.stock'].map((key) => h('th', { scope: 'col' }, t(key))),
  );
  return h(
    'details',
    {},
    h('summary', {}, t('product.historyTable')),
    h('table', {}, h('thead', {}, head), h('tbody', {}, changes.toReversed().map(row))),
  );
}
