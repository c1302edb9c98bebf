import type { BotApiContext } from './context.ts';
import { botUser, hashOf, messageOf, type FileKind } from './message-object.ts';
import type { Upload } from './multipart.ts';
import { Refusal } from './refusal.ts';
import type { ParametersOf } from './schemas.ts';
import type { NewMessage } from './state.ts';
import { MAX_CAPTION, readText } from './text.ts';

/** Largest uploads and downloads, bytes; https://core.telegram.org/bots/api#sending-files. */
const MAX_STICKER = 65_536;
const MAX_PHOTO = 10 * 1024 * 1024;
const MAX_DOCUMENT = 50 * 1024 * 1024;
const MAX_DOWNLOAD = 20 * 1024 * 1024;

export function sendSticker(context: BotApiContext, parameters: ParametersOf<'sendSticker'>) {
  const { bot, sandbox } = context;
  const { hash } = takeFile(context, 'sticker', parameters.sticker);
  const silent = parameters.disable_notification ?? false;
  const message = { bot, chatId: parameters.chat_id, kind: 'sticker', stickerHash: hash, silent } as const;
  return messageOf(sandbox.store.add({ ...message, markup: parameters.reply_markup ?? null }), botUser(bot));
}

export const sendPhoto = (context: BotApiContext, parameters: ParametersOf<'sendPhoto'>) =>
  sendFile(context, parameters, { kind: 'photo', sent: parameters.photo });

export const sendDocument = (context: BotApiContext, parameters: ParametersOf<'sendDocument'>) =>
  sendFile(context, parameters, { kind: 'document', sent: parameters.document });

function sendFile(
  context: BotApiContext,
  parameters: ParametersOf<'sendPhoto'> | ParametersOf<'sendDocument'>,
  { kind, sent }: { readonly kind: 'photo' | 'document'; readonly sent: string | Upload },
) {
  const { bot, sandbox } = context;
  const { caption = '', parse_mode: mode } = parameters;
  const message: NewMessage = {
    ...{ bot, kind, chatId: parameters.chat_id, silent: parameters.disable_notification ?? false },
    ...{ text: readText(context, { source: caption, mode, max: MAX_CAPTION }), source: caption, html: mode === 'HTML' },
    ...{ file: takeFile(context, kind, sent), markup: parameters.reply_markup ?? null },
  };
  return messageOf(sandbox.store.add(message), botUser(bot));
}

interface Kept {
  readonly hash: string;
  readonly name: string;
  readonly bytes: number;
}

/** A new file, or one that Telegram has by its id. @throws Refusal */
function takeFile({ sandbox, violate }: BotApiContext, kind: FileKind, sent: string | Upload): Kept {
  const { store } = sandbox;
  if (typeof sent === 'string') {
    const hash = hashOf(sent);
    const bytes = store.read(hash);
    if (bytes === null)
      throw new Refusal(400, 'Bad Request: wrong remote file identifier specified: Wrong string length');
    return { hash, name: kind, bytes: bytes.length };
  }
  const problem = CHECKS[kind](sent.bytes);
  if (problem !== null) {
    violate(`${kind}: ${problem.message} (${sent.bytes.length} bytes)`);
    throw problem;
  }
  const name = sent.name === '' ? `${kind}${kind === 'photo' ? '.png' : ''}` : sent.name;
  return { hash: store.keepFile(sent.bytes), name, bytes: sent.bytes.length };
}

const startsWith = (bytes: Buffer, ...magic: readonly number[]): boolean =>
  magic.every((byte, place) => bytes[place] === byte);
const tooLarge = (): Refusal => new Refusal(413, 'Request Entity Too Large');

const CHECKS: Readonly<Record<FileKind, (bytes: Buffer) => Refusal | null>> = {
  sticker: (bytes) =>
    bytes.length > MAX_STICKER || !startsWith(bytes, 0x1f, 0x8b)
      ? new Refusal(400, 'Bad Request: wrong type of the sticker file')
      : null,
  photo(bytes) {
    if (bytes.length > MAX_PHOTO) return new Refusal(400, 'Bad Request: file is too big for a photo');
    const isPng = startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) && bytes.length > 24;
    if (!isPng && !startsWith(bytes, 0xff, 0xd8, 0xff)) return new Refusal(400, 'Bad Request: IMAGE_PROCESS_FAILED');
    if (!isPng) return null;
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    const fits = width + height <= 10_000 && Math.max(width, height) <= 20 * Math.min(width, height);
    return fits ? null : new Refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS');
  },
  document(bytes) {
    if (bytes.length === 0) return new Refusal(400, 'Bad Request: file must be non-empty');
    return bytes.length > MAX_DOCUMENT ? tooLarge() : null;
  },
};

const FOLDERS = [
  ['CAAC', 'stickers', '.tgs'],
  ['AgAC', 'photos', '.jpg'],
  ['BQAC', 'documents', ''],
] as const;

export function getFile({ sandbox }: BotApiContext, { file_id: fileId }: ParametersOf<'getFile'>) {
  const hash = hashOf(fileId);
  const bytes = sandbox.store.read(hash);
  const place = FOLDERS.find(([prefix]) => fileId.startsWith(prefix));
  if (bytes === null || place === undefined) throw new Refusal(400, 'Bad Request: invalid file_id');
  if (bytes.length > MAX_DOWNLOAD) throw new Refusal(400, 'Bad Request: file is too big');
  const [, folder, ending] = place;
  const path = `${folder}/${hash}${ending}`;
  return { file_id: fileId, file_unique_id: hash.slice(0, 16), file_size: bytes.length, file_path: path };
}

/** The file that `getFile` gave this path for; null = none. */
export function fileAt(store: BotApiContext['sandbox']['store'], path: string): Buffer | null {
  const hash = /^(?:stickers|photos|documents)\/([\da-f]{64})/.exec(path)?.[1];
  return hash === undefined ? null : store.read(hash);
}
