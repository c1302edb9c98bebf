import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Upload } from '../telegram-bot/multipart.ts';
import { badRequest, MaxRefusal } from './refusal.ts';
import type { MaxCall } from './context.ts';
import type { MaxSandbox } from './sandbox.ts';
import type { KeptFile } from './state.ts';

const MAX_IMAGE = 50 * 1024 * 1024;
const MAX_FILE = 4 * 1024 * 1024 * 1024;

const Kind = z.enum(['image', 'file']);
type Kind = z.output<typeof Kind>;
const Token = z.strictObject({ kind: Kind, hash: z.string(), name: z.string(), bytes: z.int() });

/** Addresses that were given out, and tokens that are not ready yet. */
export interface Uploads {
  readonly open: Map<string, Kind>;
  /** When each becomes ready, on `now`. */
  readonly readyAt: Map<string, number>;
  readonly now: () => number;
  /** How long a file is being prepared, ms. */
  readonly readyMs: number;
}

/** POST /uploads. */
export function openUpload({ sandbox, query }: MaxCall<'POST /uploads'>) {
  const id = randomUUID();
  sandbox.uploads.open.set(id, query.type);
  return { url: `${sandbox.url}/upload/${id}` };
}

/** The upload itself, at the address that POST /uploads gave; one file each. @throws MaxRefusal */
export function takeUpload(
  { uploads, files }: MaxSandbox,
  id: string,
  parts: Readonly<Record<string, string | Upload>>,
): object {
  const kind = uploads.open.get(id);
  if (kind === undefined) throw badRequest('this address has had its file, or never was');
  const { data } = parts;
  if (typeof data !== 'object' || Object.keys(parts).length !== 1) throw badRequest('one part `data` with a file');
  checkBytes(kind, data.bytes);
  uploads.open.delete(id);
  const hash = files.keep(data.bytes);
  const token = tokenOf(kind, { hash, name: data.name, bytes: data.bytes.length });
  uploads.readyAt.set(token, uploads.now() + uploads.readyMs);
  const fileId = Number.parseInt(hash.slice(0, 12), 16);
  return kind === 'image' ? { photos: { [`${hash.slice(0, 32)}==`]: { token } } } : { fileId, token };
}

const IMAGES = ['89504e47', 'ffd8ff', '47494638', '52494646', '424d'];

function checkBytes(kind: Kind, bytes: Buffer): void {
  if (bytes.length === 0) throw badRequest('an empty file');
  if (bytes.length > (kind === 'image' ? MAX_IMAGE : MAX_FILE)) throw badRequest(`a file of ${bytes.length} bytes`);
  const magic = bytes.subarray(0, 4).toString('hex');
  if (kind === 'image' && !IMAGES.some((start) => magic.startsWith(start))) throw badRequest('this is no image');
}

export const tokenOf = (kind: Kind, file: KeptFile): string =>
  Buffer.from(JSON.stringify({ kind, ...file })).toString('base64url');

/** The file of a token. @throws MaxRefusal when it is none, or not ready */
export function fileOf({ uploads }: MaxSandbox, token: string, wanted: Kind): KeptFile {
  const parsed = Token.safeParse(readJson(Buffer.from(token, 'base64url').toString()));
  if (!parsed.success || parsed.data.kind !== wanted) throw badRequest(`no token of a ${wanted}`);
  if ((uploads.readyAt.get(token) ?? 0) > uploads.now())
    throw new MaxRefusal(400, 'attachment.not.ready', 'Key: errors.process.attachment.file.not.processed');
  const { hash, name, bytes } = parsed.data;
  return { hash, name, bytes };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
