import { DomainError } from '../shared/errors.ts';

/** What a pressed button says: an action such as `reminder.done` and what it is about. */
export interface ButtonPress {
  readonly action: string;
  readonly args: readonly string[];
}

/** Telegram's limit for `callback_data`, bytes; MAX allows more. */
const MAX_BYTES = 64;

/** Data of a button. @throws DomainError button-too-long over 64 bytes of UTF-8 */
export function buttonData(action: string, ...args: readonly string[]): string {
  const data = [action, ...args].join('|');
  if (new TextEncoder().encode(data).length > MAX_BYTES)
    throw new DomainError('button-too-long', `a button of over ${MAX_BYTES} bytes: ${data}`);
  return data;
}

/** Reads what `buttonData` wrote. */
export function readButton(data: string): ButtonPress {
  const [action = '', ...args] = data.split('|');
  return { action, args };
}

/** A UUID in 22 characters instead of 36. */
export function shortId(id: string): string {
  const bytes = Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The UUID that `shortId` shortened; null = this is none. */
export function longId(short: string): string | null {
  if (!/^[\w-]{22}$/.test(short)) return null;
  const hex = Array.from(atob(short.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
    char.charCodeAt(0).toString(16).padStart(2, '0'),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
