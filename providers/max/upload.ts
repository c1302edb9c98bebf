import type { AttachmentRequest } from '@maxhub/max-bot-api/types';
import { z } from 'zod';
import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import { calling, type Connection } from './client.ts';

const Uploaded = z.looseObject({
  token: z.string().optional(),
  photos: z.record(z.string(), z.looseObject({ token: z.string() })).optional(),
});

export interface UploadedFile {
  readonly type: 'image' | 'file';
  readonly name: string;
  readonly bytes: Buffer;
}

/** An upload tells nobody anything: whatever goes wrong with it, the message has not left. */
const UPLOAD_MS = 30_000;

/** Brings a file to where MAX wants it; what a message attaches then. @throws Error worth another try, BotSendError refused */
export async function upload(connection: Connection, file: UploadedFile): Promise<AttachmentRequest> {
  const { type } = file;
  const place = await calling(connection, async () => await connection.api.raw.uploads.getUploadUrl({ type })).catch(
    harmless,
  );
  const uploaded = await put(place.url, file);
  const token = uploaded.token ?? place.token;
  if (type === 'image' && uploaded.photos !== undefined) {
    const photos = Object.entries(uploaded.photos).map(([key, photo]) => [key, { token: photo.token }] as const);
    return { type, payload: { photos: Object.fromEntries(photos) } };
  }
  if (token === undefined) throw new Error('MAX: an upload without a token');
  return { type, payload: { token } };
}

async function put(url: string, { name, bytes }: UploadedFile): Promise<z.output<typeof Uploaded>> {
  const form = new FormData();
  form.set('data', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(url, { method: 'POST', body: form, signal: AbortSignal.timeout(UPLOAD_MS) }).catch(
    (cause: unknown) => {
      throw new Error('MAX: the upload was cut off', { cause });
    },
  );
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
    throw new BotSendError('refused', `MAX: upload refused with status ${answer.status}`);
  if (!answer.ok) throw new Error(`MAX: upload answered with status ${answer.status}`);
  // Some kinds of files are answered with a word that is no JSON; their token is known already.
  return Uploaded.parse(await answer.json().catch(() => ({})));
}

/** No answer to the question where to upload to: nothing was sent. */
function harmless(err: unknown): never {
  throw err instanceof BotSendError && err.kind === 'unknown' ? new Error(err.message) : err;
}
