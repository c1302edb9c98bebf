import { bubble } from './bubble.js';
import { CITIES } from './cities.js';
import { askFor, tell } from './dialogs.js';
import { element } from './element.js';
import { createApi } from './sandbox-api.js';

const NOBODY = 'the bot does not listen yet';
const RETRY_MS = 2_000;
const TOAST_MS = 4_000;
/** A link to the bot opens this chat instead of the messenger's site. */
const BOT_LINK = /^https:\/\/(?:t\.me|max\.ru)\/[^?]+\?(?:start|startapp)=([\w-]+)$/;
/** So near to the end one wants to go on reading there. */
const NEAR_END_PX = 120;

/** One messenger's chat. `be` changes who is talking. */
export function createChat(messenger, title) {
  const root = document.querySelector('#chat').content.firstElementChild.cloneNode(true);
  const find = (selector) => root.querySelector(selector);
  const api = createApi(messenger);
  const log = find('.log');
  const panel = find('.panel');
  const composer = find('.composer');
  const field = find('textarea');
  let person = null;
  let bot = null;
  let shown = null;
  let following = new AbortController();
  let toastTimer;

  root.id = messenger;
  root.setAttribute('aria-label', title);
  log.setAttribute('aria-label', `Messages in ${title}`);
  find('h2').textContent = title;
  find('.avatar').textContent = title.slice(0, 1);

  const state = (text) => (find('.state').textContent = text);

  async function act(what) {
    closePanel();
    if (bot === null) return showToast(NOBODY);
    try {
      await api.act(bot.id, person, what);
    } catch (err) {
      showToast(err.message);
    }
  }
  const doing = {
    fileUrl: api.fileUrl,
    press: (messageId, button) => act({ kind: 'press', messageId, button }),
    locate: () => openPanel(places(), find('.attach')),
    say: (text) => act({ kind: 'say', text }),
  };

  async function follow(signal) {
    let after = null;
    while (!signal.aborted) {
      try {
        bot ??= await api.bot(signal);
        if (bot === null) throw new Error(NOBODY);
        const chat = await api.chat({ bot: bot.id, person, after, signal });
        if (signal.aborted) return;
        show(chat, after === null);
        after = chat.version;
      } catch (err) {
        if (signal.aborted) return;
        state(`waiting: ${err.message}`);
        bot = null;
        // The sandbox may have been started again, with versions from the beginning.
        after = null;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  function show(chat, isFirst) {
    const isNearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
    state(chat.blocked ? 'blocked by you' : bot.name);
    showEntries(chat.entries);
    showReplyKeyboard(chat.replyKeyboard);
    find('.block').textContent = chat.blocked ? 'Unblock' : 'Block';
    const isNew = chat.entries.length === 0 || chat.blocked;
    find('.start').hidden = !isNew;
    find('.start').textContent = chat.blocked ? 'Unblock and start' : 'Start';
    composer.hidden = isNew;
    find('.commands').hidden = chat.commands.length === 0;
    const known = new Set((shown?.toasts ?? chat.toasts).map(({ id }) => id));
    for (const toast of isFirst ? [] : chat.toasts.filter(({ id }) => !known.has(id))) {
      if (toast.alert) void tell(toast.text);
      else showToast(toast.text);
    }
    shown = chat;
    if (isFirst || isNearEnd) log.scrollTop = log.scrollHeight;
  }

  function showEntries(entries) {
    const old = new Map([...log.children].map((made) => [made.dataset.id, made]));
    const wanted = entries.map((entry) => {
      const sign = JSON.stringify(entry);
      const known = old.get(entry.id);
      if (known?.sign === sign) return known;
      const made = bubble(entry, { ...doing, language: person.language });
      made.sign = sign;
      if (known !== undefined) made.classList.add('changed');
      return made;
    });
    wanted.forEach((made, place) => {
      const there = log.children[place];
      if (there === made) return;
      if (there?.dataset.id === made.dataset.id) there.replaceWith(made);
      else log.insertBefore(made, there ?? null);
    });
    while (log.children.length > wanted.length) log.lastElementChild.remove();
  }

  function showReplyKeyboard(rows) {
    const box = find('.reply-keyboard');
    box.hidden = rows === null;
    box.replaceChildren(
      ...(rows ?? []).map((row) =>
        element(
          'div',
          { class: 'row' },
          ...row.map(({ text, kind }) => {
            const onclick = kind === 'location' ? doing.locate : () => doing.say(text);
            return element('button', { type: 'button', class: 'key', onclick }, text);
          }),
        ),
      ),
    );
  }

  function showToast(text) {
    const toast = find('.toast');
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => (toast.hidden = true), TOAST_MS);
  }

  function openPanel(children, opener) {
    panel.replaceChildren(...children);
    panel.hidden = false;
    for (const button of composer.querySelectorAll('[aria-expanded]'))
      button.setAttribute('aria-expanded', String(button === opener));
    panel.querySelector('button')?.focus();
  }
  function closePanel() {
    panel.hidden = true;
    for (const button of composer.querySelectorAll('[aria-expanded]')) button.setAttribute('aria-expanded', 'false');
  }
  const toggle = (opener, children) => {
    if (opener.getAttribute('aria-expanded') === 'true') closePanel();
    else openPanel(children(), opener);
  };
  const choice = (text, onclick, note = '') =>
    element('button', { type: 'button', class: 'choice', onclick }, element('b', {}, text), element('span', {}, note));

  const commands = () =>
    shown.commands.map(({ name, description }) =>
      choice(`/${name}`, () => act({ kind: 'say', text: `/${name}` }), description),
    );
  const attachments = () => [
    choice('Photo', () => pick('image/png,image/jpeg')),
    choice('File', () => pick('')),
    choice('Location', doing.locate, 'a city instead of a map'),
  ];
  const places = () =>
    CITIES.map(([name, latitude, longitude]) => choice(name, () => act({ kind: 'location', latitude, longitude })));

  function pick(accept) {
    closePanel();
    const input = find('.file');
    input.accept = accept;
    input.click();
  }

  async function send(file, isPhoto) {
    const data = new Uint8Array(await file.arrayBuffer()).toBase64?.() ?? (await asBase64(file));
    const type = file.type === '' ? 'application/octet-stream' : file.type;
    await act(isPhoto ? { kind: 'photo', data } : { kind: 'document', name: file.name, type, data });
  }

  function submit() {
    const text = field.value.trim();
    if (text === '') return;
    if (bot === null) return showToast(NOBODY);
    field.value = '';
    grow();
    void act({ kind: 'say', text });
  }
  function grow() {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  }

  composer.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener('input', grow);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  log.addEventListener('click', (event) => {
    const payload = BOT_LINK.exec(event.target.closest('a')?.href ?? '')?.[1];
    if (payload === undefined) return;
    event.preventDefault();
    void act({ kind: 'start', payload });
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closePanel();
  });
  find('.commands').addEventListener('click', (event) => toggle(event.currentTarget, commands));
  find('.attach').addEventListener('click', (event) => toggle(event.currentTarget, attachments));
  find('.file').addEventListener('change', ({ target }) => {
    const [file] = target.files;
    if (file !== undefined) void send(file, target.accept !== '');
    target.value = '';
  });
  find('.start').addEventListener('click', () => act({ kind: 'start' }));
  find('.block').addEventListener('click', () => act({ kind: shown?.blocked === true ? 'unblock' : 'block' }));
  find('.payload').addEventListener('click', async () => {
    const asked = await askFor('#payload-dialog');
    if (asked !== null) await act({ kind: 'start', payload: asked.payload });
  });

  return {
    root,
    be(who) {
      following.abort();
      following = new AbortController();
      person = who;
      shown = null;
      log.replaceChildren();
      // What can be said is known with the chat.
      composer.hidden = find('.start').hidden = true;
      closePanel();
      void follow(following.signal);
    },
  };
}

async function asBase64(file) {
  const reader = new FileReader();
  const read = new Promise((resolve) => reader.addEventListener('load', resolve, { once: true }));
  reader.readAsDataURL(file);
  await read;
  return reader.result.slice(reader.result.indexOf(',') + 1);
}
