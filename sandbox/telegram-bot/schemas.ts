import { z } from 'zod';
import { InlineKeyboard, Markup } from './keyboards.ts';
import { Upload } from './multipart.ts';

/** In forms and multipart bodies everything is text, and objects are JSON. */
const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};
const Flag = z.preprocess((value) => (value === 'true' || value === 'True' ? true : parsed(value)), z.boolean());
const toNumber = (value: unknown): unknown => (typeof value === 'string' && value !== '' ? Number(value) : value);
const Int = z.preprocess(toNumber, z.int());
const Float = z.preprocess(toNumber, z.number());
const fromJson = <T extends z.ZodType>(schema: T) => z.preprocess(parsed, schema);

/** A number, also as text, or `@name`. */
const ChatId = z.preprocess(String, z.string().regex(/^(-?[1-9]\d{0,18}|@[A-Za-z]\w{3,31})$/));
const Text = z.string();
const ParseMode = z.enum(['HTML', 'MarkdownV2', 'Markdown']);
const Entity = z.strictObject({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  url: z.string().optional(),
  language: z.string().optional(),
  custom_emoji_id: z.string().optional(),
});
const LinkPreview = z.strictObject({
  is_disabled: z.boolean().optional(),
  url: z.string().optional(),
  prefer_small_media: z.boolean().optional(),
  prefer_large_media: z.boolean().optional(),
  show_above_text: z.boolean().optional(),
});
const Reply = z.strictObject({
  message_id: z.int(),
  chat_id: ChatId.optional(),
  allow_sending_without_reply: z.boolean().optional(),
});

const destination = {
  chat_id: ChatId,
  message_thread_id: Int.optional(),
  disable_notification: Flag.optional(),
  protect_content: Flag.optional(),
  reply_parameters: fromJson(Reply).optional(),
  reply_markup: fromJson(Markup).optional(),
};
const formatting = { parse_mode: ParseMode.optional(), entities: fromJson(z.array(Entity)).optional() };
const caption = {
  caption: Text.optional(),
  parse_mode: ParseMode.optional(),
  caption_entities: fromJson(z.array(Entity)).optional(),
};
const edited = { chat_id: ChatId, message_id: Int, reply_markup: fromJson(InlineKeyboard).optional() };
const SentFile = z.union([z.string().min(1), z.instanceof(Upload)]);
const Strings = fromJson(z.array(z.string()));
const Scope = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']) }),
  z.strictObject({ type: z.enum(['chat', 'chat_administrators']), chat_id: ChatId }),
  z.strictObject({ type: z.literal('chat_member'), chat_id: ChatId, user_id: z.int() }),
]);
const commandsOf = {
  scope: fromJson(Scope).optional(),
  language_code: z
    .string()
    .regex(/^([a-z]{2})?$/)
    .optional(),
};

/** The parameters of every method that the sandbox serves; https://core.telegram.org/bots/api. */
export const SCHEMAS = {
  getMe: z.strictObject({}),
  sendMessage: z.strictObject({
    ...destination,
    ...formatting,
    text: Text,
    link_preview_options: fromJson(LinkPreview).optional(),
  }),
  sendPhoto: z.strictObject({
    ...destination,
    ...caption,
    photo: SentFile,
    show_caption_above_media: Flag.optional(),
    has_spoiler: Flag.optional(),
  }),
  sendDocument: z.strictObject({
    ...destination,
    ...caption,
    document: SentFile,
    disable_content_type_detection: Flag.optional(),
  }),
  sendSticker: z.strictObject({ ...destination, sticker: SentFile, emoji: z.string().optional() }),
  sendLocation: z.strictObject({
    ...destination,
    latitude: Float.pipe(z.number().min(-90).max(90)),
    longitude: Float.pipe(z.number().min(-180).max(180)),
  }),
  sendChatAction: z.strictObject({
    chat_id: ChatId,
    message_thread_id: Int.optional(),
    action: z.enum(['typing', 'upload_photo', 'upload_document', 'find_location', 'choose_sticker']),
  }),
  editMessageText: z.strictObject({
    ...edited,
    ...formatting,
    text: Text,
    link_preview_options: fromJson(LinkPreview).optional(),
  }),
  editMessageCaption: z.strictObject({ ...edited, ...caption }),
  editMessageReplyMarkup: z.strictObject(edited),
  deleteMessage: z.strictObject({ chat_id: ChatId, message_id: Int }),
  getUpdates: z.strictObject({
    offset: Int.optional(),
    limit: Int.pipe(z.int().min(1).max(100)).optional(),
    timeout: Int.pipe(z.int().min(0)).optional(),
    allowed_updates: Strings.optional(),
  }),
  setWebhook: z.strictObject({
    url: z.string(),
    max_connections: Int.pipe(z.int().min(1).max(100)).optional(),
    allowed_updates: Strings.optional(),
    drop_pending_updates: Flag.optional(),
    secret_token: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,256}$/)
      .optional(),
  }),
  deleteWebhook: z.strictObject({ drop_pending_updates: Flag.optional() }),
  getWebhookInfo: z.strictObject({}),
  answerCallbackQuery: z.strictObject({
    callback_query_id: z.string(),
    text: z.string().max(200).optional(),
    show_alert: Flag.optional(),
    url: z.string().optional(),
    cache_time: Int.optional(),
  }),
  setMyCommands: z.strictObject({
    ...commandsOf,
    commands: fromJson(
      z
        .array(
          z.strictObject({ command: z.string().regex(/^[a-z0-9_]{1,32}$/), description: z.string().min(1).max(256) }),
        )
        .max(100),
    ),
  }),
  getMyCommands: z.strictObject(commandsOf),
  deleteMyCommands: z.strictObject(commandsOf),
  getChat: z.strictObject({ chat_id: ChatId }),
  getFile: z.strictObject({ file_id: z.string() }),
} as const;

export type Method = keyof typeof SCHEMAS;
export type ParametersOf<M extends Method> = z.output<(typeof SCHEMAS)[M]>;

/** The method's name as the documentation writes it; the server takes any case. */
export function methodNamed(name: string): Method | null {
  for (const [method] of Object.entries(SCHEMAS)) {
    if (method.toLowerCase() === name.toLowerCase() && isMethod(method)) return method;
  }
  return null;
}

const isMethod = (name: string): name is Method => name in SCHEMAS;
