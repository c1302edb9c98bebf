import { Problem } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { t } from '../lib/language.js';

/** Says what went wrong and what to do; `retry` adds a button. */
export function problemNote(err, retry) {
  const text = err instanceof Problem ? err.message : err instanceof TypeError ? t('error.offline') : String(err);
  const button = retry && h('button', { type: 'button', onclick: () => retry() }, t('error.retry'));
  return h('div', { class: 'note bad', role: 'alert' }, h('strong', {}, t('error.title')), h('p', {}, text), button);
}

/** An empty state: what is the case, and the next step. */
export function emptyNote(title, hint, link) {
  return h('div', { class: 'note' }, h('strong', {}, title), h('p', {}, hint), link);
}
