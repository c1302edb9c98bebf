import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Of a .tgs file, and of the JSON in it, bytes. */
export const MAX_TGS_BYTES = 65_536;
const MAX_JSON_BYTES = 2_000_000;
const OBJECT_BEGINS = 0x7b;
const inflate = promisify(gunzip);

/** The JSON of an animation; null = too large before or after (64 kB, 2 MB), no gzip, or no JSON object. */
export async function inflateTgs(bytes: Buffer): Promise<Buffer | null> {
  if (bytes.length > MAX_TGS_BYTES) return null;
  try {
    const json = await inflate(bytes, { maxOutputLength: MAX_JSON_BYTES });
    return json[0] === OBJECT_BEGINS ? json : null;
  } catch {
    return null;
  }
}
