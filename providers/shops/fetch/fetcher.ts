import type { Dispatcher } from 'undici';
import { createAddressGuard, type AddressGuard } from './address-guard.ts';
import { decodeText } from './charset.ts';
import { checkContentType, checkUntypedBody, type Expectation } from './content-type.ts';
import { startDeadline, type Deadline } from './deadline.ts';
import { createDispatchers } from './dispatchers.ts';
import { fetchError, FetchRefusedError } from './errors.ts';
import { headerOf, send, type Answer, type AnswerHead } from './exchange.ts';
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

interface Call {
  readonly request: FetchRequest;
  readonly deadline: Deadline;
  readonly limits: BodyLimits;
}

const redirectOf = ({ status, headers }: AnswerHead): string | null =>
  REDIRECTS.has(status) ? headerOf(headers, 'location') : null;

/** Sends the request and follows redirects, each hop judged anew. */
async function exchange(setup: Setup, first: URL, { request, deadline, limits }: Call) {
  const headers = requestHeaders(setup, request);
  const dispatcher = setup.nextDispatcher();
  const wanted = (head: AnswerHead) => {
    if (redirectOf(head) !== null) return null;
    if (head.status === 304) return 0; // it has none
    deadline.phase(setup.timeouts.bodyMs, 'body-timeout');
    checkContentType(headerOf(head.headers, 'content-type'), request.expect ?? 'page');
    return limits.maxWireBytes;
  };
  let url = first;
  for (let hops = 0; hops <= setup.maxRedirects; hops += 1) {
    setup.guard.check(url);
    if (setup.proxied) await setup.guard.checkResolved(url);
    const answer = await send(dispatcher, { url, headers, signal: deadline.signal, wanted });
    const location = redirectOf(answer);
    if (location === null) return { url, answer };
    url = parseHttpUrl(location, url.href);
  }
  throw new FetchRefusedError('too-many-redirects', `${first.href} redirects more than ${setup.maxRedirects} times`);
}

/** Inflates the body under all limits; a body that is not text is only an error where the status promised a page. */
async function bodyOf({ status, headers, wire }: Answer, { request, limits }: Call): Promise<Buffer | null> {
  if (wire === null || status === 304) return null;
  try {
    const body = await inflateBody(wire, headerOf(headers, 'content-encoding') ?? '', limits);
    if (headerOf(headers, 'content-type') === null) checkUntypedBody(body, request.expect ?? 'page');
    return body;
  } catch (error) {
    if (status >= 400 && error instanceof FetchRefusedError) return null;
    throw error;
  }
}

async function fetchOnce(setup: Setup, text: string, request: FetchRequest): Promise<FetchedPage> {
  const deadline = startDeadline(setup.timeouts.wholeMs, text, request.signal);
  try {
    const limits = request.expect === 'sitemap' ? SITEMAP_LIMITS : setup.limits;
    const call = { request, deadline, limits };
    const { url, answer } = await exchange(setup, parseHttpUrl(text), call);
    const { status, headers } = answer;
    const body = await bodyOf(answer, call);
    const contentType = headerOf(headers, 'content-type');
    return {
      url: url.href,
      status,
      headers: {
        etag: headerOf(headers, 'etag'),
        lastModified: headerOf(headers, 'last-modified'),
        contentType,
        retryAfterMs: retryAfterMs(headerOf(headers, 'retry-after'), Date.now()),
      },
      body,
      wireBytes: body === null ? 0 : (answer.wire?.length ?? 0),
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
