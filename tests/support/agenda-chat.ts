import type { ChatHost } from '../../sandbox/messenger/chat-control.ts';
import {
  Act,
  Conversation,
  Person,
  type ActInput,
  type Entry,
  type PersonInput,
} from '../../sandbox/messenger/conversation.ts';

/** A way into the chat of one person with a bot: in this process, or over the control API. */
interface Door {
  readonly act: (act: Act) => Promise<void>;
  /** The chat as it is once its version is over this one, or after this long, ms. */
  readonly look: (after: number, withinMs: number) => Promise<Conversation>;
}

/** A person who talks to the bot in a sandbox. Every wait ends with a failure that shows the chat. */
export interface ChatActor {
  readonly person: Person;
  say(text: string): Promise<void>;
  start(payload?: string): Promise<void>;
  /** Waits for the button, named by its text or data, and presses it under the last message that has it. */
  press(button: string): Promise<void>;
  /** Any other act: a place, a file, a photo, a block. */
  act(act: ActInput): Promise<void>;
  /** The n-th message of the bot, from 1 over the whole chat, that says this now; waits for it. */
  told(what: string | RegExp, nth?: number): Promise<Entry>;
  /** Waits for this over the pressed button. */
  toast(what: string | RegExp): Promise<string>;
  /** Waits until the chat is so. */
  until(isSo: (chat: Conversation) => boolean, what?: string): Promise<Conversation>;
  chat(): Promise<Conversation>;
}

export interface ActorOptions {
  /** How long a wait may take, ms; default 20,000. */
  readonly withinMs?: number;
}

/** A person in a sandbox of this process: `actor(api, botId, { id: 501, name: 'Анна' })`. */
export function actor(
  { chats }: { readonly chats: ChatHost },
  bot: string,
  options: PersonInput & ActorOptions,
): ChatActor {
  const { withinMs = 20_000, ...person } = options;
  const known = Person.parse(person);
  const door: Door = {
    async act(act) {
      chats.act(bot, known, act);
    },
    async look(after, ms) {
      await chats.changes.after(after, ms);
      const { version } = chats.changes;
      return { version, ...chats.conversation(bot, known.id, known.language) };
    },
  };
  return createActor(door, known, withinMs);
}

/** A person in a sandbox of another process, by its address; the bot is the one that listens there. */
export function actorAt(url: string, options: PersonInput & ActorOptions): ChatActor {
  const { withinMs = 20_000, ...person } = options;
  const known = Person.parse(person);
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(new URL(path, url), init);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return await response.json();
  };
  const door: Door = {
    async act(act) {
      await ask('/control/acts', { person: known, act });
    },
    look: async (after, ms) =>
      Conversation.parse(
        await ask(
          `/control/chat?person=${known.id}&language=${known.language ?? ''}&after=${after}&wait=${Math.ceil(ms)}`,
        ),
      ),
  };
  return createActor(door, known, withinMs);
}

function createActor(door: Door, person: Person, withinMs: number): ChatActor {
  const until: ChatActor['until'] = async (isSo, what = 'what was waited for') => {
    const deadline = performance.now() + withinMs;
    let chat = await door.look(-1, 0);
    while (!isSo(chat)) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error(`${what} did not come to ${person.name}; the chat:\n${transcript(chat)}`);
      chat = await door.look(chat.version, leftMs);
    }
    return chat;
  };
  const act: ChatActor['act'] = async (input) => await door.act(Act.parse(input));
  return {
    ...{ person, act, until },
    say: async (text) => await act({ kind: 'say', text }),
    start: async (payload) => await act({ kind: 'start', ...(payload !== undefined && { payload }) }),
    async press(button) {
      await until(
        ({ entries }) => entries.some(({ keyboard }) => keyboard.flat().some((one) => isButton(one, button))),
        `the button «${button}»`,
      );
      await act({ kind: 'press', button });
    },
    async told(what, nth = 1) {
      const fitting = ({ entries }: Conversation) => entries.filter((entry) => isTold(entry, what));
      const chat = await until((now) => fitting(now).length >= nth, `message ${nth} with ${String(what)}`);
      const entry = fitting(chat)[nth - 1];
      if (entry === undefined) throw new Error('the message is gone again');
      return entry;
    },
    async toast(what) {
      const shown = ({ toasts }: Conversation) => toasts.find(({ text }) => fits(text, what))?.text;
      return shown(await until((chat) => shown(chat) !== undefined, `a toast with ${String(what)}`)) ?? '';
    },
    chat: async () => await door.look(-1, 0),
  };
}

const fits = (text: string, what: string | RegExp): boolean =>
  typeof what === 'string' ? text.includes(what) : what.test(text);
const isTold = ({ from, text }: Entry, what: string | RegExp): boolean => from === 'bot' && fits(text, what);
const isButton = ({ text, data }: Entry['keyboard'][number][number], button: string): boolean =>
  data !== null && (text === button || data === button);

/** The chat in lines, for a failed test. */
function transcript({ entries }: Conversation): string {
  return entries
    .map(({ from, kind, text, keyboard }) => {
      const buttons = keyboard.map((row) => row.map((button) => `[${button.text}]`).join(' ')).join(' / ');
      return `  ${from === 'bot' ? '<' : '>'} ${kind === 'text' ? '' : `(${kind}) `}${text} ${buttons}`.trimEnd();
    })
    .join('\n');
}
