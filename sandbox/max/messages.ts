import { parseHtml } from '../telegram-bot/html-entities.ts';
import type { AttachmentRequest } from './attachments.ts';
import type { MaxCall } from './context.ts';
import { messageOf } from './message-object.ts';
import { badRequest, suspended, tooMany, unknownChat, unknownMessage } from './refusal.ts';
import type { MaxSandbox } from './sandbox.ts';
import type { MessageBody, Route } from './schemas.ts';
import { personKey } from './settings.ts';
import { personOf, type Attachment, type KeptFile, type MaxMessage } from './state.ts';
import { fileOf } from './uploads.ts';

/** Tags of `format: html`. */
const TAGS = new Set('b strong i em u ins s strike del code pre a mark blockquote h1 h2 h3 h4 h5 h6'.split(' '));
/** How long a message without buttons can be edited, ms. */
const EDITABLE_MS = 7 * 24 * 60 * 60 * 1000;
const PAGE = 50;

type Asked = Pick<MaxCall<Route>, 'bot' | 'sandbox' | 'violate'>;

/** POST /messages. */
export function sendMessage(call: MaxCall<'POST /messages'>) {
  const { bot, sandbox, query, body } = call;
  const person = query.user_id ?? personOf(query.chat_id ?? 0);
  mayWrite(call, person);
  takeChat(call, person);
  const { text, attachments } = readBody(call, body);
  if (text === '' && !attachments.some(({ type }) => type !== 'inline_keyboard')) {
    call.violate('neither text nor attachments');
    throw badRequest('text or attachments');
  }
  const html = body.format === 'html';
  const message = { bot, person, from: 'bot', text, source: body.text ?? '', html, attachments } as const;
  const stored = sandbox.store.add({ ...message, notify: body.notify ?? true, at: sandbox.clock() });
  return { message: messageOf(sandbox, stored) };
}

/** PUT /messages. */
export function editMessage(call: MaxCall<'PUT /messages'>) {
  const found = ownMessage(call, call.query.message_id);
  mayWrite(call, found.person);
  takeChat(call, found.person);
  replace(call, found, call.body);
  return { success: true };
}

/** What is null stays; an empty list takes attachments away. @throws MaxRefusal */
export function replace(call: Asked, found: MaxMessage, body: MessageBody): void {
  const { sandbox } = call;
  const isOld = sandbox.clock() - found.at > EDITABLE_MS;
  if (isOld && !found.attachments.some(({ type }) => type === 'inline_keyboard'))
    throw badRequest('error.edit.message.expired');
  const read = readBody(call, body);
  const said =
    typeof body.text === 'string' ? { text: read.text, source: body.text, html: body.format === 'html' } : {};
  const attached = Array.isArray(body.attachments) ? { attachments: read.attachments } : {};
  const edits = [...found.edits, { text: found.text, at: sandbox.clock() }];
  sandbox.store.put({ ...found, ...said, ...attached, edits });
}

/** DELETE /messages. */
export function deleteMessage(call: MaxCall<'DELETE /messages'>) {
  const found = call.sandbox.store.find(call.bot, call.query.message_id);
  if (found === null) throw unknownMessage();
  call.sandbox.store.put({ ...found, deleted: true });
  return { success: true };
}

/** GET /messages: the newest first. */
export function listMessages({ bot, sandbox, query }: MaxCall<'GET /messages'>) {
  const { chat_id: chatId, message_ids: mids, from, to, count = PAGE } = query;
  const found =
    mids === undefined
      ? sandbox.store.dialog(bot, personOf(chatId ?? 0))
      : mids.flatMap((mid) => sandbox.store.find(bot, mid) ?? []);
  const within = found.filter(({ at }) => at <= (from ?? Infinity) && at >= (to ?? 0));
  return {
    messages: within
      .toReversed()
      .slice(0, count)
      .map((message) => messageOf(sandbox, message)),
  };
}

function ownMessage({ sandbox, bot }: Asked, mid: string): MaxMessage {
  const found = sandbox.store.find(bot, mid);
  if (found === null) throw unknownMessage();
  if (found.from === 'person') throw badRequest('error.edit.not.own.message');
  return found;
}

/** @throws MaxRefusal when the person never started this bot, or has blocked it */
export function mayWrite({ sandbox, bot }: Asked, person: number): void {
  const known = sandbox.settings.now.people[personKey(bot, person)];
  if (known === undefined) throw unknownChat();
  if (known.blocked) throw suspended();
}

function takeChat({ sandbox, bot, violate }: Asked, person: number): void {
  if (sandbox.rates.take('chat', personKey(bot, person))) return;
  sandbox.limited += 1;
  violate(`too many messages to ${person}`);
  throw tooMany();
}

interface Read {
  readonly text: string;
  readonly attachments: Attachment[];
}

function readBody(call: Asked, { text, format, attachments }: MessageBody): Read {
  return {
    text: readText(call, text ?? '', format ?? null),
    attachments: (attachments ?? []).map((attachment) => readAttachment(call.sandbox, attachment)),
  };
}

function readText({ violate }: Asked, source: string, format: string | null): string {
  if (format !== 'html') return source;
  const parsed = parseHtml(source, TAGS);
  if ('text' in parsed) return parsed.text;
  violate(parsed.error);
  throw badRequest(parsed.error);
}

function readAttachment(sandbox: MaxSandbox, attachment: AttachmentRequest): Attachment {
  switch (attachment.type) {
    case 'image':
      return { type: 'image', file: imageOf(sandbox, attachment.payload) };
    case 'file':
      return { type: 'file', file: fileOf(sandbox, attachment.payload.token, 'file') };
    case 'inline_keyboard':
      return { type: 'inline_keyboard', buttons: attachment.payload.buttons };
    case 'location':
      return attachment;
  }
}

type ImagePayload = Extract<AttachmentRequest, { readonly type: 'image' }>['payload'];

function imageOf(sandbox: MaxSandbox, { token, photos }: ImagePayload): KeptFile {
  const [photo] = Object.values(photos ?? {});
  const given = token ?? photo?.token;
  if (given === undefined) throw badRequest('pictures of other servers are not fetched here');
  return fileOf(sandbox, given, 'image');
}
