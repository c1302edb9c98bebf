import { z } from 'zod';

/** Who one is while one acts; ids are positive. */
export const Person = z.strictObject({
  id: z.int().min(1),
  name: z.string().min(1).max(64),
  /** As the messenger's app is set. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .nullable()
    .default('ru'),
});
export type Person = z.output<typeof Person>;
export type PersonInput = z.input<typeof Person>;

const Base64 = z.base64();

/** What a person does in the chat with the bot. */
export const Act = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), text: z.string().min(1) }),
  /** Opens the chat by the start button, or by a link that carries a payload. */
  z.strictObject({ kind: z.literal('start'), payload: z.string().optional() }),
  /** `button` is its text or its data; without a message the last one that has such a button. */
  z.strictObject({ kind: z.literal('press'), button: z.string(), messageId: z.string().optional() }),
  z.strictObject({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  z.strictObject({
    kind: z.literal('document'),
    name: z.string().min(1),
    type: z.string().default('application/octet-stream'),
    data: Base64,
  }),
  z.strictObject({ kind: z.literal('photo'), data: Base64 }),
  z.strictObject({ kind: z.literal('block') }),
  z.strictObject({ kind: z.literal('unblock') }),
]);
export type Act = z.output<typeof Act>;
export type ActInput = z.input<typeof Act>;

/** Without a bot it is the only one that listens. */
export const ActRequest = z.strictObject({ bot: z.string().optional(), person: Person, act: Act });

const Button = z.object({
  text: z.string(),
  kind: z.enum(['press', 'link', 'location', 'contact', 'text', 'other']),
  /** Of a press: what the bot gets; of a link: where it leads. */
  data: z.string().nullable(),
});
export type ShownButton = z.output<typeof Button>;
const Keyboard = z.array(z.array(Button));

/** A message as the chat shows it now. */
export const Entry = z.object({
  id: z.string(),
  from: z.enum(['bot', 'person']),
  kind: z.enum(['text', 'picture', 'file', 'sticker', 'location']),
  /** Without tags. */
  text: z.string(),
  /** With the tags that the messenger knows; null = plain text. */
  html: z.string().nullable(),
  /** `path` is below the sandbox's address. */
  file: z.object({ name: z.string(), bytes: z.int(), path: z.string() }).nullable(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  keyboard: Keyboard,
  silent: z.boolean(),
  at: z.number(),
  edits: z.int(),
});
export type Entry = z.output<typeof Entry>;

/** A chat as its person sees it. */
export const Conversation = z.object({
  version: z.int(),
  bot: z.string(),
  entries: z.array(Entry),
  commands: z.array(z.object({ name: z.string(), description: z.string() })),
  /** Instead of the phone's own; null = there is none. */
  replyKeyboard: Keyboard.nullable(),
  blocked: z.boolean(),
  /** What presses were answered with, oldest first. */
  toasts: z.array(z.object({ id: z.string(), text: z.string(), alert: z.boolean(), at: z.number() })),
});
export type Conversation = z.output<typeof Conversation>;

export const Bot = z.object({ id: z.string(), name: z.string(), listens: z.boolean() });
export type Bot = z.output<typeof Bot>;
