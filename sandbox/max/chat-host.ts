import { filePath, type ChatHost } from '../messenger/chat-control.ts';
import type { Entry, ShownButton } from '../messenger/conversation.ts';
import type { MaxButton } from './attachments.ts';
import { actAs } from './person.ts';
import type { MaxSandbox } from './sandbox.ts';
import { personKey } from './settings.ts';
import type { MaxMessage } from './state.ts';

/** The dialogs as people see them. */
export const createChatHost = (sandbox: MaxSandbox): ChatHost => ({
  changes: sandbox.changes,
  bots() {
    const subscribed = sandbox.settings.now.subscriptions.map(({ bot }) => bot);
    return [...new Set([...sandbox.seen, ...subscribed])].map((id) => ({
      ...{ id, name: `sandbox_${id}_bot` },
      listens: sandbox.polling.has(id) || subscribed.includes(id),
    }));
  },
  conversation: (bot, person) => ({
    bot,
    entries: sandbox.store.dialog(bot, person).map(entryOf),
    commands: (sandbox.settings.now.commands[bot] ?? []).map(({ name, description }) => ({
      name,
      description: description ?? '',
    })),
    replyKeyboard: null,
    blocked: sandbox.settings.now.people[personKey(bot, person)]?.blocked ?? false,
    toasts: (sandbox.toasts.get(personKey(bot, person)) ?? []).map((toast) => ({ ...toast, alert: false })),
  }),
  act: (bot, person, act) => actAs({ sandbox, bot, person }, act),
  file: (hash) => sandbox.files.read(hash),
});

function entryOf({ mid, from, text, source, html, attachments, notify, at, edits }: MaxMessage): Entry {
  const file = attachments.find((one) => one.type === 'image' || one.type === 'file');
  const location = attachments.find((one) => one.type === 'location');
  const keyboard = attachments.find((one) => one.type === 'inline_keyboard');
  const fileKind = file?.type === 'image' ? 'picture' : 'file';
  return {
    ...{ id: mid, from, text, html: html ? source : null, silent: !notify, at, edits: edits.length },
    kind: location !== undefined ? 'location' : file === undefined ? 'text' : fileKind,
    location: location === undefined ? null : { latitude: location.latitude, longitude: location.longitude },
    file:
      file === undefined
        ? null
        : { name: file.file.name, bytes: file.file.bytes, path: filePath(file.file.hash, file.file.name) },
    keyboard: (keyboard?.buttons ?? []).map((row) => row.map(shown)),
  };
}

function shown(button: MaxButton): ShownButton {
  const { text } = button;
  switch (button.type) {
    case 'callback':
      return { text, kind: 'press', data: button.payload };
    case 'link':
      return { text, kind: 'link', data: button.url };
    case 'request_geo_location':
      return { text, kind: 'location', data: null };
    case 'request_contact':
      return { text, kind: 'contact', data: null };
    case 'message':
      return { text, kind: 'text', data: null };
    case 'clipboard':
    case 'open_app':
      return { text, kind: 'other', data: null };
  }
}
