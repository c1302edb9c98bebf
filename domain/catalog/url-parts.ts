/** The five parts of a URL reference (RFC 3986, appendix B); an absent part is null, the scheme is lower case. */
export interface UrlParts {
  readonly scheme: string | null;
  readonly authority: string | null;
  readonly path: string;
  readonly query: string | null;
  readonly fragment: string | null;
}

/** The parts of an authority; the host is lower case, null where the authority has none. */
export interface Authority {
  readonly username: string | null;
  readonly password: string | null;
  readonly host: string | null;
  readonly port: string | null;
}

/** Schemes that the WHATWG URL standard treats specially. */
export const SPECIAL_SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'ftp', 'ws', 'wss', 'file']);

/** Does what a browser does before it parses: trims control characters and spaces, drops tabs and line ends. */
export function stripUrl(url: string): string {
  let start = 0;
  let end = url.length;
  while (start < end && url.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && url.charCodeAt(end - 1) <= 0x20) end -= 1;
  return url.slice(start, end).replace(/[\t\r\n]/g, '');
}

/** Reads backslashes before the query as slashes, as browsers do in http and the other special schemes. */
export function straightenSlashes(url: string): string {
  return url.replace(/^[^?#]+/, (head) => head.replaceAll('\\', '/'));
}

/** Splits an absolute or relative URL without checking, escaping or resolving it; `joinUrl` is the reverse. */
export function splitUrl(url: string): UrlParts {
  const named = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(url)?.[0].toLowerCase() ?? null;
  const text = named !== null && SPECIAL_SCHEMES.has(named) ? straightenSlashes(url) : url;
  const match = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(text) ?? [];
  const [, authority = null, path = '', query = null, fragment = null] = match;
  return { scheme: named, authority, path, query, fragment };
}

/** Joins the parts again; an empty query or fragment is left out with its mark. */
export function joinUrl({ scheme, authority, path, query, fragment }: UrlParts): string {
  const start = `${scheme === null ? '' : `${scheme}:`}${authority === null ? '' : `//${authority}`}`;
  const slash = authority !== null && path !== '' && !path.startsWith('/') ? '/' : '';
  return `${start}${slash}${path}${query ? `?${query}` : ''}${fragment ? `#${fragment}` : ''}`;
}

/** Splits `user:password@host:port`; an empty port counts as none. */
export function splitAuthority(authority: string): Authority {
  const at = authority.lastIndexOf('@');
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority.slice(at + 1)) ?? [];
  return {
    ...splitUserinfo(at < 0 ? null : authority.slice(0, at)),
    host: host === '' ? null : host.toLowerCase(),
    port: port === '' ? null : port,
  };
}

function splitUserinfo(userinfo: string | null): Pick<Authority, 'username' | 'password'> {
  const colon = userinfo?.indexOf(':') ?? -1;
  if (userinfo === null || colon < 0) return { username: userinfo, password: null };
  return { username: userinfo.slice(0, colon), password: userinfo.slice(colon + 1) };
}

/**
 * A host as the DNS knows it (punycode); ASCII hosts are only lower-cased.
 * A name that is no domain (an empty label, a label over 63 octets, forbidden characters) comes back as it was.
 */
export function asciiHost(host: string): string {
  const lower = host.toLowerCase();
  if (/^\p{ASCII}*$/u.test(lower)) return lower;
  if (/^[.。]|[.。]{2}/u.test(lower)) return lower;
  const url = URL.parse(`http://${lower}/`);
  const ascii = url?.hostname ?? lower;
  return ascii.split('.').some((label) => label.length > 63) ? lower : ascii;
}
