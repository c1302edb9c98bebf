import { h } from '../lib/dom.js';
import { t } from '../lib/language.js';

let opened = 0;

/**
 * Opens a modal window; Escape closes it, and the focus goes back to where it was.
 * @param {(close: () => void) => Array<Node>} fill its content, which may close it
 */
export function openDialog(title, fill) {
  const before = document.activeElement;
  const id = `dialog-${++opened}`;
  const close = () => dialog.close();
  const heading = h('h2', { id }, title);
  const dialog = h('dialog', { class: 'card', 'aria-labelledby': id }, heading, ...fill(close));
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks before something that cannot be taken back; true = go on. */
export function ask(title, text, yes) {
  return new Promise((resolve) => {
    let agreed = false;
    const dialog = openDialog(title, (close) => [
      h('p', {}, text),
      h(
        'div',
        { class: 'line' },
        h(
          'button',
          {
            type: 'button',
            class: 'primary',
            onclick: () => {
              agreed = true;
              close();
            },
          },
          yes,
        ),
        h('button', { type: 'button', onclick: close }, t('form.cancel')),
      ),
    ]);
    dialog.addEventListener('close', () => resolve(agreed));
  });
}
