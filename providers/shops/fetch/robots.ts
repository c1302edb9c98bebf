import robotsModule from 'robots-parser';
import { agentName, comparablePath, obeyedAgent, readRobots, type RobotsRecord } from './robots-text.ts';

/** What a host's robots.txt allows one crawler. */
export interface RobotsRules {
  /** Judges an absolute URL of the host that the rules are from. */
  allows(url: string): boolean;
  /** Least time between two requests, null when unsaid. */
  readonly crawlDelayMs: number | null;
  /** As written, without duplicates. */
  readonly sitemaps: readonly string[];
  /** `unreachable` forbids everything until it is known better (RFC 9309, 2.3.1.4). */
  readonly state: 'present' | 'absent' | 'unreachable';
}

/** RFC 9309 asks for at least 500 KiB; what follows is not read. */
const MAX_CHARACTERS = 512_000;
/** Origin under which rules are matched: the real one is the caller's business. */
const ORIGIN = 'https://robots.invalid';
/** Stands for the empty query, see `createMatcher`. */
const EMPTY_QUERY_MARK = '~';

type RobotsParser = typeof robotsModule.default;

/** The package is CommonJS and exports a function, while its types describe an ES module. */
function isParser(exported: unknown): exported is RobotsParser {
  return typeof exported === 'function';
}

function robotsParser(text: string): ReturnType<RobotsParser> {
  if (!isParser(robotsModule)) throw new TypeError('robots-parser exports no function');
  return robotsModule(`${ORIGIN}/robots.txt`, text);
}

/** The product token of a User-Agent, by which groups are chosen: `GiftBot` of `GiftBot/1.0 (+https://…)`. */
export function productToken(userAgent: string): string {
  return /^[\w-]+/.exec(userAgent.trim())?.[0] ?? '*';
}

/** Writes records as the parser reads them best: known names, one spelling of each pattern. */
function formatRecords(records: readonly RobotsRecord[], endMark: string): string {
  return records
    .map(({ field, value }) => {
      if (field === 'user-agent') return `${field}: ${agentName(value)}`;
      if (field !== 'allow' && field !== 'disallow') return `${field}: ${value}`;
      return `${field}: ${comparablePath(value).replace(/\$$/, `${endMark}$`)}`;
    })
    .join('\n');
}

/**
 * The parser reads URLs by the WHATWG standard, whose `search` drops a `?` with nothing behind it, so rules such as
 * `/*?` missed these. For them both sides get a character more: the query, and each rule that ends with `$`.
 */
function createMatcher(records: readonly RobotsRecord[], agent: string): (path: string) => boolean {
  const parse = (endMark: string) => robotsParser(formatRecords(records, endMark));
  const plain = parse('');
  let marked: typeof plain | undefined;
  return (path) => {
    if (!path.endsWith('?')) return plain.isAllowed(ORIGIN + path, agent) !== false;
    marked ??= parse(EMPTY_QUERY_MARK);
    return marked.isAllowed(ORIGIN + path + EMPTY_QUERY_MARK, agent) !== false;
  };
}

/** Path and query as written, without fragment. */
function pathOf(url: string): string {
  const [, path = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url) ?? [];
  return path.startsWith('/') ? path : `/${path}`;
}

/** Reads a robots.txt for a crawler, given by product token or whole User-Agent. */
export function parseRobots(text: string, userAgent: string): RobotsRules {
  const records = readRobots(text.slice(0, MAX_CHARACTERS));
  const agent = obeyedAgent(records, productToken(userAgent));
  const isAllowed = createMatcher(records, agent);
  const seconds = robotsParser(formatRecords(records, '')).getCrawlDelay(agent);
  const sitemaps = records.filter(({ field, value }) => field === 'sitemap' && value !== '').map(({ value }) => value);
  return {
    allows: (url) => isAllowed(comparablePath(pathOf(url))),
    crawlDelayMs: seconds === undefined || !(seconds > 0) ? null : seconds * 1000,
    sitemaps: [...new Set(sitemaps)],
    state: 'present',
  };
}

const everything = (allowed: boolean, state: RobotsRules['state']): RobotsRules => ({
  allows: () => allowed,
  crawlDelayMs: null,
  sitemaps: [],
  state,
});

/** Rules of a host without a robots.txt. */
export const NO_ROBOTS = everything(true, 'absent');
/** Rules of a host whose robots.txt could not be had. */
export const ROBOTS_UNREACHABLE = everything(false, 'unreachable');

/** What an answer for robots.txt means (RFC 9309, 2.3.1): 2xx rules, 3xx and 4xx none, else nothing may be fetched. */
export function robotsFromAnswer(status: number, text: string, userAgent: string): RobotsRules {
  if (status >= 200 && status < 300) return parseRobots(text, userAgent);
  return status >= 300 && status < 500 ? NO_ROBOTS : ROBOTS_UNREACHABLE;
}
