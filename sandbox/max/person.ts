import { randomUUID } from 'node:crypto';
import type { Act, Person } from '../messenger/conversation.ts';
import { messageOf, userOf } from './message-object.ts';
import type { MaxSandbox } from './sandbox.ts';
import { personKey } from './settings.ts';
import { chatIdOf, type Attachment, type MaxMessage } from './state.ts';
import { pushUpdate } from './updates.ts';

interface Doing {
  readonly sandbox: MaxSandbox;
  readonly bot: string;
  readonly person: Person;
}

/** Does it, and tells the bot. @throws Error when a person could not do that */
export function actAs(doing: Doing, act: Act): void {
  switch (act.kind) {
    case 'start':
      meet(doing.sandbox, doing.bot, [doing.person]);
      tell(doing, 'bot_started', { payload: act.payload ?? null });
      return;
    case 'block':
    case 'unblock':
      setBlocked(doing, act.kind === 'block');
      return;
    case 'press':
      press(doing, act);
      return;
    case 'say':
    case 'location':
    case 'photo':
    case 'document':
      write(doing, act);
  }
}

/** These have started the bot, and it may write to them. */
export function meet({ settings }: MaxSandbox, bot: string, people: readonly Person[]): void {
  const met = people.map((person) => [personKey(bot, person.id), { person, blocked: false }] as const);
  settings.change({ people: { ...settings.now.people, ...Object.fromEntries(met) } });
}

function tell({ sandbox, bot, person }: Doing, type: string, more: object): void {
  const at = sandbox.clock();
  const about = { chat_id: chatIdOf(person.id), user: userOf(person, at), user_locale: person.language };
  pushUpdate(sandbox, { bot, chat: String(person.id) }, { update_type: type, timestamp: at, ...about, ...more });
}

function setBlocked(doing: Doing, isBlocked: boolean): void {
  const { sandbox, bot, person } = doing;
  const { people } = sandbox.settings.now;
  const known = people[personKey(bot, person.id)];
  if (known === undefined) throw new Error('the bot was never started');
  if (known.blocked === isBlocked) return;
  sandbox.settings.change({ people: { ...people, [personKey(bot, person.id)]: { person, blocked: isBlocked } } });
  tell(doing, isBlocked ? 'bot_stopped' : 'bot_started', {});
}

/** The first word opens the dialog, as the start button does. */
function mindDialog(doing: Doing): void {
  const { sandbox, bot, person } = doing;
  const known = sandbox.settings.now.people[personKey(bot, person.id)];
  if (known?.blocked === true) throw new Error('the bot is blocked: unblock it first');
  if (known === undefined) actAs(doing, { kind: 'start' });
}

type Written = Exclude<Act, { readonly kind: 'start' | 'press' | 'block' | 'unblock' }>;

function write(doing: Doing, act: Written): void {
  mindDialog(doing);
  const { sandbox, bot, person } = doing;
  const text = act.kind === 'say' ? act.text : '';
  const at = sandbox.clock();
  const message = {
    bot,
    person: person.id,
    from: 'person',
    text,
    source: text,
    html: false,
    notify: true,
    at,
  } as const;
  const stored = sandbox.store.add({ ...message, attachments: attached(sandbox, act) });
  const update = { update_type: 'message_created', timestamp: at, message: messageOf(sandbox, stored) };
  pushUpdate(sandbox, { bot, chat: String(person.id) }, { ...update, user_locale: person.language });
}

function attached({ files }: MaxSandbox, act: Written): Attachment[] {
  switch (act.kind) {
    case 'say':
      return [];
    case 'location':
      return [{ type: 'location', latitude: act.latitude, longitude: act.longitude }];
    case 'photo':
    case 'document': {
      const bytes = Buffer.from(act.data, 'base64');
      const name = act.kind === 'photo' ? 'photo.jpg' : act.name;
      const file = { hash: files.keep(bytes), name, bytes: bytes.length };
      return [{ type: act.kind === 'photo' ? 'image' : 'file', file }];
    }
  }
}

function press(doing: Doing, { button, messageId }: Extract<Act, { readonly kind: 'press' }>): void {
  const { sandbox, bot, person } = doing;
  const candidates = sandbox.store
    .dialog(bot, person.id)
    .filter(({ mid }) => messageId === undefined || mid === messageId);
  for (const message of candidates.toReversed()) {
    const payload = payloadOf(message, button);
    if (payload === null) continue;
    const id = randomUUID();
    const at = sandbox.clock();
    sandbox.presses.set(id, { bot, person: person.id, mid: message.mid });
    const callback = { timestamp: at, callback_id: id, payload, user: userOf(person, at) };
    const update = { update_type: 'message_callback', timestamp: at, callback, message: messageOf(sandbox, message) };
    pushUpdate(sandbox, { bot, chat: String(person.id) }, { ...update, user_locale: person.language });
    return;
  }
  throw new Error(`no message has a button «${button}»`);
}

function payloadOf({ attachments }: MaxMessage, button: string): string | null {
  const buttons = attachments.flatMap((one) => (one.type === 'inline_keyboard' ? one.buttons.flat() : []));
  for (const one of buttons) {
    if (one.type === 'callback' && (one.payload === button || one.text === button)) return one.payload;
  }
  return null;
}
