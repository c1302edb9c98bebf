import { generatePrimeSync, randomBytes } from 'node:crypto';
import { sha1 } from '../crypto/hashes.ts';
import { igeDecrypt, igeEncrypt, type IgeKey } from '../crypto/ige.ts';
import { DH_GENERATOR, DH_PRIME, powerModulo, randomExponent, toFixedBytes, toNumber } from '../crypto/numbers.ts';
import { openRsaPadded, type ServerKey } from '../crypto/server-key.ts';
import { TlReader } from '../tl/reader.ts';
import { TlError, bytesField, type TlObject } from '../tl/value.ts';
import { writeObject } from '../tl/writer.ts';

interface Started {
  readonly step: 'started';
  readonly nonce: Buffer;
  readonly serverNonce: Buffer;
  readonly pq: Buffer;
}

interface Offered extends Omit<Started, 'step'> {
  readonly step: 'offered';
  readonly newNonce: Buffer;
  readonly exponent: bigint;
  readonly keys: IgeKey;
}

/** What one plain message of the exchange leads to. */
export interface HandshakeAnswer {
  readonly answer: TlObject;
  /** 256 bytes, once agreed on. */
  readonly authKey?: Buffer;
}

/** The server's half of the key exchange on one connection. */
export class Handshake {
  readonly #serverKey: ServerKey;
  readonly #nowSeconds: () => number;
  #state: Started | Offered | null = null;

  constructor(serverKey: ServerKey, nowSeconds: () => number) {
    this.#serverKey = serverKey;
    this.#nowSeconds = nowSeconds;
  }

  /** @throws Error when the message does not belong here or was changed */
  answer(request: TlObject): HandshakeAnswer {
    switch (request._) {
      case 'mt_req_pq_multi':
        return this.#start(bytesField(request, 'nonce'));
      case 'mt_req_DH_params':
        return this.#offer(request);
      case 'mt_set_client_DH_params':
        return this.#finish(request);
      default:
        throw new TlError(`${request._} is not sent in plain`);
    }
  }

  #start(nonce: Buffer): HandshakeAnswer {
    // Smaller than Telegram's, so that clients spend no time on the factors.
    const [p, q] = [generatePrimeSync(22, { bigint: true }), generatePrimeSync(31, { bigint: true })];
    const pq = toFixedBytes(p * q, 8);
    this.#state = { step: 'started', nonce, serverNonce: randomBytes(16), pq };
    return {
      answer: {
        _: 'mt_resPQ',
        nonce,
        server_nonce: this.#state.serverNonce,
        pq,
        server_public_key_fingerprints: [this.#serverKey.fingerprint],
      },
    };
  }

  #offer(request: TlObject): HandshakeAnswer {
    const state = this.#state;
    if (state?.step !== 'started') throw new TlError('no exchange was started');
    checkNonces(request, state);
    const inner = new TlReader(openRsaPadded(this.#serverKey, bytesField(request, 'encrypted_data'))).object();
    checkNonces(inner, state);
    checkFactors(inner, state.pq);
    const newNonce = bytesField(inner, 'new_nonce');
    const keys = temporaryKeys(newNonce, state.serverNonce);
    const exponent = randomExponent();
    this.#state = { ...state, step: 'offered', newNonce, keys, exponent };
    return {
      answer: {
        _: 'mt_server_DH_params_ok',
        nonce: state.nonce,
        server_nonce: state.serverNonce,
        encrypted_answer: igeEncrypt(withHash(this.#parameters(state, exponent)), keys),
      },
    };
  }

  #parameters(state: Started, exponent: bigint): Buffer {
    return writeObject({
      _: 'mt_server_DH_inner_data',
      nonce: state.nonce,
      server_nonce: state.serverNonce,
      g: Number(DH_GENERATOR),
      dh_prime: toFixedBytes(DH_PRIME, 256),
      g_a: toFixedBytes(powerModulo(DH_GENERATOR, exponent, DH_PRIME), 256),
      server_time: this.#nowSeconds(),
    });
  }

  #finish(request: TlObject): HandshakeAnswer {
    const state = this.#state;
    if (state?.step !== 'offered') throw new TlError('no parameters were offered');
    checkNonces(request, state);
    this.#state = null;
    const inner = openHashed(igeDecrypt(bytesField(request, 'encrypted_data'), state.keys));
    checkNonces(inner, state);
    const shared = powerModulo(toNumber(bytesField(inner, 'g_b')), state.exponent, DH_PRIME);
    const authKey = toFixedBytes(shared, 256);
    // mtcute drops a leading zero byte of the key (1 in 256): both would go on with different keys. It begins anew instead.
    if (authKey.at(0) === 0) return { answer: this.#verdict(state, authKey, { name: 'mt_dh_gen_fail', number: 3 }) };
    return { answer: this.#verdict(state, authKey, { name: 'mt_dh_gen_ok', number: 1 }), authKey };
  }

  #verdict(state: Offered, authKey: Buffer, verdict: { readonly name: string; readonly number: 1 | 3 }): TlObject {
    const hash = sha1(state.newNonce, Buffer.from([verdict.number]), sha1(authKey).subarray(0, 8)).subarray(4, 20);
    return {
      _: verdict.name,
      nonce: state.nonce,
      server_nonce: state.serverNonce,
      [`new_nonce_hash${verdict.number}`]: hash,
    };
  }
}

function checkNonces(message: TlObject, { nonce, serverNonce }: Pick<Started, 'nonce' | 'serverNonce'>): void {
  if (!bytesField(message, 'nonce').equals(nonce)) throw new TlError(`${message._}: another nonce`);
  if (!bytesField(message, 'server_nonce').equals(serverNonce)) throw new TlError(`${message._}: another server nonce`);
}

function checkFactors(inner: TlObject, pq: Buffer): void {
  const [p, q] = [toNumber(bytesField(inner, 'p')), toNumber(bytesField(inner, 'q'))];
  if (p >= q || p <= 1n || p * q !== toNumber(pq)) throw new TlError('p and q are not the factors of pq');
}

function temporaryKeys(newNonce: Buffer, serverNonce: Buffer): IgeKey {
  const [a, b] = [sha1(newNonce, serverNonce), sha1(serverNonce, newNonce)];
  return {
    key: Buffer.concat([a, b.subarray(0, 12)]),
    iv: Buffer.concat([b.subarray(12), sha1(newNonce, newNonce), newNonce.subarray(0, 4)]),
  };
}

/** SHA-1 of the data, the data, zeros up to a whole block. */
function withHash(data: Buffer): Buffer {
  const bare = Buffer.concat([sha1(data), data]);
  return Buffer.concat([bare, randomBytes((16 - (bare.length % 16)) % 16)]);
}

function openHashed(bytes: Buffer): TlObject {
  const reader = new TlReader(bytes.subarray(20));
  const inner = reader.object();
  if (!sha1(bytes.subarray(20, 20 + reader.offset)).equals(bytes.subarray(0, 20))) throw new TlError('another hash');
  return inner;
}
