import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress } from 'node:zlib';
import type { RawBody, RawPageLimits } from '../../db/repositories/raw-pages.ts';
import type { ReceivedBody } from '../ports.ts';

/** Where nothing else is said: a week of pages, up to half a gigabyte of one source. */
export const DEFAULT_RAW_PAGES: RawPageLimits = { keepDays: 7, maxBytes: 512_000_000 };
/** Larger pages are not kept: they are no product pages. */
const MAX_BODY_BYTES = 4_000_000;
/** The fastest one; the next ones save a few percent of room for half as much time again. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Up to here the work (0.4 ms per 100 kB) is less than what handing it to another thread costs. */
const SYNC_BYTES = 200_000;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** An answer as it is kept, or null when it is too large. */
export async function packBody({ url, contentType, bytes }: ReceivedBody, hash: string): Promise<RawBody | null> {
  if (bytes.length > MAX_BODY_BYTES) return null;
  return {
    url,
    contentType,
    hash,
    body: bytes.length <= SYNC_BYTES ? zstdCompressSync(bytes, LEVEL) : await compress(bytes, LEVEL),
  };
}

/** The answer that was kept. @throws when it is damaged */
export async function unpackBody({ url, contentType, body }: RawBody): Promise<ReceivedBody> {
  return { url, contentType, bytes: await decompress(body, { maxOutputLength: MAX_BODY_BYTES }) };
}
