import { get, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { t } from '../lib/language.js';
import { attemptForm, checkbox, choice, field, numberOrNull } from '../parts/form.js';
import { warning } from '../parts/note.js';

const STARS = ['capAccountStars', 'capDropStars', 'capDayStars', 'maxPriceStars', 'floorStars'];
const LISTS = ['notifyChats', 'excludedGiftIds'];
const TEXTS = ['forcedTarget', 'quietFrom', 'quietTo'];
const SWITCHES = ['notifyDms', 'forcedOnlyOnNoMatch', 'buyWithoutCap'];
const CHOICES = ['buyOrder', 'language', 'zone'];

/** What is bought, how much may be spent, who is told. */
export async function settingsPage(_parameters, signal) {
  const place = h('div', {});
  const draw = (settings) => place.replaceChildren(settingsForm(settings, draw));
  draw(await get('/settings', {}, signal));
  return [h('h1', {}, t('settings.title')), place];
}

function settingsForm(settings, redraw) {
  const notes = h('div', {});
  const form = h(
    'form',
    { class: 'form', novalidate: true },
    spending(settings),
    choosing(settings),
    telling(settings),
    notes,
    h('div', { class: 'line' }, h('button', { class: 'primary' }, t('form.save'))),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attemptForm(
      form,
      notes,
      async () => {
        const change = changes(form.elements, settings);
        const saved = await send('PATCH', '/settings', change);
        redraw(saved);
        announce(t('form.saved'));
        document.getElementById('form-capAccountStars')?.focus();
      },
      controlOf,
    );
  });
  return form;
}

/** Buying by itself without a cap is refused at the switch, which is on another page. */
const controlOf = (path) => (path === 'autobuyOn' ? 'buyWithoutCap' : path.split('.')[0]);

const section = (title, ...content) => h('fieldset', { class: 'card form' }, h('legend', {}, t(title)), ...content);

const input = (name, value, extra = {}) =>
  field(name, t(`settings.${name}`), h('input', { autocomplete: 'off', value: value ?? '', ...extra }), hintOf(name));

const HINTED = new Set(['capAccountStars', 'capDayStars', 'floorStars', 'forcedTarget', 'quietFrom']);
const hintOf = (name) => (HINTED.has(name) ? t(`settings.${name}Hint`) : '');

function spending(settings) {
  const box = checkbox('buyWithoutCap', t('settings.buyWithoutCap'), settings.buyWithoutCap);
  const danger = warning(t('settings.noCapTitle'), h('p', {}, t('settings.noCap')));
  const control = box.querySelector('input');
  const show = () => {
    danger.hidden = !control.checked;
  };
  control.addEventListener('change', show);
  show();
  return section(
    'settings.spending',
    h('p', { class: 'quiet' }, t('settings.spendingHint')),
    h(
      'div',
      { class: 'fields' },
      STARS.map((name) => input(name, settings[name] === null ? '' : String(settings[name]), { inputmode: 'numeric' })),
    ),
    box,
    h('div', { 'aria-live': 'polite' }, danger),
  );
}

const choosing = (settings) =>
  section(
    'settings.choosing',
    field(
      'buyOrder',
      t('settings.buyOrder'),
      choice(settings.buyOrder, [
        ['scarcest', t('settings.scarcest')],
        ['dearest', t('settings.dearest')],
      ]),
    ),
    area('excludedGiftIds', settings.excludedGiftIds),
    input('forcedTarget', settings.forcedTarget, { placeholder: '@my_gifts', spellcheck: 'false' }),
    checkbox('forcedOnlyOnNoMatch', t('settings.forcedOnlyOnNoMatch'), settings.forcedOnlyOnNoMatch),
  );

const area = (name, values) =>
  field(
    name,
    t(`settings.${name}`),
    h('textarea', { rows: 2, spellcheck: 'false', value: values.join('\n') }),
    t('settings.oneALine'),
  );

function telling(settings) {
  const { botUsername, zone } = settings;
  const zones = [...new Set(['UTC', zone, ...Intl.supportedValuesOf('timeZone')])].map((name) => [name, name]);
  return section(
    'settings.telling',
    field(
      'botToken',
      t('settings.botToken'),
      h('input', { type: 'password', autocomplete: 'off', spellcheck: 'false' }),
      botUsername === null ? t('settings.noBot') : t('settings.bot', { name: botUsername }),
    ),
    botUsername !== null && checkbox('removeBot', t('settings.removeBot'), false),
    area('notifyChats', settings.notifyChats),
    checkbox('notifyDms', t('settings.notifyDms'), settings.notifyDms),
    h(
      'div',
      { class: 'fields' },
      input('quietFrom', settings.quietFrom, { type: 'time' }),
      input('quietTo', settings.quietTo, { type: 'time' }),
      field(
        'language',
        t('settings.language'),
        choice(settings.language, [
          ['ru', 'Русский'],
          ['en', 'English'],
        ]),
      ),
      field('zone', t('settings.zone'), choice(zone, zones)),
    ),
  );
}

const lines = (text) => text.split(/[\s,]+/).filter((part) => part !== '');

/** Only what was changed, so that another window's change is not undone. */
function changes(elements, before) {
  const { botToken, removeBot } = elements;
  const all = {
    ...Object.fromEntries(STARS.map((name) => [name, numberOrNull(elements[name].value)])),
    ...Object.fromEntries(LISTS.map((name) => [name, lines(elements[name].value)])),
    ...Object.fromEntries(TEXTS.map((name) => [name, elements[name].value.trim() || null])),
    ...Object.fromEntries(SWITCHES.map((name) => [name, elements[name].checked])),
    ...Object.fromEntries(CHOICES.map((name) => [name, elements[name].value])),
  };
  const changed = Object.entries(all).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));
  const token = removeBot?.checked
    ? { botToken: null }
    : botToken.value === ''
      ? {}
      : { botToken: botToken.value.trim() };
  return { ...Object.fromEntries(changed), ...token };
}
