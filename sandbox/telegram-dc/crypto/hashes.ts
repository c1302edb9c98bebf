import { createHash } from 'node:crypto';

function digest(algorithm: 'sha1' | 'sha256', parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const sha1 = (...parts: Uint8Array[]): Buffer => digest('sha1', parts);
export const sha256 = (...parts: Uint8Array[]): Buffer => digest('sha256', parts);

/** As long as `a`; `b` is at least as long. */
export function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}
