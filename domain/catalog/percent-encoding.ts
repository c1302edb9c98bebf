const UNRESERVED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';

/** Characters that never need an escape (RFC 3986, 2.3). */
export const UNRESERVED_SAFE: ReadonlySet<string> = new Set(UNRESERVED);
/** Safe in a user name or password under the RFCs and the WHATWG standard alike. */
export const USERINFO_SAFE: ReadonlySet<string> = new Set(`${UNRESERVED}!$&'()*+,`);
/** Safe in a path under RFC 3986, RFC 2396 and the WHATWG standard alike; `%` stays, so escapes are not escaped twice. */
export const PATH_SAFE: ReadonlySet<string> = new Set(`${UNRESERVED}:/?@!$&'()*+,;=%`);
/** The same for the query of http, https, ftp and ws URLs. */
export const SPECIAL_QUERY_SAFE: ReadonlySet<string> = new Set([...PATH_SAFE].filter((char) => char !== "'"));

/** Bytes as a string of code units 0..255: compares and sorts as bytes do. */
export type ByteString = string;

const utf8 = new TextEncoder();

/** UTF-8 bytes of a text. */
export function utf8Bytes(text: string): ByteString {
  if (/^\p{ASCII}*$/u.test(text)) return text;
  return Array.from(utf8.encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/**
 * Bytes of a text in a single-byte encoding, UTF-8 where the encoding is unknown, is multi-byte or lacks a character.
 * `encoding` is a WHATWG label, except that iso-8859-1 means itself and not windows-1252.
 */
export function encodedBytes(text: string, encoding = 'utf-8'): ByteString {
  if (/^\p{ASCII}*$/u.test(text)) return text;
  const table = byteTable(encoding.toLowerCase());
  if (table === null) return utf8Bytes(text);
  const bytes = Array.from(text, (char) => table.get(char));
  return bytes.includes(undefined) ? utf8Bytes(text) : bytes.join('');
}

function byteTable(label: string): ReadonlyMap<string, string> | null {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  if (/^(iso-?8859-1|latin-?1)$/.test(label)) {
    return new Map(bytes.map((byte) => [String.fromCharCode(byte), String.fromCharCode(byte)]));
  }
  try {
    const decoder = new TextDecoder(label);
    const chars = bytes.map((byte) => decoder.decode(Uint8Array.of(byte)));
    if (/^utf|^(gb|big5|euc|shift|iso-2022)/.test(decoder.encoding)) return null;
    return new Map(bytes.map((byte) => [chars[byte] ?? '', String.fromCharCode(byte)]));
  } catch {
    return null;
  }
}

const escapeByte = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Escapes every byte that is not in `safe`. */
export function percentEncode(bytes: ByteString, safe: ReadonlySet<string>): string {
  let out = '';
  for (let index = 0; index < bytes.length; index += 1) {
    const char = bytes.charAt(index);
    out += safe.has(char) ? char : escapeByte(bytes.charCodeAt(index));
  }
  return out;
}

/** Turns escapes into bytes; a `%` without two hex digits stays. */
export function percentDecode(bytes: ByteString): ByteString {
  return bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Writes escapes in upper case and undoes those of characters in `plain`. */
export function normalizeEscapes(text: string, plain: ReadonlySet<string>): string {
  return text.replace(/%([0-9a-f]{2})/gi, (escaped, hex: string) => {
    const char = String.fromCharCode(parseInt(hex, 16));
    return plain.has(char) ? char : escaped.toUpperCase();
  });
}

/** Reads bytes as UTF-8 text, with U+FFFD for what is none. */
export function utf8Text(bytes: ByteString): string {
  if (/^\p{ASCII}*$/u.test(bytes)) return bytes;
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}
