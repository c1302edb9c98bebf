import type { Dispatcher } from 'undici';
import { createAddressGuard, type AddressGuard } from './address-guard.ts';
import { decodeText } from './charset.ts';
import { checkContentType, checkUntypedBody, type Expectation } from './content-type.ts';
import { startDeadline, type Deadline } from './deadline.ts';
import { createDispatchers } from './dispatchers.ts';
import { fetchError, FetchRefusedError } from './errors.ts';
import { discardBody, headerOf, readWire } from './exchange.ts';
import {
  DEFAULT_LIMITS,
  DEFAULT_PORTS,
  DEFAULT_TIMEOUTS,
  SITEMAP_LIMITS,
  type BodyLimits,
  type FetchedPage,
  type Fetcher,
  type FetcherOptions,
  type FetchRequest,
  type FetchTimeouts,
} from './fetch-options.ts';
import { ACCEPT_ENCODING, inflateBody } from './inflate.ts';
import { retryAfterMs } from './retry-after.ts';

interface Setup {
  readonly guard: AddressGuard;
  readonly nextDispatcher: () => Dispatcher;
  /** A proxy resolves names itself, so they are judged before. */
  readonly proxied: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: FetchTimeouts;
  readonly limits: BodyLimits;
  readonly maxRedirects: number;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const ACCEPT: Readonly<Record<Expectation, string>> = {
  page: 'text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,text/*;q=0.8',
  sitemap: 'application/xml,text/xml,text/plain;q=0.8,*/*;q=0.5',
  robots: 'text/plain,*/*;q=0.5',
};

function parseHttpUrl(text: string, base?: string): URL {
  const url = URL.parse(text, base);
  if (url === null) throw new FetchRefusedError('url-invalid', `${text} is not a URL`);
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

function requestHeaders(setup: Setup, { etag, lastModified, expect = 'page' }: FetchRequest): Record<string, string> {
  const headers: Record<string, string> = { ...setup.headers, accept: ACCEPT[expect] };
  if (etag) headers['if-none-match'] = etag;
  if (lastModified) headers['if-modified-since'] = lastModified;
  return headers;
}

/** Sends the request and follows redirects, each hop judged anew. */
async function exchange(setup: Setup, first: URL, call: { request: FetchRequest; deadline: Deadline }) {
  const headers = requestHeaders(setup, call.request);
  const dispatcher = setup.nextDispatcher();
  let url = first;
  for (let hops = 0; hops <= setup.maxRedirects; hops += 1) {
    setup.guard.check(url);
    if (setup.proxied) await setup.guard.checkResolved(url);
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers,
      signal: call.deadline.signal,
    });
    const location = REDIRECTS.has(answer.statusCode) ? headerOf(answer.headers, 'location') : null;
    if (location === null) return { url, answer };
    discardBody(answer.body);
    url = parseHttpUrl(location, url.href);
  }
  throw new FetchRefusedError('too-many-redirects', `${first.href} redirects more than ${setup.maxRedirects} times`);
}

interface Received {
  readonly body: Buffer | null;
  readonly wireBytes: number;
}

/** Reads the body under all limits; a body that is not text is only an error where the status promised a page. */
async function receive(answer: Dispatcher.ResponseData, expect: Expectation, limits: BodyLimits): Promise<Received> {
  const contentType = headerOf(answer.headers, 'content-type');
  const failed = answer.statusCode >= 400;
  if (answer.statusCode === 304) {
    answer.body.resume(); // it has none; destroying it would cost an error with its stack
    return { body: null, wireBytes: 0 };
  }
  try {
    checkContentType(contentType, expect);
    const wire = await readWire(answer, limits.maxWireBytes);
    const body = await inflateBody(wire, headerOf(answer.headers, 'content-encoding') ?? '', limits);
    if (contentType === null) checkUntypedBody(body, expect);
    return { body, wireBytes: wire.length };
  } catch (error) {
    discardBody(answer.body);
    if (failed && error instanceof FetchRefusedError) return { body: null, wireBytes: 0 };
    throw error;
  }
}

async function fetchOnce(setup: Setup, text: string, request: FetchRequest): Promise<FetchedPage> {
  const deadline = startDeadline(setup.timeouts.wholeMs, text, request.signal);
  try {
    const { url, answer } = await exchange(setup, parseHttpUrl(text), { request, deadline });
    deadline.phase(setup.timeouts.bodyMs, 'body-timeout');
    const expect = request.expect ?? 'page';
    const { body, wireBytes } = await receive(answer, expect, expect === 'sitemap' ? SITEMAP_LIMITS : setup.limits);
    const contentType = headerOf(answer.headers, 'content-type');
    return {
      url: url.href,
      status: answer.statusCode,
      headers: {
        etag: headerOf(answer.headers, 'etag'),
        lastModified: headerOf(answer.headers, 'last-modified'),
        contentType,
        retryAfterMs: retryAfterMs(headerOf(answer.headers, 'retry-after'), Date.now()),
      },
      body,
      wireBytes,
      text: () => (body === null ? '' : decodeText(body, contentType).text),
    };
  } catch (error) {
    if (request.signal?.aborted === true) throw request.signal.reason;
    throw fetchError(error, text);
  } finally {
    deadline.end();
  }
}

/** Makes the only way to fetch what users and pages name: guarded, bounded in size and time, conditional. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const { allow = [], ports = DEFAULT_PORTS, resolve } = options;
  const guard = createAddressGuard({ allow, ports, resolve });
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const dispatchers = createDispatchers(options, guard, timeouts);
  const setup: Setup = {
    guard,
    nextDispatcher: dispatchers.next,
    proxied: (options.proxies ?? []).length > 0,
    headers: {
      'user-agent': options.userAgent,
      'accept-encoding': ACCEPT_ENCODING,
      'accept-language': options.acceptLanguage ?? 'ru,en;q=0.8',
    },
    timeouts,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    maxRedirects: options.maxRedirects ?? 5,
  };
  return {
    fetchPage: (url, request = {}) => fetchOnce(setup, url, request),
    close: dispatchers.destroy,
  };
}
