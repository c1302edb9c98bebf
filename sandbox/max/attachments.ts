import { z } from 'zod';

/** https://dev.max.ru/docs-api: what a keyboard and a message may hold. */
const MAX_BUTTONS = 210;
const MAX_ROWS = 30;
const MAX_IN_ROW = 7;
/** In a row with a button that leads away or asks for something. */
const MAX_IN_WIDE_ROW = 3;
const MAX_ATTACHMENTS = 12;

const Text = z.string().min(1).max(128);
const Button = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('callback'), text: Text, payload: z.string().min(1).max(1024) }),
  z.strictObject({ type: z.literal('link'), text: Text, url: z.url({ protocol: /^https?$/ }).max(2048) }),
  z.strictObject({ type: z.literal('request_contact'), text: Text }),
  z.strictObject({ type: z.literal('request_geo_location'), text: Text, quick: z.boolean().optional() }),
  z.strictObject({ type: z.literal('message'), text: Text }),
  z.strictObject({ type: z.literal('clipboard'), text: Text, payload: z.string().min(1).max(1024) }),
  z.strictObject({
    type: z.literal('open_app'),
    text: Text,
    web_app: z.string().nullish(),
    contact_id: z.int().nullish(),
    payload: z.string().max(512).nullish(),
  }),
]);
export type MaxButton = z.output<typeof Button>;
const WIDE: ReadonlySet<string> = new Set(['link', 'open_app', 'request_contact', 'request_geo_location']);

const Buttons = z
  .array(z.array(Button).min(1, 'an empty row').max(MAX_IN_ROW, `over ${MAX_IN_ROW} buttons in a row`))
  .min(1)
  .max(MAX_ROWS, `over ${MAX_ROWS} rows`)
  .refine((rows) => rows.flat().length <= MAX_BUTTONS, `over ${MAX_BUTTONS} buttons`)
  .refine(
    (rows) => rows.every((row) => row.length <= MAX_IN_WIDE_ROW || !row.some(({ type }) => WIDE.has(type))),
    `over ${MAX_IN_WIDE_ROW} buttons in a row with a link, an app or a request`,
  );

const Photos = z.record(z.string(), z.strictObject({ token: z.string().min(1) }));
const ImagePayload = z
  .strictObject({ token: z.string().optional(), url: z.url().nullish(), photos: Photos.nullish() })
  .refine(
    ({ token, url, photos }) =>
      [token, url, photos].filter((one) => typeof one !== 'undefined' && one !== null).length === 1,
    'exactly one of token, url, photos',
  );

const Attachment = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('image'), payload: ImagePayload }),
  z.strictObject({ type: z.literal('file'), payload: z.strictObject({ token: z.string().min(1) }) }),
  z.strictObject({ type: z.literal('inline_keyboard'), payload: z.strictObject({ buttons: Buttons }) }),
  z.strictObject({
    type: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
]);
export type AttachmentRequest = z.output<typeof Attachment>;

const count = (list: readonly AttachmentRequest[], type: string): number =>
  list.filter((attachment) => attachment.type === type).length;

/** Of the kinds that the program sends. */
export const Attachments = z
  .array(Attachment)
  .max(MAX_ATTACHMENTS, `over ${MAX_ATTACHMENTS} attachments`)
  .refine((list) => count(list, 'inline_keyboard') <= 1, 'one keyboard')
  .refine(
    (list) => count(list, 'file') === 0 || list.length - count(list, 'inline_keyboard') === 1,
    'a file is the only attachment of its message',
  );
