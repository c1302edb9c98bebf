import { z } from 'zod';

/** Telegram takes no more of them. */
const MAX_BUTTONS = 100;
/** More in a row cannot be read on a phone. */
const MAX_IN_ROW = 8;

const Style = {
  icon_custom_emoji_id: z.string().optional(),
  style: z.enum(['danger', 'success', 'primary']).optional(),
};
const WebApp = z.strictObject({ url: z.url({ protocol: /^https$/ }) });
const Data = z.string().refine((data) => {
  const bytes = Buffer.byteLength(data);
  return bytes >= 1 && bytes <= 64;
}, 'BUTTON_DATA_INVALID: 1 to 64 bytes');

/** Of what a button may do, exactly one. */
const ACTIONS = ['url', 'callback_data', 'web_app', 'switch_inline_query', 'copy_text'] as const;
const InlineButton = z
  .strictObject({
    text: z.string().min(1),
    ...Style,
    url: z.url().optional(),
    callback_data: Data.optional(),
    web_app: WebApp.optional(),
    switch_inline_query: z.string().optional(),
    copy_text: z.strictObject({ text: z.string().min(1).max(256) }).optional(),
  })
  .refine((button) => ACTIONS.filter((action) => button[action] !== undefined).length === 1, 'exactly one action');

const KeyboardButton = z.union([
  z.string().min(1),
  z.strictObject({
    text: z.string().min(1),
    ...Style,
    request_contact: z.boolean().optional(),
    request_location: z.boolean().optional(),
    web_app: WebApp.optional(),
  }),
]);

const rowsOf = <T extends z.ZodType>(button: T) =>
  z
    .array(z.array(button).min(1, 'an empty row').max(MAX_IN_ROW, `over ${MAX_IN_ROW} buttons in a row`))
    .refine((rows) => rows.flat().length <= MAX_BUTTONS, `over ${MAX_BUTTONS} buttons`);

export const InlineKeyboard = z.strictObject({ inline_keyboard: rowsOf(InlineButton) });
const Placeholder = z.string().min(1).max(64).optional();

/** `reply_markup` of a new message. */
export const Markup = z.union([
  InlineKeyboard,
  z.strictObject({
    keyboard: rowsOf(KeyboardButton),
    is_persistent: z.boolean().optional(),
    resize_keyboard: z.boolean().optional(),
    one_time_keyboard: z.boolean().optional(),
    input_field_placeholder: Placeholder,
    selective: z.boolean().optional(),
  }),
  z.strictObject({ remove_keyboard: z.literal(true), selective: z.boolean().optional() }),
  z.strictObject({
    force_reply: z.literal(true),
    input_field_placeholder: Placeholder,
    selective: z.boolean().optional(),
  }),
]);
export type Markup = z.output<typeof Markup>;
