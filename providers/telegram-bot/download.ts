import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { readCapped, tooLarge } from '../read-capped.ts';
import { asOurError } from './api-errors.ts';
import { calling, type Connection } from './connection.ts';

const gone = (): DomainError => new DomainError('file-gone', 'the messenger has the file no more; send it again');

/** Bytes of a file that a person sent. @throws DomainError file-too-large, file-gone */
export async function download(
  connection: Connection,
  { fileId, maxBytes }: { readonly fileId: string; readonly maxBytes: number },
): Promise<Uint8Array> {
  const { api, token, apiRoot, timeoutMs } = connection;
  const file = await calling(connection, async (signal) => {
    return await api.callApi('getFile', { file_id: fileId }, { signal });
  }).catch((err: unknown) => {
    // The Bot API hands out files of up to 20 MB.
    if (err instanceof BotSendError && err.kind === 'refused')
      throw err.message.includes('too big') ? tooLarge(maxBytes) : gone();
    throw err;
  });
  if ((file.file_size ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (file.file_path === undefined) throw gone();
  try {
    const response = await fetch(`${apiRoot}/file/bot${token}/${file.file_path}`, {
      signal: AbortSignal.timeout(timeoutMs * 3),
    });
    if (!response.ok) throw response.status === 404 ? gone() : new Error(`status ${response.status}`);
    return await readCapped(response, maxBytes);
  } catch (err) {
    throw err instanceof DomainError ? err : asOurError(err, token);
  }
}
