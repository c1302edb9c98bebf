import { pipeline, Readable, Writable } from 'node:stream';
import * as zlib from 'node:zlib';
import { FetchFailedError, FetchRefusedError } from './errors.ts';

export interface InflateLimits {
  /** Bytes after inflating. */
  readonly maxBytes: number;
  /** Inflated bytes per byte on the wire. */
  readonly maxRatio: number;
}

interface Coding {
  readonly sync: (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;
  readonly stream: () => NodeJS.ReadWriteStream;
  /** Whether the body is really so encoded; some servers name an encoding and send plain text. */
  readonly fits: (bytes: Buffer) => boolean;
}

const startsWith = (...magic: readonly number[]) => {
  return (bytes: Buffer): boolean => magic.every((byte, index) => bytes[index] === byte);
};

const gzip: Coding = { sync: zlib.gunzipSync, stream: () => zlib.createGunzip(), fits: startsWith(0x1f, 0x8b) };
const inflate: Coding = { sync: zlib.inflateSync, stream: () => zlib.createInflate(), fits: () => true };
const inflateRaw: Coding = { sync: zlib.inflateRawSync, stream: () => zlib.createInflateRaw(), fits: () => true };
const brotli: Coding = {
  sync: zlib.brotliDecompressSync,
  stream: () => zlib.createBrotliDecompress(),
  fits: () => true,
};
const zstd: Coding = {
  sync: zlib.zstdDecompressSync,
  stream: () => zlib.createZstdDecompress(),
  fits: startsWith(0x28, 0xb5, 0x2f, 0xfd),
};

/** What we ask servers for. */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd';

/** Below this size a bomb does no harm, and short repetitive pages compress better than any ratio allows. */
const HARMLESS_BYTES = 1_000_000;
/** Up to this size inflating at once costs less than a stream and blocks for milliseconds at worst. */
const SYNC_BYTES = 65_536;

function codingOf(name: string, bytes: Buffer): Coding {
  if (name === 'gzip' || name === 'x-gzip') return gzip;
  // Some servers send `deflate` without the zlib header that the standard asks for.
  if (name === 'deflate') return ((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw;
  if (name === 'br') return brotli;
  if (name === 'zstd') return zstd;
  throw new FetchRefusedError('content-encoding-refused', `content encoding ${name} is unknown`);
}

const tooMuch = (cap: number) => new FetchRefusedError('body-inflates-too-much', `the body inflates past ${cap} bytes`);

/** Inflates chunk by chunk, counting, and passes chunks on. @throws FetchRefusedError past the cap */
function inflateCounted(bytes: Buffer, coding: Coding, cap: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const sink = new Writable({
      write(chunk: Buffer, _, done) {
        size += chunk.length;
        chunks.push(chunk);
        done(size > cap ? tooMuch(cap) : null);
      },
    });
    pipeline(Readable.from([bytes], { objectMode: false }), coding.stream(), sink, (error) => {
      if (error instanceof Error) reject(error);
      else resolve(Buffer.concat(chunks, size));
    });
  });
}

async function inflateOne(bytes: Buffer, coding: Coding, cap: number): Promise<Buffer> {
  try {
    if (bytes.length > SYNC_BYTES) return await inflateCounted(bytes, coding, cap);
    return coding.sync(bytes, { maxOutputLength: cap });
  } catch (error) {
    if (error instanceof FetchRefusedError) throw error;
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooMuch(cap);
    throw new FetchFailedError('body-broken', 'the body does not inflate', { cause: error });
  }
}

/** Undoes a Content-Encoding within limits. @throws FetchRefusedError for bombs, FetchFailedError for broken bodies */
export async function inflateBody(wire: Buffer, contentEncoding: string, limits: InflateLimits): Promise<Buffer> {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const codings = names.filter((name) => name !== '' && name !== 'identity');
  if (codings.length > 2) {
    throw new FetchRefusedError('content-encoding-refused', `${codings.length} content encodings on one body`);
  }
  const cap = Math.min(limits.maxBytes, Math.max(HARMLESS_BYTES, wire.length * limits.maxRatio));
  let bytes = wire;
  for (const name of codings.toReversed()) {
    const coding = codingOf(name, bytes);
    if (bytes.length > 0 && coding.fits(bytes)) bytes = await inflateOne(bytes, coding, cap);
  }
  if (bytes.length > cap) throw tooMuch(cap);
  return bytes;
}
