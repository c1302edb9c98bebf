import { get, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { dateTime, number, t, word } from '../lib/language.js';
import { ask } from '../parts/dialog.js';
import { attemptForm, field, formButtons, numberOrNull } from '../parts/form.js';
import { emptyNote, problemNote } from '../parts/note.js';
import { badge } from '../parts/stars.js';

const BOUNDS = ['priceMin', 'priceMax', 'supplyMin', 'supplyMax'];

/** Channels that gifts are bought for, and which gifts. */
export async function channelsPage(_parameters, signal) {
  const read = async () => {
    const [channels, accounts] = await Promise.all([get('/channels', {}, signal), get('/accounts', {}, signal)]);
    return { channels: channels.items, accounts: accounts.items };
  };
  const place = h('div', {});
  const list = h('ul', { class: 'sources' });
  const empty = emptyNote(t('channels.none'), t('channels.noneHint'));
  const add = h('button', { type: 'button', class: 'primary', onclick: () => edit(null) }, t('channels.add'));
  const draw = ({ channels, accounts }) => {
    const names = new Map(accounts.map(({ id, name }) => [id, name]));
    list.replaceChildren(...channels.map((channel) => channelRow(channel, { names, edit, reload })));
    list.hidden = channels.length === 0;
    empty.hidden = channels.length > 0;
  };
  const reload = async () => draw(await read());
  const close = async (saved) => {
    place.replaceChildren();
    add.hidden = false;
    add.focus();
    if (!saved) return;
    announce(t('form.saved'));
    await reload();
  };
  const edit = (channel) => {
    add.hidden = true;
    place.replaceChildren(channelForm(channel, close));
    place.querySelector('input').focus();
  };
  draw(await read());
  return [
    h('div', { class: 'line spread' }, h('h1', {}, t('channels.title')), add),
    h('p', { class: 'quiet' }, t('channels.what')),
    place,
    empty,
    list,
  ];
}

function channelForm(channel, close) {
  const notes = h('div', {});
  const bound = (name) =>
    field(
      name,
      t(`channels.${name}`),
      h('input', { inputmode: 'numeric', autocomplete: 'off', value: String(channel?.[name] ?? '') }),
    );
  const target = h('input', { autocomplete: 'off', spellcheck: 'false', placeholder: '@my_gifts' });
  const form = h(
    'form',
    { class: 'card form', novalidate: true },
    h('h2', {}, channel === null ? t('channels.add') : t('channels.editTitle', { title: channel.title })),
    channel === null && field('target', t('channels.target'), target, t('channels.targetHint')),
    h('p', { class: 'quiet' }, t('channels.rangesHint')),
    h('div', { class: 'fields' }, BOUNDS.map(bound)),
    notes,
    formButtons(t(channel === null ? 'channels.addNow' : 'form.save'), () => close(false)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attemptForm(form, notes, async () => {
      const ranges = Object.fromEntries(BOUNDS.map((name) => [name, numberOrNull(form.elements[name].value)]));
      if (channel === null) {
        notes.replaceChildren(h('p', { role: 'status' }, t('channels.asking')));
        await send('POST', '/channels', { target: target.value.trim(), ...ranges });
      } else await send('PATCH', `/channels/${channel.id}`, ranges);
      await close(true);
    });
  });
  return form;
}

function channelRow(channel, { names, edit, reload }) {
  const { id, title, username, channelId, access } = channel;
  const notes = h('div', {});
  const act = (action) => async () => {
    notes.replaceChildren();
    try {
      await action();
    } catch (err) {
      notes.replaceChildren(problemNote(err));
    }
  };
  const check = act(async () => {
    notes.replaceChildren(h('p', { role: 'status' }, t('channels.asking')));
    await send('POST', `/channels/${id}/check`);
    await reload();
  });
  const remove = act(async () => {
    if (!(await ask(t('channels.remove'), t('channels.removeAsk', { title }), t('channels.remove')))) return;
    await send('DELETE', `/channels/${id}`);
    await reload();
  });
  const button = (key, onclick) =>
    h('button', { type: 'button', onclick, 'aria-label': `${t(key)}: ${title}` }, t(key));
  return h(
    'li',
    { class: 'card source' },
    h('h2', {}, title, ' ', h('span', { class: 'quiet' }, username === null ? channelId : `@${username}`)),
    h(
      'dl',
      { class: 'pairs' },
      pair(t('channels.price'), range(channel.priceMin, channel.priceMax)),
      pair(t('channels.supply'), range(channel.supplyMin, channel.supplyMax)),
    ),
    accessView(access, names),
    h(
      'div',
      { class: 'line' },
      button('channels.check', check),
      button('channels.edit', () => edit(channel)),
      button('channels.remove', remove),
    ),
    notes,
  );
}

export const pair = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

function range(from, to) {
  if (from === null && to === null) return t('channels.any');
  if (from === null) return t('channels.upTo', { to: number(to) });
  return to === null ? t('channels.from', { from: number(from) }) : `${number(from)} – ${number(to)}`;
}

/** What each account may do there. */
function accessView(access, names) {
  if (access.length === 0) return h('p', { class: 'quiet' }, t('channels.unchecked'));
  const row = ({ accountId, isReachable, takesGifts, error }) => {
    const able = isReachable && takesGifts;
    const why = error !== null ? word('telegram', error) : t(isReachable ? 'channels.noGifts' : 'channels.unreachable');
    return h(
      'li',
      {},
      names.get(accountId) ?? accountId,
      ' ',
      badge(able ? 'ok' : 'failed', t(able ? 'channels.able' : 'channels.unable')),
      !able && h('span', { class: 'quiet' }, ` ${why}`),
    );
  };
  const checkedAt = access.map((entry) => entry.checkedAt).toSorted()[0];
  return h(
    'div',
    {},
    h('ul', { class: 'plain' }, access.map(row)),
    h('p', { class: 'quiet' }, t('channels.checked', { date: dateTime(checkedAt) })),
  );
}
