import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Key (32 bytes) and initialization vector (32 bytes) of AES-256-IGE. */
export interface IgeKey {
  readonly key: Buffer;
  readonly iv: Buffer;
}

const BLOCK = 16;

interface BlockCipher {
  update(block: Buffer): Buffer;
  setAutoPadding(on: boolean): unknown;
}

/** AES-256 in infinite garble extension mode; the data is a whole number of 16-byte blocks. */
export function igeEncrypt(data: Buffer, { key, iv }: IgeKey): Buffer {
  return run(data, createCipheriv('aes-256-ecb', key, null), {
    before: iv.subarray(0, 16),
    after: iv.subarray(16, 32),
  });
}

/** The reverse of `igeEncrypt`. */
export function igeDecrypt(data: Buffer, { key, iv }: IgeKey): Buffer {
  return run(data, createDecipheriv('aes-256-ecb', key, null), {
    before: iv.subarray(16, 32),
    after: iv.subarray(0, 16),
  });
}

/** Each block is mixed before the cipher with the last output, after it with the last input. */
function run(data: Buffer, cipher: BlockCipher, start: { readonly before: Buffer; readonly after: Buffer }): Buffer {
  if (data.length % BLOCK !== 0) throw new RangeError(`${data.length} bytes are no whole number of blocks`);
  cipher.setAutoPadding(false);
  const out = Buffer.alloc(data.length);
  let { before, after } = start;
  const mixed = Buffer.alloc(BLOCK);
  for (let offset = 0; offset < data.length; offset += BLOCK) {
    const block = data.subarray(offset, offset + BLOCK);
    mix(mixed, block, before);
    const result = out.subarray(offset, offset + BLOCK);
    mix(result, cipher.update(mixed), after);
    before = result;
    after = block;
  }
  return out;
}

function mix(target: Buffer, a: Buffer, b: Buffer): void {
  for (let index = 0; index < BLOCK; index += 4) {
    target.writeInt32LE(a.readInt32LE(index) ^ b.readInt32LE(index), index);
  }
}
