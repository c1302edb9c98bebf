import { createHmac, pbkdf2 as pbkdf2WithCallback } from 'node:crypto';
import { promisify } from 'node:util';
import { sha256, xor } from './hashes.ts';
import { DH_GENERATOR, DH_PRIME, powerModulo, randomExponent, toFixedBytes, toNumber } from './numbers.ts';

const pbkdf2 = promisify(pbkdf2WithCallback);
const ITERATIONS = 100_000;

const P = toFixedBytes(DH_PRIME, 256);
const G = toFixedBytes(DH_GENERATOR, 256);
const MULTIPLIER = toNumber(sha256(P, G));

/** What a server keeps of a password. */
export interface PasswordRecord {
  readonly salt1: Buffer;
  readonly salt2: Buffer;
  /** g to the power of the password's hash. */
  readonly verifier: bigint;
}

const salted = (data: Uint8Array, salt: Uint8Array): Buffer => sha256(salt, data, salt);

/** Always the same for the same password and secret; takes some 0.1 s of another thread. */
export async function passwordRecord(password: string, secret: string): Promise<PasswordRecord> {
  const salt = (name: string) => createHmac('sha256', secret).update(`${name} ${password}`).digest();
  const [salt1, salt2] = [salt('salt1'), salt('salt2').subarray(0, 16)];
  const inner = salted(salted(Buffer.from(password, 'utf8'), salt1), salt2);
  const hash = salted(await pbkdf2(inner, salt1, ITERATIONS, 64, 'sha512'), salt2);
  return { salt1, salt2, verifier: powerModulo(DH_GENERATOR, toNumber(hash), DH_PRIME) };
}

/** One proof of a password: SRP 6a with Telegram's hashes. */
export class SrpSession {
  readonly #record: PasswordRecord;
  readonly #exponent = randomExponent();
  /** 256 bytes for the client. */
  readonly publicB: Buffer;

  constructor(record: PasswordRecord) {
    this.#record = record;
    const mixed = MULTIPLIER * record.verifier + powerModulo(DH_GENERATOR, this.#exponent, DH_PRIME);
    this.publicB = toFixedBytes(mixed % DH_PRIME, 256);
  }

  get algorithm() {
    return {
      _: 'passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow',
      salt1: this.#record.salt1,
      salt2: this.#record.salt2,
      g: Number(DH_GENERATOR),
      p: P,
    };
  }

  /** Whether the client, who sent A and M1, knows the password. */
  proves(publicA: Buffer, proof: Buffer): boolean {
    const a = toNumber(publicA);
    if (a % DH_PRIME === 0n || publicA.length > 256) return false;
    const paddedA = toFixedBytes(a, 256);
    const scramble = toNumber(sha256(paddedA, this.publicB));
    const base = (a * powerModulo(this.#record.verifier, scramble, DH_PRIME)) % DH_PRIME;
    const shared = sha256(toFixedBytes(powerModulo(base, this.#exponent, DH_PRIME), 256));
    const { salt1, salt2 } = this.#record;
    const head = xor(sha256(P), sha256(G));
    return sha256(head, sha256(salt1), sha256(salt2), paddedA, this.publicB, shared).equals(proof);
  }
}
