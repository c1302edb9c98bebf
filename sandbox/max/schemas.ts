import { z } from 'zod';
import { Attachments } from './attachments.ts';

/** Longest text of a message, UTF-16 units. */
const MAX_TEXT = 4_000;

/** `NewMessageBody`. */
export const MessageBody = z.strictObject({
  text: z.string().max(MAX_TEXT, `a text of over ${MAX_TEXT} characters`).nullish(),
  attachments: Attachments.nullish(),
  link: z.strictObject({ type: z.enum(['forward', 'reply']), mid: z.string().min(1) }).nullish(),
  notify: z.boolean().optional(),
  format: z.enum(['markdown', 'html']).nullish(),
});
export type MessageBody = z.output<typeof MessageBody>;

/** Query values are text. */
const Int = z
  .string()
  .regex(/^-?\d{1,16}$/)
  .transform(Number);
const Flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const Mid = z.string().regex(/^mid\.[\da-f]{32}$/);
const List = z.string().transform((text) => text.split(','));
const nothing = z.strictObject({});
const noBody = z.null();

/** From the published types of updates. */
const UPDATE_TYPES = [
  ...(['bot_added', 'bot_removed', 'bot_started', 'bot_stopped', 'chat_title_changed', 'comment_created'] as const),
  ...(['comment_edited', 'comment_removed', 'dialog_cleared', 'dialog_muted', 'dialog_removed'] as const),
  ...(['dialog_unmuted', 'message_callback', 'message_created', 'message_edited', 'message_removed'] as const),
  ...(['user_added', 'user_removed'] as const),
] as const;
const UpdateType = z.enum(UPDATE_TYPES);

/** Query and body of every route that the sandbox serves. */
export const SCHEMAS = {
  'GET /me': { query: nothing, body: noBody },
  'PATCH /me/commands': {
    query: nothing,
    body: z.strictObject({
      commands: z
        .array(
          z.strictObject({
            name: z
              .string()
              .min(1)
              .max(64)
              .regex(/^[a-z0-9_]+$/),
            description: z.string().min(1).max(128).nullish(),
          }),
        )
        .max(32),
    }),
  },
  'POST /messages': {
    query: z
      .strictObject({ user_id: Int.optional(), chat_id: Int.optional(), disable_link_preview: Flag.optional() })
      .refine((query) => (query.user_id === undefined) !== (query.chat_id === undefined), 'user_id or chat_id'),
    body: MessageBody,
  },
  'PUT /messages': { query: z.strictObject({ message_id: Mid }), body: MessageBody },
  'DELETE /messages': { query: z.strictObject({ message_id: Mid }), body: noBody },
  'GET /messages': {
    query: z
      .strictObject({
        ...{ chat_id: Int.optional(), message_ids: List.optional(), from: Int.optional(), to: Int.optional() },
        count: Int.pipe(z.int().min(1).max(100)).optional(),
      })
      .refine((query) => query.chat_id !== undefined || query.message_ids !== undefined, 'chat_id or message_ids'),
    body: noBody,
  },
  'POST /answers': {
    query: z.strictObject({ callback_id: z.string().min(1) }),
    body: z
      .strictObject({ message: MessageBody.nullish(), notification: z.string().min(1).max(200).nullish() })
      .refine((body) => (body.message ?? body.notification ?? null) !== null, 'a message or a notification'),
  },
  'POST /uploads': { query: z.strictObject({ type: z.enum(['image', 'file']) }), body: noBody },
  'GET /updates': {
    query: z.strictObject({
      limit: Int.pipe(z.int().min(1).max(1000)).optional(),
      timeout: Int.pipe(z.int().min(0).max(90)).optional(),
      marker: Int.optional(),
      types: List.pipe(z.array(UpdateType)).optional(),
    }),
    body: noBody,
  },
  'GET /subscriptions': { query: nothing, body: noBody },
  'POST /subscriptions': {
    query: nothing,
    body: z.strictObject({
      url: z.url(),
      update_types: z.array(UpdateType).optional(),
      secret: z
        .string()
        .regex(/^[A-Za-z0-9_-]{5,256}$/)
        .optional(),
    }),
  },
  'DELETE /subscriptions': { query: z.strictObject({ url: z.url() }), body: noBody },
  'POST /chats/{chatId}/actions': {
    query: nothing,
    body: z.strictObject({
      action: z.enum(['typing_on', 'sending_photo', 'sending_video', 'sending_audio', 'sending_file']),
    }),
  },
} as const;

export type Route = keyof typeof SCHEMAS;
export type QueryOf<R extends Route> = z.output<(typeof SCHEMAS)[R]['query']>;
export type BodyOf<R extends Route> = z.output<(typeof SCHEMAS)[R]['body']>;
