import { normalizeEscapes, PATH_SAFE, UNRESERVED_SAFE } from './percent-encoding.ts';
import { safeUrl, safeUrlParts } from './safe-url.ts';
import { isTrackingParameter } from './tracking-parameters.ts';
import { joinUrl, straightenSlashes } from './url-parts.ts';
import { formatQuery, parseQuery, type QueryPair } from './url-query.ts';

/** What counts as the same URL. */
export interface UrlPolicy {
  readonly keepFragment: boolean;
  /** Whether `a=` and `a` stay in the query. */
  readonly keepBlankValues: boolean;
  /** Writes `a` as `a=`; otherwise it stays as it is. */
  readonly fillBareNames: boolean;
  /** Sorts repeats of a parameter by value; otherwise they keep their order. */
  readonly sortValues: boolean;
  readonly separator: string;
  /** Escaped characters of the path to write plainly. */
  readonly plainInPath: ReadonlySet<string>;
  readonly dropParameter: (name: string) => boolean;
  /** WHATWG label of the query's encoding. */
  readonly queryEncoding?: string | undefined;
}

/** Only spelling: no parameter is dropped. The rules of w3lib, see docs/decisions/0003-canonical-urls.md. */
export const SPELLING_POLICY: UrlPolicy = {
  keepFragment: false,
  keepBlankValues: true,
  fillBareNames: true,
  sortValues: true,
  separator: '&',
  plainInPath: new Set([...PATH_SAFE, '[', ']', '|'].filter((char) => !'/?%'.includes(char))),
  dropParameter: () => false,
};

/** For pages of shops, whose canonical URL is also the one fetched: careful with what could change the answer. */
export const SHOP_POLICY: UrlPolicy = {
  ...SPELLING_POLICY,
  fillBareNames: false,
  sortValues: false,
  plainInPath: UNRESERVED_SAFE,
  dropParameter: isTrackingParameter,
};

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function canonicalQuery(query: string, policy: UrlPolicy): string {
  const pairs = parseQuery(query, policy.separator)
    .filter(({ name, value }) => (policy.keepBlankValues || (value ?? '') !== '') && !policy.dropParameter(name))
    .map(({ name, value }): QueryPair => ({ name, value: value ?? (policy.fillBareNames ? '' : null) }));
  const byValue = (left: QueryPair, right: QueryPair) =>
    policy.sortValues ? compare(left.value ?? '', right.value ?? '') : 0;
  const sorted = pairs.toSorted((left, right) => compare(left.name, right.name) || byValue(left, right));
  return formatQuery(sorted, policy.separator);
}

/** One spelling for all spellings of an absolute or relative URL; dot segments and ports are left alone. */
export function canonicalizeUrl(url: string, policy: UrlPolicy = SPELLING_POLICY): string {
  const parts = safeUrlParts(url, { queryEncoding: policy.queryEncoding });
  return joinUrl({
    ...parts,
    path: normalizeEscapes(parts.path, policy.plainInPath) || '/',
    query: canonicalQuery(parts.query ?? '', policy),
    fragment: policy.keepFragment ? parts.fragment : null,
  });
}

/** Where a link was found. */
export interface LinkContext {
  /** Absolute URL that relative links are resolved against. */
  readonly base?: string | undefined;
  /** WHATWG label of the page's encoding, in which browsers write non-ASCII queries. */
  readonly encoding?: string | undefined;
}

/**
 * The key under which a page is known and the address it is fetched from, or null for what no crawler follows
 * (not http or https, not a URL). Drops credentials, fragment, default port, dot segments, tracking parameters
 * and session ids; sorts the query. Canonical URLs stay as they are.
 */
export function canonicalUrl(link: string, { base, encoding }: LinkContext = {}): string | null {
  const url = URL.parse(safeUrl(straightenSlashes(link), { queryEncoding: encoding }), base);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  url.hostname = url.hostname.replace(/(?<=[^.])\.$/, '');
  url.pathname = url.pathname.replace(/;jsessionid=[^/;]*/gi, '');
  return canonicalizeUrl(url.href, SHOP_POLICY);
}
