import { userNameKey } from './user-name.ts';

/** Characters that a password must have, and may have at most. */
export const PASSWORD_LENGTH = { least: 12, most: 256 } as const;

export type PasswordProblem = 'too-short' | 'too-long' | 'well-known' | 'is-the-name' | 'too-simple';

/** Parts that well-known long passwords are made of, as lower-case letters and digits. */
const WEAK_PARTS: readonly string[] = [
  'password', 'passw0rd', 'parol', 'пароль', 'qwerty', 'qwertyuiop', 'йцукен', 'asdfgh', 'zxcvbn', 'letmein', 'welcome', 'admin',
  'administrator', 'iloveyou', 'monkey', 'dragon', 'football', 'baseball', 'superman', 'batman', 'master', 'login', 'secret', 'changeme', 'gifty',
  'telegram', 'stargift', '1q2w3e4r5t6y', '1q2w3e4r', 'q1w2e3r4', 'abc', '0123456789', '1234567890', '123456789', '123456', '12345', '1234', '123',
  '111111', '000000', '666666', '777777', '2024', '2025', '2026',
]; // prettier-ignore
const LONGEST_FIRST = WEAK_PARTS.toSorted((left, right) => right.length - left.length);
/** What must be left of a password when its well-known parts are taken out. */
const OWN_CHARACTERS = 4;
const DISTINCT_CHARACTERS = 5;

/** What is wrong with a password of this user, or null. Long is good enough; no rules about kinds of characters (NIST SP 800-63B). */
export function passwordProblem(password: string, name: string): PasswordProblem | null {
  const length = Array.from(password).length;
  if (length < PASSWORD_LENGTH.least) return 'too-short';
  if (length > PASSWORD_LENGTH.most) return 'too-long';
  const key = userNameKey(password);
  if (withoutPart(key, userNameKey(name)).length < OWN_CHARACTERS) return 'is-the-name';
  if (new Set(key).size < DISTINCT_CHARACTERS || isStraight(key)) return 'too-simple';
  return withoutWeakParts(key).length < OWN_CHARACTERS ? 'well-known' : null;
}

const withoutPart = (text: string, part: string): string => (part === '' ? text : text.replaceAll(part, ''));

const withoutWeakParts = (key: string): string =>
  LONGEST_FIRST.reduce(withoutPart, key).replaceAll(/[\p{P}\p{S}\s]/gu, '');

/** Each character follows the one before, as in abcdefghijkl. */
function isStraight(key: string): boolean {
  const codes = Array.from(key, (char) => char.codePointAt(0) ?? 0);
  return [1, -1].some((step) => codes.every((code, at) => at === 0 || code === (codes[at - 1] ?? 0) + step));
}
