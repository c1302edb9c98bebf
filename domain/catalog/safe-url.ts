import {
  encodedBytes,
  PATH_SAFE,
  percentDecode,
  percentEncode,
  SPECIAL_QUERY_SAFE,
  USERINFO_SAFE,
  utf8Bytes,
} from './percent-encoding.ts';
import { asciiHost, joinUrl, SPECIAL_SCHEMES, splitAuthority, splitUrl, stripUrl, type UrlParts } from './url-parts.ts';

/** Encodings are WHATWG labels; the default is UTF-8, which a query falls back to where its encoding lacks a character. */
export interface SafeUrlOptions {
  /** Of the page that held the link: a browser writes the query of a link in the page's encoding. */
  readonly queryEncoding?: string | undefined;
  readonly pathEncoding?: string | undefined;
  /** Leaves the path as it is. */
  readonly keepPath?: boolean;
}

const safeUserinfo = (text: string): string => percentEncode(percentDecode(utf8Bytes(text)), USERINFO_SAFE);

function safeAuthority(authority: string): string {
  const { username, password, host, port } = splitAuthority(authority);
  const user = username === null ? '' : safeUserinfo(username);
  const secret = password === null ? '' : `:${safeUserinfo(password)}`;
  const at = username === null ? '' : '@';
  return `${user}${secret}${at}${host === null ? '' : asciiHost(host)}${port === null ? '' : `:${port}`}`;
}

/** The parts of a URL with everything escaped that browsers or servers would not take as it is; escapes stay. */
export function safeUrlParts(url: string, options: SafeUrlOptions = {}): UrlParts {
  const { scheme, authority, path, query, fragment } = splitUrl(stripUrl(url));
  const querySafe = scheme !== null && SPECIAL_SCHEMES.has(scheme) ? SPECIAL_QUERY_SAFE : PATH_SAFE;
  return {
    scheme,
    authority: authority === null ? null : safeAuthority(authority),
    path: options.keepPath === true ? path : percentEncode(encodedBytes(path, options.pathEncoding), PATH_SAFE),
    query: query === null ? null : percentEncode(encodedBytes(query, options.queryEncoding), querySafe),
    fragment: fragment === null ? null : percentEncode(encodedBytes(fragment, options.queryEncoding), PATH_SAFE),
  };
}

/** A URL that browsers and servers read alike: punycode host, escapes where needed; nothing is dropped or reordered. */
export function safeUrl(url: string, options: SafeUrlOptions = {}): string {
  return joinUrl(safeUrlParts(url, options));
}
