import { z } from 'zod';
import type { Changes } from '../messenger/changes.ts';
import { openLines } from '../messenger/lines.ts';
import type { MaxButton } from './attachments.ts';

/** A dialog's chat id is not its person's id: who mixes them up is told so. */
const DIALOGS = 7_000_000_000;
export const chatIdOf = (person: number): number => DIALOGS + person;
export const personOf = (chatId: number): number => chatId - DIALOGS;

const KeptFile = z.object({ hash: z.string(), name: z.string(), bytes: z.int() });
export type KeptFile = z.output<typeof KeptFile>;
const Button = z.custom<MaxButton>((button) => typeof button === 'object');
const Attachment = z.discriminatedUnion('type', [
  z.object({ type: z.literal('image'), file: KeptFile }),
  z.object({ type: z.literal('file'), file: KeptFile }),
  z.object({ type: z.literal('inline_keyboard'), buttons: z.array(z.array(Button)) }),
  z.object({ type: z.literal('location'), latitude: z.number(), longitude: z.number() }),
]);
export type Attachment = z.output<typeof Attachment>;

const Stored = z.object({
  bot: z.string(),
  /** Whose dialog it is. */
  person: z.int(),
  mid: z.string(),
  seq: z.int(),
  from: z.enum(['bot', 'person']),
  /** Without tags. */
  text: z.string(),
  /** As it was sent. */
  source: z.string(),
  html: z.boolean(),
  attachments: z.array(Attachment),
  notify: z.boolean(),
  at: z.number(),
  /** What it said before, oldest first. */
  edits: z.array(z.object({ text: z.string(), at: z.number() })),
  deleted: z.boolean(),
});
/** A message as the dialog shows it now. */
export type MaxMessage = z.output<typeof Stored>;
export type NewMaxMessage = Omit<MaxMessage, 'mid' | 'seq' | 'edits' | 'deleted'>;

export interface MaxStore {
  add(message: NewMaxMessage): MaxMessage;
  find(bot: string, mid: string): MaxMessage | null;
  put(message: MaxMessage): void;
  /** What bots wrote, to this person. */
  list(person: number | null): readonly MaxMessage[];
  /** All that stands in a dialog, of both sides. */
  dialog(bot: string, person: number): readonly MaxMessage[];
}

export function createMaxStore(folder: string | null, changes: Changes): MaxStore {
  const messages = new Map<string, MaxMessage>();
  const dialogs = new Map<string, Map<string, MaxMessage>>();
  const lines = openLines(folder, 'messages.jsonl');
  let lastSeq = 0;
  const hold = (message: MaxMessage): void => {
    const dialog = `${message.bot} ${message.person}`;
    messages.set(message.mid, message);
    dialogs.set(dialog, (dialogs.get(dialog) ?? new Map<string, MaxMessage>()).set(message.mid, message));
    lastSeq = Math.max(lastSeq, message.seq);
  };
  for (const line of lines.read()) hold(Stored.parse(line));
  const put = (message: MaxMessage): void => {
    hold(message);
    lines.append(message);
    changes.touch();
  };
  return {
    put,
    add(input) {
      const seq = lastSeq + 1;
      const mid = `mid.${hex(chatIdOf(input.person))}${hex(seq)}`;
      const message = { ...input, mid, seq, edits: [], deleted: false };
      put(message);
      return message;
    },
    find(bot, mid) {
      const message = messages.get(mid);
      return message?.bot !== bot || message.deleted ? null : message;
    },
    list: (person) =>
      [...messages.values()].filter(
        (message) => message.from === 'bot' && (person === null || message.person === person),
      ),
    dialog: (bot, person) => [...(dialogs.get(`${bot} ${person}`)?.values() ?? [])].filter(({ deleted }) => !deleted),
  };
}

const hex = (value: number): string => value.toString(16).padStart(16, '0');
