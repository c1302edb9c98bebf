/** A JSON object whose keys were not checked. */
export type JsonRecord = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 40;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a value is a plain JSON object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON array as unknowns, a single value as an array of one, null and undefined as none. */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/**
 * Parses JSON as pages really write it: comments, trailing commas, raw control characters, CDATA and HTML entities are
 * repaired. Returns undefined when it stays unreadable or nests deeper than 40. Keys that reach a prototype are dropped.
 */
export function parseLenientJson(text: string): unknown {
  const trimmed = unwrap(text);
  if (trimmed === '' || depthOf(trimmed) > MAX_DEPTH) return undefined;
  const parsed = tryParse(trimmed) ?? tryParse(repair(trimmed)) ?? entityDecoded(trimmed);
  if (parsed === undefined) return undefined;
  return /__proto__|constructor|prototype/.test(trimmed) ? withoutForbiddenKeys(parsed.value) : parsed.value;
}

function entityDecoded(text: string): { readonly value: unknown } | undefined {
  if (!text.includes('&quot;') && !text.includes('&#34;')) return undefined;
  return tryParse(repair(text.replace(/&(?:quot|#34|#x22);/gi, '"').replace(/&amp;/gi, '&')));
}

function tryParse(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return undefined;
  }
}

function unwrap(text: string): string {
  let body = text.trim();
  if (body.startsWith('<!--') && body.endsWith('-->') && !body.includes('-->\n')) body = body.slice(4, -3).trim();
  if (body.startsWith('//<![CDATA[')) body = body.slice(11).trim();
  else if (body.startsWith('<![CDATA[')) body = body.slice(9).trim();
  if (body.endsWith(']]>')) body = body.slice(0, -3).trim();
  if (body.endsWith('//')) body = body.slice(0, -2).trim();
  return body.endsWith(';') ? body.slice(0, -1) : body;
}

/** Greatest nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = stringEnd(text, at);
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}

/** Index of the quote that closes the string opened at `open`, or the text's end. */
function stringEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at;
  }
  return text.length;
}

/** Text without comments and trailing commas outside strings, with control characters inside strings escaped. */
function repair(text: string): string {
  const out: string[] = [];
  let at = 0;
  while (at < text.length) {
    const next = skipped(text, at);
    if (next > at) {
      at = next;
    } else if (text[at] === '"') {
      const end = stringEnd(text, at);
      out.push(repairedString(text.slice(at, end + 1)));
      at = end + 1;
    } else {
      if (text[at] === '}' || text[at] === ']') dropTrailingComma(out);
      out.push(text.charAt(at));
      at += 1;
    }
  }
  return out.join('');
}

/** Where the comment that starts at `at` ends, or `at` when none starts there. */
function skipped(text: string, at: number): number {
  if (text.startsWith('//', at)) return endOr(text.indexOf('\n', at), text.length, 0);
  if (text.startsWith('/*', at)) return endOr(text.indexOf('*/', at), text.length, 2);
  if (text.startsWith('<!--', at)) return endOr(text.indexOf('-->', at), text.length, 3);
  return at;
}

function endOr(found: number, length: number, add: number): number {
  return found < 0 ? length : found + add;
}

function dropTrailingComma(out: string[]): void {
  for (let at = out.length - 1; at >= 0; at -= 1) {
    const piece = out[at] ?? '';
    if (piece.trim() === '') continue;
    if (piece === ',') out.splice(at, 1);
    return;
  }
}

function repairedString(literal: string): string {
  return literal
    .replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\\(?!["\\/bfnrtu])/g, '\\\\')
    .replace(/\\u(?![0-9a-fA-F]{4})/g, '\\\\u');
}

function withoutForbiddenKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutForbiddenKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !FORBIDDEN_KEYS.has(key))
      .map(([key, inner]) => [key, withoutForbiddenKeys(inner)]),
  );
}
