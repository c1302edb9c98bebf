/** How long data that a messenger signed is believed, and how far its clock may be ahead, ms. */
const LIFE_MS = 3_600_000;
const AHEAD_MS = 60_000;

/** Data with a messenger's signature, taken apart. */
export interface SignedData {
  /** What the messenger signed: `name=value` lines in the order of names, without the signature. */
  readonly text: string;
  /** The signature, hex as it came. */
  readonly hash: string;
  /** When it was signed, epoch ms. */
  readonly signedAt: number;
  /** Id of the person in the messenger, decimal. */
  readonly userId: string;
}

/** Takes apart the fields of Telegram's login widget; null when they are not such. */
export function readWidget(fields: Readonly<Record<string, string | number>>): SignedData | null {
  const entries = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
  return signedData(entries, String(fields['id'] ?? ''));
}

/**
 * Takes apart `initData` of a Mini App (Telegram and MAX have the same form); null when it is not such.
 * @param entries  the decoded pairs of the query string
 */
export function readInitData(entries: readonly (readonly [string, string])[]): SignedData | null {
  if (new Set(entries.map(([name]) => name)).size < entries.length) return null;
  return signedData(entries, idIn(entries.find(([name]) => name === 'user')?.[1] ?? ''));
}

function signedData(entries: readonly (readonly [string, string])[], userId: string): SignedData | null {
  const known = new Map(entries);
  const hash = known.get('hash') ?? '';
  const seconds = Number(known.get('auth_date'));
  if (!/^[0-9a-f]{64}$/i.test(hash) || !Number.isSafeInteger(seconds) || !/^[1-9]\d{0,18}$/.test(userId)) return null;
  const lines = entries.filter(([name]) => name !== 'hash').map(([name, value]) => `${name}=${value}`);
  return { text: lines.sort(byCodeUnits).join('\n'), hash: hash.toLowerCase(), signedAt: seconds * 1000, userId };
}

const byCodeUnits = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function idIn(json: string): string {
  try {
    const user: unknown = JSON.parse(json);
    const id: unknown = typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined;
    return Number.isSafeInteger(id) ? String(id) : '';
  } catch {
    return '';
  }
}

/** True while signed data is believed: an old copy of it is worth nothing. */
export const isFresh = ({ signedAt }: SignedData, now: number): boolean =>
  signedAt <= now + AHEAD_MS && now - signedAt <= LIFE_MS;
