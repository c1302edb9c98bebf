import {
  percentDecode,
  percentEncode,
  UNRESERVED_SAFE,
  utf8Bytes,
  utf8Text,
  type ByteString,
} from './percent-encoding.ts';
import { joinUrl, splitUrl } from './url-parts.ts';

/** One decoded `name=value` of a query, as bytes; `value` is null where there was no `=`. */
export interface QueryPair {
  readonly name: ByteString;
  readonly value: ByteString | null;
}

/** Reads a query as HTML forms write it (`+` is a space); empty pieces are skipped. */
export function parseQuery(query: string, separator: string | RegExp = '&'): readonly QueryPair[] {
  return query.split(separator).filter(Boolean).map(parsePair);
}

function parsePair(piece: string): QueryPair {
  const equals = piece.indexOf('=');
  if (equals < 0) return { name: decodeFormBytes(piece), value: null };
  return { name: decodeFormBytes(piece.slice(0, equals)), value: decodeFormBytes(piece.slice(equals + 1)) };
}

const decodeFormBytes = (text: string): ByteString => percentDecode(utf8Bytes(text).replaceAll('+', ' '));

const encodeFormBytes = (bytes: ByteString): string =>
  bytes
    .split(' ')
    .map((word) => percentEncode(word, UNRESERVED_SAFE))
    .join('+');

/** Writes pairs as HTML forms do; a pair without a value gets no `=`. */
export function formatQuery(pairs: readonly QueryPair[], separator = '&'): string {
  return pairs
    .map(({ name, value }) => encodeFormBytes(name) + (value === null ? '' : `=${encodeFormBytes(value)}`))
    .join(separator);
}

/** Old shops write `a=1;b=2`: a semicolon separates where a name with an equals sign follows. */
const ANY_SEPARATOR = /&|;(?=[^&;=]+=)/;

/** How single parameters are read and written. */
export interface ParameterOptions {
  /** Counts empty values too. */
  readonly keepBlank?: boolean | undefined;
  /** Splits and joins the query; by default `&` and the semicolon of old shops split, and `&` joins. */
  readonly separator?: string | undefined;
}

/** The first non-empty value of a parameter, or null. */
export function queryParameter(url: string, name: string, options: ParameterOptions = {}): string | null {
  const wanted = utf8Bytes(name);
  const pair = parseQuery(splitUrl(url).query ?? '', options.separator ?? ANY_SEPARATOR).find(
    (candidate) => candidate.name === wanted && (options.keepBlank === true || (candidate.value ?? '') !== ''),
  );
  return pair === undefined ? null : utf8Text(pair.value ?? '');
}

/** Sets parameters in place (repeats are dropped), appends the missing ones, and keeps the fragment. */
export function withParameters(
  url: string,
  parameters: Readonly<Record<string, string>>,
  options: ParameterOptions = {},
): string {
  const parts = splitUrl(url);
  const wanted = new Map(Object.entries(parameters).map(([name, value]) => [utf8Bytes(name), utf8Bytes(value)]));
  const seen = new Set<string>();
  const pairs = parseQuery(parts.query ?? '', options.separator ?? ANY_SEPARATOR).flatMap(({ name, value }) => {
    if (!wanted.has(name)) return { name, value: value ?? '' };
    if (seen.has(name)) return [];
    seen.add(name);
    return { name, value: wanted.get(name) ?? '' };
  });
  const missing = Array.from(wanted, ([name, value]) => ({ name, value })).filter(({ name }) => !seen.has(name));
  return joinUrl({ ...parts, query: formatQuery([...pairs, ...missing], options.separator) });
}

/** How `cleanQuery` works; the defaults keep the named parameters, once each, and drop the fragment. */
export interface CleanQueryOptions {
  /** Drops the named parameters and keeps the rest. */
  readonly remove?: boolean;
  readonly keepRepeats?: boolean;
  readonly keepFragment?: boolean;
  readonly separator?: string;
  readonly equals?: string;
}

/** Cuts a text at the first mark; the second half is '' where there is none. */
function cut(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Keeps (or removes) the named parameters, character for character and in their order. */
export function cleanQuery(url: string, names: readonly string[], options: CleanQueryOptions = {}): string {
  const { separator = '&', equals = '=' } = options;
  const [whole, fragment] = cut(url, '#');
  const [base, query] = cut(whole, '?');
  const seen = new Set<string>();
  const kept = query.split(separator).filter((piece) => {
    const [name] = cut(piece, equals);
    if (piece === '' || names.includes(name) === (options.remove ?? false)) return false;
    if (options.keepRepeats !== true && seen.has(name)) return false;
    seen.add(name);
    return true;
  });
  const hash = options.keepFragment === true && fragment !== '' ? `#${fragment}` : '';
  return base + (kept.length === 0 ? '' : `?${kept.join(separator)}`) + hash;
}
