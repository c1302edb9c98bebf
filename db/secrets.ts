import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { DomainError } from '../domain/shared/errors.ts';

/** AES-256 keys by id, the same ring as the payload codec's: `current` seals, all open. */
export interface SecretKeys {
  readonly current: string;
  /** 32 bytes each. */
  readonly keys: Readonly<Record<string, Uint8Array>>;
}

/** Seals what may not lie in the database in clear. */
export interface SecretBox {
  /**
   * The text encrypted with the current key.
   * @param context  what it belongs to, e.g. `telegram_account.session:<id>`; opening needs the same
   */
  seal(text: string, context: string): string;
  /**
   * The text again; never anything but what was sealed under this context.
   * @throws DomainError secret-key-unknown when the ring lacks its key; secret-damaged when the key, the context or the bytes are not those it was sealed with
   */
  open(sealed: string, context: string): string;
  /** The same short text for the same text and context, which nobody without the current key can make: for comparing, not for opening. */
  fingerprint(text: string, context: string): string;
  /** What every text sealed with the current key begins with; others are to be sealed anew. */
  readonly freshPrefix: string;
}

const FORMAT = 'gcm1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A box over a key ring; a sealed text is `gcm1:<key id>:<base64url of nonce, ciphertext, tag>` (AES-256-GCM). */
export function createSecretBox({ current, keys }: SecretKeys): SecretBox {
  const keyOf = (id: string): Uint8Array => {
    const key = Object.hasOwn(keys, id) ? keys[id] : undefined;
    if (key === undefined) throw new DomainError('secret-key-unknown', `there is no key «${id}» in the key ring`);
    return key;
  };
  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(current), nonce).setAAD(Buffer.from(context));
      const bytes = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${FORMAT}:${current}:${bytes.toString('base64url')}`;
    },
    open(sealed, context) {
      const { keyId, bytes } = parse(sealed);
      const key = keyOf(keyId);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        }).setAAD(Buffer.from(context));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString();
      } catch (cause) {
        throw new DomainError('secret-damaged', `a secret (${kindOf(context)}) does not open with key «${keyId}»`, {
          cause,
        });
      }
    },
    fingerprint: (text, context) => createHmac('sha256', keyOf(current)).update(`${context}\n${text}`).digest('hex'),
    freshPrefix: `${FORMAT}:${current}:`,
  };
}

/** The context without the id: what an error may say. */
const kindOf = (context: string): string => context.split(':', 1)[0] ?? '';

function parse(sealed: string): { readonly keyId: string; readonly bytes: Buffer } {
  const [format, keyId, text, ...rest] = sealed.split(':');
  const bytes = Buffer.from(text ?? '', 'base64url');
  if (format !== FORMAT || keyId === undefined || rest.length > 0 || bytes.length < NONCE_BYTES + TAG_BYTES)
    throw new DomainError('secret-damaged', 'a secret is not in the form in which secrets are sealed');
  return { keyId, bytes };
}
