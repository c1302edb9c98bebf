const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** 16 letters of 56: 92 bits. */
const LENGTH = 16;

/** Key of an invite from random bytes, at least 24: letters that cannot be mistaken for each other. */
export function inviteKey(random: Uint8Array): string {
  // Bytes of 224 and more would make some letters likelier than others.
  const fair = [...random].filter((byte) => byte < 224).slice(0, LENGTH);
  if (fair.length < LENGTH) throw new RangeError('too few random bytes for a key');
  return fair.map((byte) => LETTERS[byte % LETTERS.length] ?? '').join('');
}

/** What a deep link to the bot carries (`/start invite_…`); null = this is no invite. */
export const inviteOf = (startParameter: string): string | null =>
  /^invite_(?<key>\w{8,64})$/.exec(startParameter.trim())?.groups?.['key'] ?? null;

/** The same the other way. */
export const startOfInvite = (key: string): string => `invite_${key}`;
