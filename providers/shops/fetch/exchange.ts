import type { Dispatcher } from 'undici';
import { FetchFailedError, FetchRefusedError } from './errors.ts';

/** The value of a response header, the first where it was sent twice. */
export function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Throws an answer's body away and frees its connection. */
export function discardBody(body: Dispatcher.ResponseData['body']): void {
  // Destroying a body that still runs makes it fail, which is what we asked for.
  body.on('error', () => undefined);
  body.destroy();
}

/** Collects a body as it is on the wire, counting. @throws FetchRefusedError past `maxBytes` */
export function readWire(answer: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const { body, headers } = answer;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = () => {
      reject(new FetchRefusedError('body-too-large', `the body is larger than ${maxBytes} bytes`));
      body.destroy();
    };
    body.on('error', reject);
    body.on('close', () => {
      reject(new FetchFailedError('connection-lost', 'the body ended before its end'));
    });
    if (Number(headerOf(headers, 'content-length') ?? 0) > maxBytes) {
      refuse();
      return;
    }
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) refuse();
      else chunks.push(chunk);
    });
    body.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size));
    });
  });
}
