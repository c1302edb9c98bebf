import type { Act, Person } from '../messenger/conversation.ts';
import { messageOf, botUser } from './message-object.ts';
import type { Sandbox } from './sandbox.ts';
import type { ChatMessage, NewMessage } from './state.ts';
import { pushUpdate } from './updates.ts';

interface Doing {
  readonly sandbox: Sandbox;
  readonly bot: string;
  readonly person: Person;
}

/** Does it, and tells the bot. @throws Error when a person could not do that */
export function actAs(doing: Doing, act: Act): void {
  switch (act.kind) {
    case 'block':
    case 'unblock':
      setBlocked(doing, act.kind === 'block');
      return;
    case 'start':
      setBlocked(doing, false);
      write(doing, { kind: 'text', ...said(['/start', act.payload ?? ''].join(' ').trim()) });
      return;
    case 'press':
      press(doing, act);
      return;
    case 'say':
    case 'location':
    case 'photo':
    case 'document':
      mindBlock(doing);
      write(doing, contentOf(doing.sandbox, act));
  }
}

function mindBlock({ sandbox, bot, person }: Doing): void {
  if (sandbox.settings.now.blocked.includes(`${bot} ${person.id}`))
    throw new Error('the bot is blocked: unblock it first');
}

const said = (text: string) => ({ text, source: text });

type Written = Exclude<Act, { readonly kind: 'start' | 'press' | 'block' | 'unblock' }>;

function contentOf({ store }: Sandbox, act: Written): Omit<NewMessage, 'bot' | 'chatId' | 'from'> {
  switch (act.kind) {
    case 'say':
      return { kind: 'text', ...said(act.text) };
    case 'location':
      return { kind: 'location', location: { latitude: act.latitude, longitude: act.longitude } };
    case 'photo':
    case 'document': {
      const bytes = Buffer.from(act.data, 'base64');
      const name = act.kind === 'photo' ? 'photo.jpg' : act.name;
      return { kind: act.kind, file: { hash: store.keepFile(bytes), name, bytes: bytes.length } };
    }
  }
}

const userOf = ({ id, name, language }: Person) => ({
  ...{ id, is_bot: false, first_name: name },
  ...(language !== null && { language_code: language }),
});

function write({ sandbox, bot, person }: Doing, content: Omit<NewMessage, 'bot' | 'chatId' | 'from'>): void {
  const chatId = String(person.id);
  const message = sandbox.store.add({ ...content, bot, chatId, from: 'person' });
  const object = messageOf(message, userOf(person), person.name);
  pushUpdate(sandbox, { bot, chat: chatId }, { message: object });
}

function press({ sandbox, bot, person }: Doing, { button, messageId }: Extract<Act, { readonly kind: 'press' }>): void {
  const chatId = String(person.id);
  const candidates = sandbox.store
    .chat(bot, chatId)
    .filter((message) => messageId === undefined || String(message.messageId) === messageId);
  for (const message of candidates.toReversed()) {
    const data = dataOf(message, button);
    if (data === null) continue;
    const id = sandbox.callbacks.press({ bot, chatId });
    const query = {
      ...{ id, from: userOf(person), chat_instance: `${bot}${chatId}`, data },
      message: messageOf(message, botUser(bot), person.name),
    };
    pushUpdate(sandbox, { bot, chat: chatId }, { callback_query: query });
    return;
  }
  throw new Error(`no message has a button «${button}»`);
}

function dataOf({ markup }: ChatMessage, button: string): string | null {
  if (markup === null || !('inline_keyboard' in markup)) return null;
  const found = markup.inline_keyboard.flat().find(({ text, callback_data: data }) => {
    return data !== undefined && (data === button || text === button);
  });
  return found?.callback_data ?? null;
}

function setBlocked({ sandbox, bot, person }: Doing, isBlocked: boolean): void {
  const { settings } = sandbox;
  const key = `${bot} ${person.id}`;
  const others = settings.now.blocked.filter((other) => other !== key);
  if (settings.now.blocked.includes(key) === isBlocked) return;
  settings.change({ blocked: isBlocked ? [...others, key] : others });
  const member = (status: 'member' | 'kicked') => ({
    ...{ user: botUser(bot), status },
    ...(status === 'kicked' && { until_date: 0 }),
  });
  const [before, after] = isBlocked ? (['member', 'kicked'] as const) : (['kicked', 'member'] as const);
  const change = {
    chat: { id: person.id, type: 'private', first_name: person.name },
    ...{ from: userOf(person), date: Math.floor(Date.now() / 1000) },
    ...{ old_chat_member: member(before), new_chat_member: member(after) },
  };
  pushUpdate(sandbox, { bot, chat: String(person.id) }, { my_chat_member: change });
}
