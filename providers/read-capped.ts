import { DomainError } from '../domain/shared/errors.ts';

/** The body of an answer, which must not be longer than that. @throws DomainError file-too-large */
export async function readCapped(response: Response, maxBytes: number): Promise<Uint8Array> {
  const declared = Number(response.headers.get('content-length') ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  const reader = response.body?.getReader();
  for (let size = 0; ;) {
    const read = await reader?.read();
    const value: unknown = read?.value;
    if (!(value instanceof Uint8Array)) return Buffer.concat(chunks);
    size += value.length;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
}

export const tooLarge = (maxBytes: number): DomainError =>
  new DomainError('file-too-large', `the file has more than ${maxBytes} bytes; send a smaller one`);
