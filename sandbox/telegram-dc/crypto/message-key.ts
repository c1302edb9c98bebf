import { randomBytes } from 'node:crypto';
import { sha1, sha256 } from './hashes.ts';
import { igeDecrypt, igeEncrypt, type IgeKey } from './ige.ts';

/** Which half of the auth key a message's keys come from. */
type Direction = 'to-server' | 'to-client';

const OFFSET: Record<Direction, number> = { 'to-server': 0, 'to-client': 8 };

function messageKeys(authKey: Buffer, messageKey: Buffer, direction: Direction): IgeKey {
  const x = OFFSET[direction];
  const a = sha256(messageKey, authKey.subarray(x, x + 36));
  const b = sha256(authKey.subarray(40 + x, 76 + x), messageKey);
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]),
    iv: Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]),
  };
}

function messageKeyOf(authKey: Buffer, plain: Buffer, direction: Direction): Buffer {
  const x = 88 + OFFSET[direction];
  return sha256(authKey.subarray(x, x + 32), plain).subarray(8, 24);
}

/** Eight bytes in hex that name an auth key on the wire. */
export function authKeyId(authKey: Buffer): string {
  return sha1(authKey).subarray(12, 20).toString('hex');
}

/** Plain bytes of one MTProto 2.0 message from a client. @throws Error when its key does not fit */
export function openMessage(authKey: Buffer, packet: Buffer): Buffer {
  const messageKey = packet.subarray(8, 24);
  const plain = igeDecrypt(packet.subarray(24), messageKeys(authKey, messageKey, 'to-server'));
  if (!messageKeyOf(authKey, plain, 'to-server').equals(messageKey)) throw new Error('the message key does not fit');
  return plain;
}

/** One MTProto 2.0 message to a client, padded with 12 to 27 random bytes. */
export function sealMessage(authKey: Buffer, plain: Buffer): Buffer {
  const padded = Buffer.concat([plain, randomBytes(12 + ((16 - ((plain.length + 12) % 16)) % 16))]);
  const messageKey = messageKeyOf(authKey, padded, 'to-client');
  const body = igeEncrypt(padded, messageKeys(authKey, messageKey, 'to-client'));
  return Buffer.concat([Buffer.from(authKeyId(authKey), 'hex'), messageKey, body]);
}
