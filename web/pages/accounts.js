import { get, send, stages } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { dateTime, t, word } from '../lib/language.js';
import { ask } from '../parts/dialog.js';
import { emptyNote, problemNote } from '../parts/note.js';
import { stageList } from '../parts/stage-list.js';
import { badge, stars } from '../parts/stars.js';
import { termsStep } from '../parts/account-login.js';

const STAGES = ['connect', 'profile', 'stars', 'premium', 'save', 'done'];

/** The user's Telegram accounts. */
export async function accountsPage(_parameters, signal) {
  const read = async () => (await get('/accounts', {}, signal)).items;
  const place = h('div', {});
  const list = h('ul', { class: 'sources' });
  const empty = emptyNote(t('accounts.none'), t('accounts.noneHint'));
  const add = h('button', { type: 'button', class: 'primary', onclick: () => open(null) }, t('accounts.add'));
  const draw = (accounts) => {
    list.replaceChildren(...accounts.map((account) => accountRow(account, { reload, signIn: open, signal })));
    list.hidden = accounts.length === 0;
    empty.hidden = accounts.length > 0;
  };
  const reload = async () => draw(await read());
  const close = async (isSignedIn) => {
    place.replaceChildren();
    add.hidden = false;
    add.focus();
    if (!isSignedIn) return;
    announce(t('accounts.added'));
    await reload();
  };
  const open = (account) => {
    add.hidden = true;
    place.replaceChildren(termsStep(account, { close, signal }));
    place.querySelector('input').focus();
  };
  draw(await read());
  return [h('div', { class: 'line spread' }, h('h1', {}, t('accounts.title')), add), place, empty, list];
}

function accountRow(first, { reload, signIn, signal }) {
  const notes = h('div', { class: 'block' });
  const facts = h('div', { class: 'block' });
  const draw = (account) => facts.replaceChildren(...accountFacts(account));
  const button = (key, onclick, extra = {}) =>
    h('button', { type: 'button', onclick, 'aria-label': `${t(key)}: ${first.name}`, ...extra }, t(key));
  const refresh = async (event) => {
    const pressed = event.currentTarget;
    if (pressed.getAttribute('aria-disabled') === 'true') return;
    pressed.setAttribute('aria-disabled', 'true');
    const shown = stageList(t('accounts.refreshing', { name: first.name }), STAGES, 'accounts.stage');
    notes.replaceChildren(shown.view);
    try {
      await stages(
        `/accounts/${first.id}/refresh`,
        ({ stage, error, account }) => {
          if (stage) shown.reach(stage);
          if (error) shown.fail(error);
          if (account) draw(account);
        },
        signal,
      );
    } catch (err) {
      notes.replaceChildren(problemNote(err));
    }
    pressed.removeAttribute('aria-disabled');
  };
  const remove = async () => {
    const { name } = first;
    if (!(await ask(t('accounts.remove'), t('accounts.removeAsk', { name }), t('accounts.remove')))) return;
    try {
      await send('DELETE', `/accounts/${first.id}?entirely=true`);
      await reload();
    } catch (err) {
      notes.replaceChildren(problemNote(err));
    }
  };
  draw(first);
  return h(
    'li',
    { class: 'card source' },
    facts,
    h(
      'div',
      { class: 'line' },
      first.isSignedIn && button('accounts.refresh', refresh),
      !first.isSignedIn && button('accounts.again', () => signIn(first), { class: 'primary' }),
      button('accounts.remove', remove),
    ),
    notes,
  );
}

function accountFacts(account) {
  const { name, username, phoneLast4, state, stateUntil, stateReason, isPremium, premiumUntil } = account;
  const { stars: balance, lastCheckedAt, isSignedIn } = account;
  const known = [
    username && `@${username}`,
    phoneLast4 && t('accounts.phoneEnds', { digits: phoneLast4 }),
    lastCheckedAt === null ? t('accounts.never') : t('accounts.checked', { date: dateTime(lastCheckedAt) }),
  ];
  const trouble = word('accounts.trouble', state);
  return [
    h(
      'h2',
      {},
      name,
      ' ',
      badge(state, word('accounts.state', state)),
      ' ',
      isPremium && badge('premium', t('accounts.premium')),
    ),
    h(
      'p',
      { class: 'price' },
      balance === null ? h('span', { class: 'quiet' }, t('accounts.noStars')) : stars(balance),
    ),
    h('p', { class: 'quiet' }, known.filter(Boolean).join(' · ')),
    isPremium &&
      premiumUntil &&
      h('p', { class: 'quiet' }, t('accounts.premiumUntil', { date: dateTime(premiumUntil) })),
    stateUntil && h('p', {}, t('accounts.until', { date: dateTime(stateUntil) })),
    (trouble !== state || !isSignedIn) &&
      h(
        'p',
        { class: 'note bad' },
        trouble === state ? t('accounts.signedOut') : trouble,
        stateReason && h('code', {}, stateReason),
      ),
  ].filter(Boolean);
}
