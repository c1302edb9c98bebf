import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { DomainError } from '../domain/shared/errors.ts';

/** AES-256 keys by id. New payloads use `current`; old ones are read with the key whose id they carry. */
export interface KeyRing {
  readonly current: string;
  /** 32 bytes each. */
  readonly keys: Readonly<Record<string, Uint8Array>>;
}

const ENCODING = Buffer.from('binary/encrypted');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts every payload with AES-256-GCM, so that neither the server nor its database holds it in clear. */
export class EncryptionCodec implements PayloadCodec {
  readonly #ring: KeyRing;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  encode(payloads: Payload[]): Promise<Payload[]> {
    const id = this.#ring.current;
    return Promise.resolve(
      payloads.map((payload) => ({
        metadata: { encoding: ENCODING, 'encryption-key-id': Buffer.from(id) },
        data: this.#seal(this.#key(id), proto.temporal.api.common.v1.Payload.encode(payload).finish()),
      })),
    );
  }

  /**
   * Payloads that are not encrypted pass through.
   * @throws DomainError payload-key-unknown; payload-damaged when one was changed or is cut off
   */
  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads).then((all) => all.map((payload) => this.#decodeOne(payload)));
  }

  #decodeOne(payload: Payload): Payload {
    const { metadata, data } = payload;
    if (!data || Buffer.compare(metadata?.['encoding'] ?? Buffer.alloc(0), ENCODING) !== 0) return payload;
    const key = this.#key(Buffer.from(metadata?.['encryption-key-id'] ?? []).toString());
    try {
      return proto.temporal.api.common.v1.Payload.decode(this.#open(key, data));
    } catch (err) {
      throw new DomainError('payload-damaged', 'an encrypted payload was changed or is cut off', { cause: err });
    }
  }

  #key(id: string): Uint8Array {
    const key = this.#ring.keys[id];
    if (key === undefined)
      throw new DomainError('payload-key-unknown', `there is no payload encryption key «${id}» in the key ring`);
    return key;
  }

  #seal(key: Uint8Array, clear: Uint8Array): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
  }

  #open(key: Uint8Array, sealed: Uint8Array): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}

/** The one data converter of client, workers and tests. */
export const dataConverter = (ring: KeyRing): DataConverter => ({ payloadCodecs: [new EncryptionCodec(ring)] });
