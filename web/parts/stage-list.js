import { announce, h } from '../lib/dom.js';
import { t, word } from '../lib/language.js';

/** The steps of long work, each marked when it really begins. */
export function stageList(title, names, group) {
  const items = new Map(names.map((name) => [name, h('li', {}, word(group, name))]));
  const end = h('p', { role: 'status' });
  const view = h('div', { class: 'stages' }, h('p', { class: 'quiet' }, title), h('ol', {}, [...items.values()]), end);
  const mark = (item, state) => item.setAttribute('class', state);
  return {
    view,
    reach(stage) {
      for (const [name, item] of items) {
        if (name === stage) {
          mark(item, stage === names.at(-1) ? 'past' : 'now');
          announce(`${title}: ${word(group, stage)}`);
          break;
        }
        mark(item, 'past');
      }
    },
    fail(code) {
      view.querySelector('.now')?.setAttribute('class', 'broken');
      end.className = 'error';
      end.textContent = t('stages.failed', { reason: word('telegram', code) });
    },
    say(text) {
      end.textContent = text;
    },
  };
}
