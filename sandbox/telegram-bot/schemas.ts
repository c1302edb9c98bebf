import { z } from 'zod';
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
const Int = z.preprocess((value) => (typeof value === 'string' && value !== '' ? Number(value) : value), z.int());
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
const InlineButton = z
  .strictObject({
    text: z.string().min(1),
    url: z.string().optional(),
    callback_data: z
      .string()
      .refine((data) => Buffer.byteLength(data) >= 1 && Buffer.byteLength(data) <= 64)
      .optional(),
    web_app: z.strictObject({ url: z.url() }).optional(),
    switch_inline_query: z.string().optional(),
    copy_text: z.strictObject({ text: z.string().min(1).max(256) }).optional(),
  })
  .refine((button) => Object.keys(button).length === 2, 'exactly one action');
const InlineKeyboard = z.strictObject({ inline_keyboard: z.array(z.array(InlineButton)) });
const KeyboardButton = z.union([
  z.string(),
  z.strictObject({
    text: z.string().min(1),
    request_contact: z.boolean().optional(),
    request_location: z.boolean().optional(),
    web_app: z.strictObject({ url: z.url() }).optional(),
  }),
]);
const Markup = z.union([
  InlineKeyboard,
  z.strictObject({
    keyboard: z.array(z.array(KeyboardButton)),
    is_persistent: z.boolean().optional(),
    resize_keyboard: z.boolean().optional(),
    one_time_keyboard: z.boolean().optional(),
    input_field_placeholder: z.string().max(64).optional(),
    selective: z.boolean().optional(),
  }),
  z.strictObject({ remove_keyboard: z.literal(true), selective: z.boolean().optional() }),
  z.strictObject({ force_reply: z.literal(true), input_field_placeholder: z.string().max(64).optional() }),
]);
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
const Strings = fromJson(z.array(z.string()));

/** The parameters of every method that the sandbox serves; https://core.telegram.org/bots/api. */
export const SCHEMAS = {
  getMe: z.strictObject({}),
  sendMessage: z.strictObject({
    ...destination,
    text: Text,
    parse_mode: ParseMode.optional(),
    entities: fromJson(z.array(Entity)).optional(),
    link_preview_options: fromJson(LinkPreview).optional(),
  }),
  editMessageText: z.strictObject({
    chat_id: ChatId,
    message_id: Int,
    text: Text,
    parse_mode: ParseMode.optional(),
    entities: fromJson(z.array(Entity)).optional(),
    link_preview_options: fromJson(LinkPreview).optional(),
    reply_markup: fromJson(InlineKeyboard).optional(),
  }),
  sendSticker: z.strictObject({
    ...destination,
    sticker: z.union([z.string().min(1), z.instanceof(Upload)]),
    emoji: z.string().optional(),
  }),
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
  answerCallbackQuery: z.strictObject({
    callback_query_id: z.string(),
    text: z.string().max(200).optional(),
    show_alert: Flag.optional(),
    url: z.string().optional(),
    cache_time: Int.optional(),
  }),
  setMyCommands: z.strictObject({
    commands: fromJson(
      z
        .array(
          z.strictObject({ command: z.string().regex(/^[a-z0-9_]{1,32}$/), description: z.string().min(1).max(256) }),
        )
        .max(100),
    ),
    scope: fromJson(z.looseObject({ type: z.string() })).optional(),
    language_code: z
      .string()
      .regex(/^([a-z]{2})?$/)
      .optional(),
  }),
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
