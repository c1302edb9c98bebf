import { FetchFailedError, FetchRefusedError, type FailureCode } from '../fetch/errors.ts';
import { DEFAULT_LIMITS, type FetchedPage, type Fetcher, type FetchRequest } from '../fetch/fetch-options.ts';
import { retryAfterMs } from '../fetch/retry-after.ts';
import { BrowserSession, type SessionOptions } from './browser-session.ts';
import type { FilteringProxy } from './filtering-proxy.ts';
import type { BrowserContext, Page } from './playwright.ts';

export interface BrowserFetcherOptions extends Pick<SessionOptions, 'userAgent' | 'chromium'> {
  readonly allow?: readonly string[];
  /** For everything that is not a page: sitemaps, robots.txt, JSON. */
  readonly plain: Fetcher;
  /** Of one page with all that it loads, default 20 MB; its text has the same limit. */
  readonly maxBytes?: number;
  /** Of one page from start to end, ms, default 30 s. */
  readonly wholeMs?: number;
}

const WHOLE_MS = 30_000;
/** Time for a page to come to rest after its document is there. */
const REST_MS = 5_000;
const NOT_LOADED = new Set(['image', 'media', 'font']);

/**
 * Fetches pages by opening them in a browser, one at a time, and answers with the document as it stands when the page has
 * come to rest. It sends no validators: what a script fetches later has none.
 */
export function createBrowserFetcher(options: BrowserFetcherOptions): Fetcher {
  const { userAgent, chromium, plain, allow = [], maxBytes = DEFAULT_LIMITS.maxBytes, wholeMs = WHOLE_MS } = options;
  const session = new BrowserSession({ userAgent, chromium, allow, maxBytes });
  const renderer = new Renderer(session, { maxBytes, wholeMs });
  let turn: Promise<unknown> = Promise.resolve();
  return {
    async fetchPage(url, request = {}) {
      if ((request.expect ?? 'page') !== 'page') return await plain.fetchPage(url, request);
      const rendered = turn.then(() => renderer.render(url, request));
      turn = rendered.catch(() => undefined);
      const page = await rendered;
      return page ?? (await plain.fetchPage(url, withoutValidators(request)));
    },
    async close() {
      await turn;
      await session.close();
    },
  };
}

const withoutValidators = ({ signal, expect }: FetchRequest): FetchRequest => ({ signal, expect });

interface Limits {
  readonly maxBytes: number;
  readonly wholeMs: number;
}

class Renderer {
  readonly #session: BrowserSession;
  readonly #limits: Limits;

  constructor(session: BrowserSession, limits: Limits) {
    this.#session = session;
    this.#limits = limits;
  }

  /** null when the answer is no HTML. @throws FetchRefusedError, FetchFailedError, or the reason of the aborted signal */
  async render(text: string, { signal }: FetchRequest): Promise<FetchedPage | null> {
    signal?.throwIfAborted();
    const url = URL.parse(text);
    if (url === null) throw new FetchRefusedError('url-invalid', `${text} is not a URL`);
    this.#session.guard.check(url);
    await this.#session.guard.checkResolved(url).catch((err: unknown) => {
      throw err instanceof FetchRefusedError ? err : new FetchFailedError('dns-failed', `${text}: ${String(err)}`);
    });
    return await this.#session.withContext((context, proxy) => this.#open(url.href, { context, proxy, signal }));
  }

  async #open(
    url: string,
    { context, proxy, signal }: { context: BrowserContext; proxy: FilteringProxy; signal: AbortSignal | undefined },
  ): Promise<FetchedPage | null> {
    const { wholeMs, maxBytes } = this.#limits;
    const deadline = startDeadline(url, wholeMs, signal);
    try {
      const page = await Promise.race([show(context, url, wholeMs), deadline.over]);
      if (page !== null && page.text().length > maxBytes)
        throw new FetchRefusedError('body-inflates-too-much', `${url}: the document exceeds ${maxBytes} characters`);
      const refusal = proxy.refusal();
      if (refusal?.code === 'body-too-large') throw refusal;
      return page;
    } catch (err) {
      if (signal?.aborted === true) throw signal.reason;
      throw toFetchError(err, url, proxy.refusal());
    } finally {
      deadline.end();
    }
  }
}

/** Rejects when the time is up or the caller has given up. */
function startDeadline(url: string, ms: number, signal: AbortSignal | undefined) {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new FetchFailedError('fetch-timeout', `${url}: not rendered within ${ms} ms`));
  }, ms);
  const abort = (): void => {
    reject(new FetchFailedError('network-failed', `${url}: given up`));
  };
  signal?.addEventListener('abort', abort);
  return {
    over,
    end(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

async function show(context: BrowserContext, url: string, timeout: number): Promise<FetchedPage | null> {
  const page = await context.newPage();
  await page.route('**/*', async (route) => {
    await (NOT_LOADED.has(route.request().resourceType()) ? route.abort() : route.continue());
  });
  const answer = await page.goto(url, { waitUntil: 'domcontentloaded', timeout }).catch((err: unknown) => {
    if (err instanceof Error && err.message.includes('Download is starting')) return undefined;
    throw err;
  });
  if (answer === undefined) return null;
  const headers = answer?.headers() ?? {};
  const contentType = headers['content-type'] ?? null;
  if (contentType !== null && !/html|xml/i.test(contentType)) return null;
  await page.waitForLoadState('networkidle', { timeout: REST_MS }).catch(() => undefined); // some never rest
  return toFetchedPage(page, await page.content(), { status: answer?.status() ?? 200, headers });
}

function toFetchedPage(
  page: Page,
  html: string,
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
): FetchedPage {
  const body = Buffer.from(html);
  return {
    url: page.url(),
    status,
    headers: {
      etag: null,
      lastModified: null,
      // The document is text by now, whatever the shop sent.
      contentType: 'text/html; charset=utf-8',
      retryAfterMs: retryAfterMs(headers['retry-after'] ?? null, Date.now()),
    },
    body,
    wireBytes: body.length,
    text: () => html,
  };
}

const CODES: readonly (readonly [RegExp, FailureCode])[] = [
  [/Timeout \d+ms exceeded|ERR_TIMED_OUT/, 'fetch-timeout'],
  [/ERR_NAME_NOT_RESOLVED/, 'dns-failed'],
  [/ERR_CERT_|ERR_SSL_/, 'tls-failed'],
  [/ERR_CONNECTION_(?:RESET|CLOSED)|ERR_EMPTY_RESPONSE/, 'connection-lost'],
  [/ERR_(?:CONNECTION|TUNNEL_CONNECTION|PROXY_CONNECTION)/, 'connect-failed'],
];

/** What the proxy refused is why a page did not come, unless it merely took too long. */
function toFetchError(err: unknown, url: string, refusal: FetchRefusedError | null): Error {
  if (refusal?.code === 'body-too-large') return refusal;
  const failure = err instanceof FetchRefusedError || err instanceof FetchFailedError ? err : browserFailure(err, url);
  return refusal !== null && failure.code !== 'fetch-timeout' ? refusal : failure;
}

function browserFailure(err: unknown, url: string): FetchFailedError {
  const message = err instanceof Error ? (err.message.split('\n', 1)[0] ?? '') : String(err);
  const code = CODES.find(([pattern]) => pattern.test(message))?.[1] ?? 'network-failed';
  return new FetchFailedError(code, `${url}: ${message}`, { cause: err });
}
