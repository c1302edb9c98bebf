import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}
/** OWASP's least for argon2id: 19 MiB, two passes; about 40 ms on a small machine. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
/** The same password typed on two systems may arrive in two forms. */
const message = (password: string): Buffer => Buffer.from(password.normalize('NFKC'));

/** The password as a PHC string, e.g. `$argon2id$v=19$m=19456,t=2,p=1$…$…`: it holds its own parameters. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES);
  const hash = await derive('argon2id', { ...COST, message: message(password), nonce, tagLength: HASH_BYTES });
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(hash)}`;
}

/** What nobody's password is; it costs the same to refuse. */
const NOBODY = hashPassword(randomBytes(HASH_BYTES).toString('base64'));

export interface Verdict {
  readonly isRight: boolean;
  /** Its hash has other parameters than today's: hash it anew. */
  readonly isStale: boolean;
}

/** Compares a password with its PHC string; null = there is no such user, which takes as long. */
export async function verifyPassword(password: string, stored: string | null): Promise<Verdict> {
  const phc = PHC.exec(stored ?? (await NOBODY));
  if (phc === null) throw new Error('a password hash is not in PHC form');
  const [, memory, passes, parallelism, salt = '', expected = ''] = phc;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const want = Buffer.from(expected, 'base64');
  const nonce = Buffer.from(salt, 'base64');
  const hash = await derive('argon2id', { ...cost, message: message(password), nonce, tagLength: want.length });
  const isRight = timingSafeEqual(hash, want) && stored !== null;
  return { isRight, isStale: JSON.stringify(cost) !== JSON.stringify(COST) };
}
