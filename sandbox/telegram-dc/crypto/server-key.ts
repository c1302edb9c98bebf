import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { stringBytes } from '../tl/writer.ts';
import { sha1, sha256, xor } from './hashes.ts';
import { igeDecrypt } from './ige.ts';

/** The datacentre's own RSA key; the private half never leaves it. */
export interface ServerKey {
  /** PKCS#1 PEM; a secret of this sandbox alone. */
  readonly privatePem: string;
  /** PKCS#1 PEM (`RSA PUBLIC KEY`), what a client has to be given. */
  readonly publicPem: string;
  /** Names the key in the exchange. */
  readonly fingerprint: bigint;
}

/** A new key of 2048 bits. */
export function createServerKey(): ServerKey {
  for (;;) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = readServerKey(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
    // mtcute compares fingerprints in hex, and forgets leading zeros on one side only.
    if (key.fingerprint >> 60n !== 0n) return key;
  }
}

/** @throws Error when the PEM is no RSA key */
export function readServerKey(privatePem: string): ServerKey {
  const publicKey = createPublicKey(createPrivateKey(privatePem));
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const parts = [n, e].map((part) => stringBytes(Buffer.from(part, 'base64url')));
  return {
    privatePem,
    publicPem: publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    fingerprint: sha1(...parts).readBigUInt64LE(12),
  };
}

const PADDED_LENGTH = 192;

/** Undoes RSA_PAD: the 192 padded bytes that a client encrypted. @throws Error when they were changed or meant for another key */
export function openRsaPadded({ privatePem }: ServerKey, encrypted: Buffer): Buffer {
  const plain = privateDecrypt({ key: privatePem, padding: constants.RSA_NO_PADDING }, encrypted);
  const body = plain.subarray(32);
  const key = xor(plain.subarray(0, 32), sha256(body));
  const withHash = igeDecrypt(body, { key, iv: Buffer.alloc(32) });
  const data = Buffer.from(withHash.subarray(0, PADDED_LENGTH)).reverse();
  if (!sha256(key, data).equals(withHash.subarray(PADDED_LENGTH))) throw new Error('the padded data was changed');
  return data;
}
