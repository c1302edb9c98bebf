import { send } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { language, t } from '../lib/language.js';
import { remember } from '../lib/me.js';
import { attemptForm, field } from '../parts/form.js';

/** Signing in, or becoming a user; `onDone` is called when somebody is signed in. */
export function signInForm(onDone) {
  const place = h('div', { class: 'sign-in' });
  const show = (mode) => {
    place.replaceChildren(form(mode, { onDone, onOther: () => show(mode === 'login' ? 'register' : 'login') }));
    place.querySelector('input').focus();
  };
  place.append(form('login', { onDone, onOther: () => show('register') }));
  return place;
}

function form(mode, { onDone, onOther }) {
  const notes = h('div', {});
  const isNew = mode === 'register';
  const password = { type: 'password', required: true, autocomplete: isNew ? 'new-password' : 'current-password' };
  const element = h(
    'form',
    { class: 'card narrow form', novalidate: true },
    h('h1', {}, t(`sign.${mode}`)),
    isNew && h('p', { class: 'quiet' }, t('sign.first')),
    field(
      'name',
      t('sign.name'),
      h('input', { autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true }),
      isNew ? t('sign.nameHint') : '',
    ),
    field('password', t('sign.password'), h('input', password), isNew ? t('sign.passwordHint') : ''),
    notes,
    h('button', { class: 'primary' }, t(`sign.${mode}`)),
    h(
      'p',
      { class: 'quiet' },
      t(isNew ? 'sign.known' : 'sign.new'),
      ' ',
      h('button', { type: 'button', class: 'link', onclick: onOther }, t(isNew ? 'sign.login' : 'sign.register')),
    ),
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void attemptForm(element, notes, async () => {
      const { name, password: secret } = element.elements;
      const who = { name: name.value.trim(), password: secret.value };
      remember(await send('POST', `/auth/${mode}`, isNew ? { ...who, language, zone: ownZone() } : who));
      await onDone();
    });
  });
  return element;
}

/** Of the browser, where the API knows it by this name. */
function ownZone() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return Intl.supportedValuesOf('timeZone').includes(timeZone) ? timeZone : 'UTC';
}
