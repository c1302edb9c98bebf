import { Problem } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { problemText, t } from '../lib/language.js';

/** Says what went wrong and what to do; `retry` adds a button. */
export function problemNote(err, retry) {
  const text = err instanceof Problem ? problemText(err) : err instanceof TypeError ? t('error.offline') : String(err);
  const button = retry && h('button', { type: 'button', onclick: () => retry() }, t('error.retry'));
  return h('div', { class: 'note bad', role: 'alert' }, h('strong', {}, t('error.title')), h('p', {}, text), button);
}

/** An empty state: what is the case, and the next step. */
export function emptyNote(title, hint, link) {
  return h('div', { class: 'note' }, h('strong', {}, title), h('p', {}, hint), link);
}

/** A thing that needs the reader's attention, and is no error. */
export function warning(title, ...content) {
  return h('div', { class: 'note warn' }, h('strong', {}, title), ...content);
}
