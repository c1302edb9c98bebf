import { get, send } from '../lib/api.js';
import { h } from '../lib/dom.js';
import { number, t } from '../lib/language.js';
import { openDialog } from './dialog.js';
import { attemptForm, choice, field } from './form.js';
import { giftName } from './gift-name.js';
import { problemNote } from './note.js';
import { stars } from './stars.js';

const OTHER = '';

/** Asks who pays and who receives, says what it costs, and buys once however often it is pressed. */
export async function openBuyDialog(gift) {
  const body = h('div', { class: 'block' }, h('p', { class: 'loading' }, t('loading')));
  const dialog = openDialog(t('buy.title', { title: giftName(gift) }), () => [body]);
  try {
    const [accounts, channels] = await Promise.all([get('/accounts'), get('/channels')]);
    const able = accounts.items.filter(({ isSignedIn, state }) => isSignedIn && (state === 'ok' || state === 'new'));
    body.replaceChildren(
      able.length > 0
        ? buyForm(gift, { accounts: able, channels: channels.items, close: () => dialog.close() })
        : noAccount(() => dialog.close()),
    );
    body.querySelector('select, a')?.focus();
  } catch (err) {
    body.replaceChildren(problemNote(err));
  }
}

const noAccount = (close) =>
  h('p', {}, t('buy.noAccount'), ' ', h('a', { href: '#/accounts', onclick: close }, t('nav.accounts')));

function buyForm(gift, { accounts, channels, close }) {
  const notes = h('div', {});
  const summary = h('p', { 'aria-live': 'polite' });
  const other = h('input', { autocomplete: 'off', spellcheck: 'false', placeholder: '@name' });
  const account = choice(
    richest(accounts).id,
    accounts.map((one) => [one.id, accountText(one)]),
  );
  const receiver = choice(channels[0]?.channelId ?? OTHER, [
    ...channels.map(({ channelId, title }) => [channelId, title]),
    [OTHER, t('buy.other')],
  ]);
  const otherField = field('other', t('buy.otherName'), other, t('buy.otherHint'));
  // One purchase has one key: pressed twice, or again after a lost answer, it is still one.
  let key = crypto.randomUUID();
  const form = h(
    'form',
    { class: 'form', novalidate: true },
    h('p', { class: 'price' }, stars(gift.priceStars)),
    field('accountId', t('buy.account'), account),
    field('target', t('buy.receiver'), receiver),
    otherField,
    summary,
    notes,
    h(
      'div',
      { class: 'line' },
      h('button', { class: 'primary' }, t('buy.confirm', { stars: number(gift.priceStars) })),
      h('button', { type: 'button', onclick: close }, t('form.cancel')),
    ),
  );
  const show = () => {
    otherField.hidden = receiver.value !== OTHER;
    const payer = accounts.find(({ id }) => id === account.value);
    const channel = channels.find(({ channelId }) => channelId === receiver.value);
    summary.textContent = [summaryOf(gift, payer), accessOf(channel, payer)].filter(Boolean).join(' ');
  };
  form.addEventListener('input', () => {
    key = crypto.randomUUID();
    show();
  });
  show();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const target = receiver.value === OTHER ? other.value.trim() : receiver.value;
    const order = { accountId: account.value, target, maxStars: gift.priceStars };
    void attemptForm(
      form,
      notes,
      async () => {
        const bought = await send('POST', `/star-gifts/${gift.id}/purchases`, order, key);
        close();
        location.hash = `/drops/${bought.id}`;
      },
      (path) => (path === 'target' && receiver.value === OTHER ? 'other' : path),
    );
  });
  return form;
}

const richest = (accounts) => accounts.toSorted((a, b) => (b.stars ?? 0) - (a.stars ?? 0))[0];

const accountText = ({ name, stars: balance, isPremium }) =>
  [name, balance === null ? null : t('buy.has', { count: number(balance) }), isPremium && t('accounts.premium')]
    .filter(Boolean)
    .join(' · ');

function summaryOf({ priceStars, requiresPremium }, { name, stars: balance, isPremium }) {
  if (requiresPremium && !isPremium) return t('buy.needsPremium', { name });
  if (balance === null) return t('buy.spends', { price: number(priceStars), name });
  if (balance < priceStars) return t('buy.tooFew', { name, missing: number(priceStars - balance) });
  return t('buy.leaves', { price: number(priceStars), name, rest: number(balance - priceStars) });
}

/** Known from the last check of the channel; the purchase itself asks again. */
function accessOf(channel, { id, name }) {
  const access = channel?.access.find(({ accountId }) => accountId === id);
  return access && !(access.isReachable && access.takesGifts)
    ? t('buy.noAccess', { name, title: channel.title })
    : null;
}
