import {
  encodedBytes,
  normalizeEscapes,
  PATH_SAFE,
  percentEncode,
  UNRESERVED_SAFE,
} from '../../../domain/catalog/percent-encoding.ts';

/** The records that matter here. */
export type RobotsField = 'user-agent' | 'allow' | 'disallow' | 'crawl-delay' | 'sitemap';

export interface RobotsRecord {
  readonly field: RobotsField;
  readonly value: string;
}

/** Names as written, misspellings included: Google's parser takes the same ones for what they mean. */
const FIELDS: Readonly<Record<string, RobotsField>> = {
  'user-agent': 'user-agent',
  useragent: 'user-agent',
  'user agent': 'user-agent',
  allow: 'allow',
  disallow: 'disallow',
  dissallow: 'disallow',
  dissalow: 'disallow',
  disalow: 'disallow',
  diasllow: 'disallow',
  disallaw: 'disallow',
  'crawl-delay': 'crawl-delay',
  crawldelay: 'crawl-delay',
  'crawl delay': 'crawl-delay',
  sitemap: 'sitemap',
  'site-map': 'sitemap',
  sitemaps: 'sitemap',
};

/** One spelling for a path or a rule's pattern (RFC 9309, 2.2.2), so that they compare octet by octet. */
export function comparablePath(path: string): string {
  return normalizeEscapes(percentEncode(encodedBytes(path), PATH_SAFE), UNRESERVED_SAFE);
}

function recordOf(line: string): RobotsRecord | null {
  const text = (line.split('#', 1)[0] ?? '').trim();
  const colon = text.indexOf(':');
  // Without a colon, a space ends the name.
  const at = colon < 0 ? text.search(/\s/) : colon;
  if (at < 0) return null;
  const field = FIELDS[text.slice(0, at).trim().toLowerCase()];
  return field === undefined ? null : { field, value: text.slice(at + 1).trim() };
}

/** Reads a robots.txt as leniently as search engines do; lines that say nothing known are skipped. */
export function readRobots(text: string): readonly RobotsRecord[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => recordOf(line) ?? []);
}

/** The name in a user-agent record: lower case, without version or asterisks, but `*` itself stays. */
export function agentName(value: string): string {
  const name = (value.split('/', 1)[0] ?? '').trim().toLowerCase();
  return name === '*' ? name : name.replaceAll('*', '').trim();
}

/**
 * The group that a crawler obeys: the one of its own name, else the longest name that is part of its own (as the
 * standard of 1994 had it: `bot` speaks to GiftBot), else `*`.
 */
export function obeyedAgent(records: readonly RobotsRecord[], ownName: string): string {
  const own = ownName.toLowerCase();
  const names = records.filter(({ field }) => field === 'user-agent').map(({ value }) => agentName(value));
  const parts = names.filter((name) => name !== '' && name !== '*' && own.includes(name));
  return parts.reduce((longest, name) => (name.length > longest.length ? name : longest), '*');
}
