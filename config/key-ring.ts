import type { z } from 'zod';

/** One AES-256 key; its id is stored beside what it encrypted. */
export interface PayloadKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;

function parseKey(entry: string): PayloadKey | string {
  const [id = '', base64 = ''] = entry.trim().split(':', 2);
  if (!/^[\w.-]{1,64}$/.test(id)) return 'each key needs an id of letters, digits, "-", "_" or "." before its ":"';
  const key = Buffer.from(base64, 'base64');
  return key.length === KEY_BYTES ? { id, key } : `key "${id}" must be ${KEY_BYTES} bytes in base64, got ${key.length}`;
}

/** Reads `id:base64,id:base64`: the first key encrypts, all decrypt. Problems go to zod's issues and never quote a key. */
export function parseKeyRing(text: string, context: z.core.$RefinementCtx<string>): readonly PayloadKey[] {
  const parsed = text.split(',').map(parseKey);
  for (const problem of parsed) {
    if (typeof problem === 'string') context.issues.push({ code: 'custom', message: problem, input: undefined });
  }
  const keys = parsed.filter((key) => typeof key !== 'string');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    context.issues.push({ code: 'custom', message: 'two keys have the same id', input: undefined });
  }
  return keys;
}

/** The same on every machine, so that a developer's histories stay readable; production refuses to start with it. */
export const DEVELOPMENT_KEYS: readonly PayloadKey[] = [
  { id: 'development', key: new TextEncoder().encode('gifty-development-key-not-secret') },
];
