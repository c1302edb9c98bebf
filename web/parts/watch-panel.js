import { get, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { clock, dateTime, duration, t, word } from '../lib/language.js';
import { problemNote } from './note.js';
import { badge } from './stars.js';

const LOOK_MS = 5000;

/** Whether gifts are bought without being asked, and how the watcher is doing; `draw` shows a newer state. */
export function watchPanel(first, signal) {
  const toggle = h('input', { type: 'checkbox', role: 'switch', id: 'autobuy', 'aria-describedby': 'autobuy-more' });
  const facts = h('div', { class: 'line' });
  const notes = h('div', {});
  const pause = h('button', { type: 'button' });
  const trouble = h('div', { 'aria-live': 'polite' });
  const stream = h('span', { class: 'quiet' });
  let watch = first;
  const draw = (next) => {
    watch = next;
    toggle.checked = watch.on;
    pause.hidden = !watch.on;
    pause.textContent = t(watch.state === 'paused' ? 'watch.resume' : 'watch.pause');
    facts.replaceChildren(...watchFacts(watch));
    const said = degraded(watch);
    // The same again would be read aloud again.
    if (trouble.textContent !== said.map((note) => note.textContent).join('')) trouble.replaceChildren(...said);
  };
  const change = async (method, path, body) => {
    notes.replaceChildren();
    try {
      draw(await send(method, path, body));
      announce(t(watch.on ? 'watch.nowOn' : 'watch.nowOff'));
    } catch (err) {
      toggle.checked = watch.on;
      notes.replaceChildren(problemNote(err), ...(needsCap(err) ? [capHint()] : []));
    }
  };
  toggle.addEventListener('change', () => void change('PUT', '/gift-watch', { on: toggle.checked }));
  pause.addEventListener(
    'click',
    () => void change('POST', `/gift-watch/${watch.state === 'paused' ? 'resume' : 'pause'}`),
  );
  draw(first);
  const look = async () => {
    if (!document.hidden) draw(await get('/gift-watch', {}, signal).catch(() => watch));
  };
  const looking = setInterval(() => (signal.aborted ? clearInterval(looking) : void look()), LOOK_MS);
  const timer = setInterval(
    () => (signal.aborted ? clearInterval(timer) : facts.replaceChildren(...watchFacts(watch))),
    1000,
  );
  return {
    draw,
    live: (isUp) => {
      stream.textContent = isUp ? t('live.on') : t('live.off');
    },
    view: h(
      'section',
      { class: 'card block', 'aria-label': t('watch.title') },
      h(
        'div',
        { class: 'line spread' },
        h('div', { class: 'switch' }, toggle, h('label', { for: 'autobuy' }, t('watch.autobuy'))),
        h('div', { class: 'line' }, stream, pause),
      ),
      h('p', { class: 'quiet', id: 'autobuy-more' }, t('watch.autobuyHint')),
      facts,
      trouble,
      notes,
    ),
  };
}

const needsCap = ({ errors = [] }) => errors.some(({ path }) => path === 'autobuyOn');
const capHint = () => h('p', {}, h('a', { href: '#/settings' }, t('watch.setCap')));

function watchFacts(watch) {
  const { state, lastPollAt } = watch;
  const ago = lastPollAt === null ? null : Math.max(0, Date.now() - Date.parse(lastPollAt));
  return [
    badge(`watch-${state}`, word('watch.state', state)),
    h(
      'span',
      { class: 'quiet' },
      ago === null ? t('watch.neverPolled') : t('watch.polled', { time: clock(lastPollAt), ago: duration(ago) }),
    ),
  ];
}

function degraded(watch) {
  if (watch.state !== 'degraded' || watch.degradedSince === null) return [];
  const since = t('watch.degradedSince', { date: dateTime(watch.degradedSince) });
  const why = watch.error === null ? null : word('telegram', watch.error);
  return [
    h('div', { class: 'note warn' }, h('strong', {}, since), h('p', {}, t('watch.degraded')), why && h('p', {}, why)),
  ];
}
