import { z } from 'zod';
import type { ReadUpdate } from '../../db/repositories/inbox.ts';
import type { ChatEvent, ChatPerson } from '../../domain/shared/chat-event.ts';
import { textEvent } from '../text-event.ts';

const Id = z.int().transform(String);
const From = z.looseObject({
  id: Id,
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  language_code: z.string().optional(),
});
const Chat = z.looseObject({ id: Id, type: z.string() });
const Message = z.looseObject({
  message_id: Id,
  from: From.optional(),
  chat: Chat,
  text: z.string().optional(),
  location: z.looseObject({ latitude: z.number(), longitude: z.number() }).optional(),
  document: z
    .looseObject({ file_id: z.string(), file_name: z.string().optional(), file_size: z.number().optional() })
    .optional(),
});
const Update = z.looseObject({
  update_id: z.int(),
  message: Message.optional(),
  callback_query: z
    .looseObject({
      id: z.string(),
      from: From,
      /** Of one that is too old only these two are known. */
      message: z.looseObject({ message_id: Id, chat: Chat }).optional(),
      data: z.string().optional(),
    })
    .optional(),
  my_chat_member: z
    .looseObject({ chat: Chat, from: From, new_chat_member: z.looseObject({ status: z.string() }) })
    .optional(),
});
type Update = z.output<typeof Update>;

/** What the bot does not read; anything else that is no text is about the chat itself, such as a pinned message. */
const UNREAD = [
  ...['animation', 'photo', 'voice', 'video', 'video_note', 'audio', 'sticker', 'contact', 'poll', 'dice', 'game'],
  ...['story', 'paid_media', 'checklist', 'venue'],
] as const;

/** A raw update of the Bot API in our words; null = nothing that the bot answers: groups, channels, edited messages, other bots. */
export function readTelegramUpdate(raw: unknown): ReadUpdate | null {
  const parsed = Update.safeParse(raw);
  if (!parsed.success) return null;
  const read = eventIn(parsed.data);
  if (read?.chat.type !== 'private' || read.from.is_bot) return null;
  return { key: String(parsed.data.update_id), event: read.event, person: personOf(read) };
}

interface Read {
  readonly event: ChatEvent;
  readonly from: z.output<typeof From>;
  readonly chat: z.output<typeof Chat>;
}

function eventIn({ message, callback_query: press, my_chat_member: member }: Update): Read | null {
  if (message?.from !== undefined) {
    const event = messageEvent(message);
    return event === null ? null : { event, from: message.from, chat: message.chat };
  }
  if (press !== undefined) return pressIn(press);
  if (member === undefined) return null;
  const { from, chat } = member;
  const kind = member.new_chat_member.status === 'kicked' ? 'blocked' : 'unblocked';
  return { event: { kind }, from, chat };
}

/** A press under a message that another bot's words were put into (inline mode) has no chat. */
function pressIn({ id, data, from, message }: NonNullable<Update['callback_query']>): Read | null {
  if (message === undefined || data === undefined) return null;
  const { message_id: messageId, chat } = message;
  return { event: { kind: 'press', data, callbackId: id, messageId }, from, chat };
}

function messageEvent(message: z.output<typeof Message>): ChatEvent | null {
  const { text, location, document } = message;
  if (text !== undefined) return textEvent(text);
  if (location !== undefined) {
    const { latitude, longitude } = location;
    return { kind: 'location', latitude, longitude };
  }
  // An animation is a document, too.
  const what = UNREAD.find((kind) => message[kind] !== undefined);
  if (what !== undefined) return { kind: 'other', what };
  if (document === undefined) return null;
  const { file_id: fileId, file_name: name = 'file', file_size: bytes = 0 } = document;
  return { kind: 'file', name, fileId, bytes };
}

function personOf({ from, chat }: Read): ChatPerson {
  const { id, first_name: first, last_name: last, language_code: language } = from;
  return {
    ...{ messenger: 'telegram', personId: id, chatId: chat.id },
    name: last === undefined ? first : `${first} ${last}`,
    language: language?.slice(0, 2).toLowerCase() ?? null,
  };
}
