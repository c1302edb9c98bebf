import { isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';

const ENTITY = /&(?:#(\d{1,7}|[xX][\da-fA-F]{1,6});?|([a-zA-Z][a-zA-Z\d]{1,30});?)/g;
/** Names that browsers read in texts without a semicolon, of those that shops use. */
const BARE = new Set(['amp', 'lt', 'gt', 'quot', 'nbsp', 'copy', 'reg', 'AMP', 'LT', 'GT', 'QUOT']);
const MAX_KNOWN = 2_500;
const known = new Map<string, string>();

/** Text with its character references replaced, as a browser shows it. */
export function decodeText(text: string): string {
  return text.includes('&') ? replaceEntities(text, true) : text;
}

/** The same for an attribute's value, where a name needs its semicolon: `?a=1&copy=2` is an address. */
export function decodeAttribute(text: string): string {
  return text.includes('&') ? replaceEntities(text, false) : text;
}

function replaceEntities(text: string, isText: boolean): string {
  return text.replace(ENTITY, (whole: string, code: string | undefined, name: string | undefined) => {
    if (code !== undefined) return characterOf(code);
    const isNamed = name !== undefined && (whole.endsWith(';') || (isText && BARE.has(name)));
    return (isNamed ? named(name) : undefined) ?? whole;
  });
}

/** Codes 128 to 159 mean windows-1252, and what is no character becomes U+FFFD. */
function characterOf(code: string): string {
  const point = /^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code);
  if (point >= 0x80 && point <= 0x9f) return new TextDecoder('windows-1252').decode(Uint8Array.of(point));
  const isCharacter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : '\ufffd';
}

/** What a name stands for, worked out once by the library that knows all 2,231 of them; undefined for no name. */
function named(name: string): string | undefined {
  let character = known.get(name);
  if (character === undefined) {
    const [node] = parseDocument(`&${name};`).children;
    character = node !== undefined && isText(node) ? node.data : '';
    if (known.size < MAX_KNOWN) known.set(name, character);
  }
  return character === `&${name};` ? undefined : character;
}
