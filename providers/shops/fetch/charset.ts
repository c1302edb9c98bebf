import { isUtf8 } from 'node:buffer';
import { detect } from 'chardet';
import { declaredEncoding } from './declared-encoding.ts';

/** Bytes that the statistical guess looks at. */
const GUESS_BYTES = 65_536;
const SINGLE_BYTE = /^(?:windows-|iso-8859-|koi8-|ibm866|macintosh|x-mac-)/i;

export interface DecodedText {
  readonly text: string;
  /** WHATWG name, lower case. */
  readonly encoding: string;
}

/** The charset parameter of a Content-Type. */
function charsetOf(contentType: string | null): string | undefined {
  return /;\s*charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1];
}

/** Whether more characters beyond ASCII are broken than whole: then a UTF-8 label is a lie, not a slip. */
function isMostlyBroken(bytes: Buffer): boolean {
  let broken = 0;
  let whole = 0;
  for (const char of bytes.toString('utf8')) {
    if (char === '\uFFFD') broken += 1;
    else if (char > '\u007F') whole += 1;
  }
  return broken > whole;
}

/** Whether the bytes hold several multi-byte characters and all are valid: no text of a single-byte encoding does. */
function isSurelyUtf8(bytes: Buffer): boolean {
  if (!isUtf8(bytes)) return false;
  let beyondAscii = 0;
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    beyondAscii += 1;
    if (beyondAscii >= 6) return true;
  }
  return false;
}

function guess(bytes: Buffer): string {
  if (isUtf8(bytes)) return 'utf-8';
  return detect(bytes.subarray(0, GUESS_BYTES))?.toLowerCase() ?? 'windows-1252';
}

/** The declared encoding where the bytes do not prove it wrong. */
function encodingOf(bytes: Buffer, contentType: string | null): string {
  const label = charsetOf(contentType);
  const declared = declaredEncoding(bytes, label);
  if (declared === 'utf-8') {
    if (isUtf8(bytes) || !isMostlyBroken(bytes)) return declared;
    const byMeta = label === undefined ? null : declaredEncoding(bytes, undefined);
    return byMeta === null || byMeta === 'utf-8' ? guess(bytes) : byMeta;
  }
  if (declared === null) return guess(bytes);
  return SINGLE_BYTE.test(declared) && isSurelyUtf8(bytes) ? 'utf-8' : declared;
}

function decoderFor(encoding: string) {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder('windows-1252');
  }
}

/**
 * Decodes a page: byte order mark, then HTTP header, then meta element (first 1,024 bytes), then UTF-8 if valid, then
 * a statistical guess. Labels that the bytes contradict outright are not believed.
 */
export function decodeText(bytes: Buffer, contentType: string | null): DecodedText {
  const encoding = encodingOf(bytes, contentType);
  if (encoding !== 'utf-8') {
    const decoder = decoderFor(encoding);
    return { text: decoder.decode(bytes), encoding: decoder.encoding };
  }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { text: bytes.toString('utf8', marked ? 3 : 0), encoding };
}
