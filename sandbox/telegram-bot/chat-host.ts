import { filePath, type ChatHost } from '../messenger/chat-control.ts';
import type { Entry, ShownButton } from '../messenger/conversation.ts';
import { menuOf } from './commands.ts';
import type { Markup } from './keyboards.ts';
import { actAs } from './person.ts';
import type { Sandbox } from './sandbox.ts';
import type { ChatMessage } from './state.ts';

/** The chats as people see them. */
export const createChatHost = (sandbox: Sandbox): ChatHost => ({
  changes: sandbox.changes,
  bots: () =>
    [...new Set([...sandbox.seen, ...Object.keys(sandbox.settings.now.webhooks)])].map((id) => ({
      ...{ id, name: `sandbox_${id}_bot` },
      listens: sandbox.polls.has(id) || sandbox.settings.now.webhooks[id] !== undefined,
    })),
  conversation(bot, person, language) {
    const messages = sandbox.store.chat(bot, String(person));
    return {
      bot,
      entries: messages.map(entryOf),
      commands: menuOf(sandbox, bot, { id: person, language: language ?? '' }).map(({ command, description }) => ({
        name: command,
        description,
      })),
      replyKeyboard: replyKeyboardOf(messages),
      blocked: sandbox.settings.now.blocked.includes(`${bot} ${person}`),
      toasts: [...sandbox.callbacks.toasts(bot, String(person))],
    };
  },
  act: (bot, person, act) => actAs({ sandbox, bot, person }, act),
  file: (hash) => sandbox.store.read(hash),
});

const KINDS = {
  text: 'text',
  sticker: 'sticker',
  photo: 'picture',
  document: 'file',
  location: 'location',
} as const;

function entryOf(message: ChatMessage): Entry {
  const { messageId, from, kind, text, source, html, file, location, silent, at, edits, markup } = message;
  return {
    ...{ id: String(messageId), from, kind: KINDS[kind], text, location, silent, at, edits: edits.length },
    html: html ? source : null,
    file: file === null ? null : { name: file.name, bytes: file.bytes, path: filePath(file.hash, file.name) },
    keyboard: markup !== null && 'inline_keyboard' in markup ? markup.inline_keyboard.map((row) => row.map(shown)) : [],
  };
}

type Inline = Extract<Markup, { readonly inline_keyboard: unknown }>['inline_keyboard'][number][number];

function shown({ text, callback_data: data, url }: Inline): ShownButton {
  if (data !== undefined) return { text, kind: 'press', data };
  return url === undefined ? { text, kind: 'other', data: null } : { text, kind: 'link', data: url };
}

/** The last message that speaks of the keyboard below the chat decides; one for one time goes with the next word of the person. */
function replyKeyboardOf(messages: readonly ChatMessage[]): ShownButton[][] | null {
  const isShown = ({ markup }: ChatMessage): boolean =>
    markup !== null && ('keyboard' in markup || 'remove_keyboard' in markup);
  const place = messages.findLastIndex(isShown);
  const markup = messages[place]?.markup;
  if (markup === null || markup === undefined || !('keyboard' in markup)) return null;
  const isUsed = messages.slice(place).some(({ from }) => from === 'person');
  return markup.one_time_keyboard === true && isUsed ? null : markup.keyboard.map((row) => row.map(replyButton));
}

type Reply = Extract<Markup, { readonly keyboard: unknown }>['keyboard'][number][number];

function replyButton(button: Reply): ShownButton {
  if (typeof button === 'string') return { text: button, kind: 'text', data: null };
  const { text, request_location: location, request_contact: contact } = button;
  const kind = contact === true ? 'contact' : 'text';
  return { text, kind: location === true ? 'location' : kind, data: null };
}
