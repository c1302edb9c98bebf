import { h } from '../lib/dom.js';
import { ruleText, t } from '../lib/language.js';
import { problemNote } from './note.js';

/** A control with its label and a hint; a page has one form with `name` at a time. */
export function field(name, label, control, hint) {
  control.id = `form-${name}`;
  control.name = name;
  const described = `form-${name}-more`;
  control.setAttribute('aria-describedby', described);
  const more = h('p', { class: 'hint', id: described }, hint ?? '');
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), control, more);
}

/** A checkbox with its words beside it. */
export function checkbox(name, label, checked, extra = {}) {
  const id = `form-${name}`;
  const control = h('input', { type: 'checkbox', id, name, checked, ...extra });
  return h('div', { class: 'check' }, control, h('label', { for: id }, label));
}

/** One of several values; `options` are `[value, text]`. */
export function choice(value, options, extra = {}) {
  const select = h(
    'select',
    extra,
    options.map(([key, text]) => h('option', { value: key }, text)),
  );
  if (value !== null && value !== undefined) select.value = value;
  return select;
}

/**
 * Does what a form is for, once at a time. A refusal goes to the fields that it names, or to `notes`.
 * @param {(path: string) => string | undefined} [controlOf] name of the control to which a path of the API belongs
 * @returns whether it worked
 */
export async function attemptForm(form, notes, action, controlOf = (path) => path.split('.')[0]) {
  if (form.getAttribute('aria-busy') === 'true') return false;
  form.setAttribute('aria-busy', 'true');
  clearErrors(form);
  notes.replaceChildren();
  try {
    await action();
    return true;
  } catch (err) {
    if (!showErrors(form, err.errors ?? [], controlOf)) notes.replaceChildren(problemNote(err));
    return false;
  } finally {
    form.removeAttribute('aria-busy');
  }
}

function clearErrors(form) {
  for (const control of form.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    document.getElementById(`${control.id}-error`)?.remove();
    const described = control.getAttribute('aria-describedby')?.split(' ') ?? [];
    control.setAttribute('aria-describedby', described.filter((id) => id !== `${control.id}-error`).join(' '));
  }
}

/** Puts each refusal at its control; false when one has no control here. */
function showErrors(form, errors, controlOf) {
  let placed = errors.length > 0;
  for (const { path, message } of errors) {
    const control = form.elements[controlOf(path) ?? ''];
    if (!(control instanceof HTMLElement)) placed = false;
    else if (!control.hasAttribute('aria-invalid')) showError(control, ruleText(message));
  }
  form.querySelector('[aria-invalid]')?.focus();
  return placed;
}

/** Says at a control what is wrong with it. */
export function showError(control, text) {
  const id = `${control.id}-error`;
  control.setAttribute('aria-invalid', 'true');
  control.setAttribute('aria-describedby', `${id} ${control.getAttribute('aria-describedby') ?? ''}`.trim());
  control.closest('details')?.setAttribute('open', '');
  const place = control.closest('.check') ?? control;
  place.after(h('p', { class: 'error', id, role: 'alert' }, text));
}

/** A number in a text field; '' is null, and what is no number is left for the API to refuse. */
export function numberOrNull(text) {
  const digits = text.replaceAll(/[\s\u00a0\u202f]/g, '');
  if (digits === '') return null;
  const value = Number(digits);
  return Number.isNaN(value) ? text : value;
}

/** The line of buttons under a form. */
export function formButtons(save, onCancel) {
  return h(
    'div',
    { class: 'line' },
    h('button', { class: 'primary' }, save),
    onCancel && h('button', { type: 'button', onclick: () => void onCancel() }, t('form.cancel')),
  );
}
