import { z } from 'zod';
import type { ReadUpdate } from '../../db/repositories/inbox.ts';
import type { ChatEvent, ChatPerson } from '../../domain/shared/chat-event.ts';
import { textEvent } from '../text-event.ts';

const Id = z.int().transform(String);
const User = z.looseObject({
  user_id: Id,
  first_name: z.string().optional(),
  last_name: z.string().nullish(),
  name: z.string().nullish(),
  is_bot: z.boolean().optional(),
});
const Attachment = z.looseObject({
  type: z.string(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  filename: z.string().optional(),
  size: z.number().optional(),
  payload: z.looseObject({ url: z.string().nullish() }).nullish(),
});
const Message = z.looseObject({
  sender: User.nullish(),
  recipient: z.looseObject({ chat_id: Id.nullish(), chat_type: z.string() }),
  body: z.looseObject({ mid: z.string(), text: z.string().nullish(), attachments: z.array(Attachment).nullish() }),
});
const common = { timestamp: z.int(), user_locale: z.string().nullish() };
const Update = z.discriminatedUnion('update_type', [
  z.looseObject({ ...common, update_type: z.literal('message_created'), message: Message }),
  z.looseObject({
    ...common,
    update_type: z.literal('message_callback'),
    callback: z.looseObject({ callback_id: z.string(), payload: z.string().optional(), user: User }),
    /** Absent when it was deleted meanwhile. */
    message: Message.nullish(),
  }),
  z.looseObject({
    ...common,
    ...{ update_type: z.literal('bot_started'), chat_id: Id, user: User, payload: z.string().nullish() },
  }),
  z.looseObject({ ...common, update_type: z.literal('bot_stopped'), chat_id: Id, user: User }),
]);
type Update = z.output<typeof Update>;

interface Read {
  readonly key: string;
  readonly event: ChatEvent;
  readonly user: z.output<typeof User>;
  /** null = MAX does not say. */
  readonly chatId: string | null;
}

/** A raw update of MAX in our words; null = nothing that the bot answers: chats of several, channels, edited messages, other bots. */
export function readMaxUpdate(raw: unknown): ReadUpdate | null {
  const parsed = Update.safeParse(raw);
  if (!parsed.success) return null;
  const read = eventIn(parsed.data);
  if (read === null || read.user.is_bot === true) return null;
  return { key: read.key, event: read.event, person: personOf(read, parsed.data.user_locale ?? null) };
}

function eventIn(update: Update): Read | null {
  switch (update.update_type) {
    case 'message_created':
      return messageIn(update.message);
    case 'message_callback':
      return pressIn(update);
    case 'bot_started': {
      const event = { kind: 'command', name: 'start', args: update.payload?.trim() ?? '' } as const;
      return { key: keyOf(update), event, user: update.user, chatId: update.chat_id };
    }
    case 'bot_stopped':
      return { key: keyOf(update), event: { kind: 'blocked' }, user: update.user, chatId: update.chat_id };
  }
}

function pressIn({ callback, message }: Extract<Update, { readonly update_type: 'message_callback' }>): Read | null {
  const { callback_id: callbackId, payload: data, user } = callback;
  if (data === undefined) return null;
  if (!message)
    return { key: callbackId, event: { kind: 'press', data, callbackId, messageId: '' }, user, chatId: null };
  const { recipient, body } = message;
  if (recipient.chat_type !== 'dialog') return null;
  const event = { kind: 'press', data, callbackId, messageId: body.mid } as const;
  return { key: callbackId, event, user, chatId: recipient.chat_id ?? null };
}

/** Of what has no id of its own. */
const keyOf = (update: Extract<Update, { readonly update_type: 'bot_started' | 'bot_stopped' }>): string =>
  `${update.update_type}:${update.user.user_id}:${update.timestamp}`;

function messageIn({ sender, recipient, body }: z.output<typeof Message>): Read | null {
  const chatId = recipient.chat_id ?? null;
  if (!sender || recipient.chat_type !== 'dialog' || chatId === null) return null;
  const event = messageEvent(body);
  return event === null ? null : { key: body.mid, event, user: sender, chatId };
}

function messageEvent({ text, attachments }: z.output<typeof Message>['body']): ChatEvent | null {
  const [first] = attachments ?? [];
  const read = first === undefined ? null : placeOrFile(first);
  if (read !== null) return read;
  // A link in a text comes with what it leads to.
  if (text) return textEvent(text);
  return first === undefined ? null : { kind: 'other', what: first.type };
}

function placeOrFile(attachment: z.output<typeof Attachment>): ChatEvent | null {
  const { type, latitude, longitude, payload, filename: name = 'file', size: bytes = 0 } = attachment;
  if (latitude !== undefined && longitude !== undefined) return { kind: 'location', latitude, longitude };
  return type === 'file' && payload?.url ? { kind: 'file', name, fileId: payload.url, bytes } : null;
}

function personOf({ user, chatId }: Read, locale: string | null): ChatPerson {
  const names = [user.first_name, user.last_name].filter((name) => typeof name === 'string' && name !== '');
  return {
    ...{ messenger: 'max', personId: user.user_id, chatId: chatId ?? '' },
    name: names.join(' ') || (user.name ?? ''),
    language: locale?.slice(0, 2).toLowerCase() ?? null,
  };
}
