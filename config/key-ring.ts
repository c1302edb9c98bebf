import type { z } from 'zod';

/** AES-256 keys by id; the same shape as the payload codec's ring. */
export interface KeyRing {
  /** Id of the key that encrypts; all others only decrypt. */
  readonly current: string;
  /** 32 bytes each. */
  readonly keys: Readonly<Record<string, Uint8Array>>;
}

const KEY_BYTES = 32;

function parseKey(entry: string): readonly [id: string, key: Uint8Array] | string {
  const [id = '', base64 = ''] = entry.trim().split(':', 2);
  if (!/^[\w.-]{1,64}$/.test(id)) return 'each key needs an id of letters, digits, "-", "_" or "." before its ":"';
  const key = Buffer.from(base64, 'base64');
  return key.length === KEY_BYTES ? [id, key] : `key "${id}" must be ${KEY_BYTES} bytes in base64, got ${key.length}`;
}

/** Reads `id:base64,id:base64`: the first key encrypts, all decrypt. Problems go to zod's issues and never quote a key. */
export function parseKeyRing(text: string, context: z.core.$RefinementCtx<string>): KeyRing {
  const refuse = (message: string): void => {
    context.issues.push({ code: 'custom', message, input: undefined });
  };
  const parsed = text.split(',').map(parseKey);
  for (const problem of parsed) if (typeof problem === 'string') refuse(problem);
  const entries = parsed.filter((key) => typeof key !== 'string');
  if (new Set(entries.map(([id]) => id)).size < entries.length) refuse('two keys have the same id');
  return { current: entries[0]?.[0] ?? '', keys: Object.fromEntries(entries) };
}

/** The same on every machine, so that a developer's histories stay readable; production refuses to start with it. */
export const DEVELOPMENT_KEYS: KeyRing = {
  current: 'development',
  keys: { development: new TextEncoder().encode('gifty-development-key-not-secret') },
};
