import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher } from '../../../../providers/shops/fetch/fetcher.ts';
import type { Fetcher } from '../../../../providers/shops/fetch/fetch-options.ts';
import { startSite, type HttpSite } from './http-site.ts';

const HTML = '<!doctype html><h1>Плед</h1>'.repeat(40);
const ENCODED: Readonly<Record<string, readonly [string, Buffer]>> = {
  '/gzip': ['gzip', gzipSync(HTML)],
  '/deflate': ['deflate', deflateSync(HTML)],
  '/deflate-raw': ['deflate', deflateRawSync(HTML)],
  '/br': ['br', brotliCompressSync(HTML)],
  '/zstd': ['zstd', zstdCompressSync(HTML)],
  '/gzip-br': ['gzip, br', brotliCompressSync(gzipSync(HTML))],
  '/not-gzip': ['gzip', Buffer.from(HTML)],
  '/unknown-encoding': ['lzma', Buffer.from(HTML)],
  '/many-encodings': ['gzip, gzip, gzip', Buffer.from(HTML)],
  '/cut-gzip': ['gzip', gzipSync(HTML).subarray(0, 60)],
};
const SPACES = Buffer.alloc(30_000_000, 32);
const BOMBS: Readonly<Record<string, readonly [string, Buffer]>> = {
  '/bomb/gzip': ['gzip', gzipSync(SPACES)],
  '/bomb/deflate': ['deflate', deflateSync(SPACES)],
  '/bomb/br': ['br', brotliCompressSync(SPACES, { params: {} })],
  '/bomb/zstd': ['zstd', zstdCompressSync(SPACES)],
  '/bomb/gzip-br': ['gzip, br', brotliCompressSync(gzipSync(SPACES))],
  // Above the size that is inflated at once.
  '/bomb/long': [
    'gzip',
    Buffer.concat([gzipSync(Buffer.alloc(100_000, 32)), gzipSync(SPACES), gzipSync(SPACES), gzipSync(SPACES)]),
  ],
};

const text = { 'content-type': 'text/html; charset=utf-8' };
const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  '/validated': (request, response) => {
    const fresh = request.headers['if-none-match'] === '"a"' && request.headers['if-modified-since'] !== undefined;
    response.writeHead(fresh ? 304 : 200, { ...text, etag: '"a"', 'last-modified': 'Mon, 02 Nov 2026 10:00:00 GMT' });
    response.end(fresh ? '' : HTML);
  },
  '/echo': (request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(request.headers));
  },
  '/cp1251': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=windows-1251' });
    response.end(Buffer.from([0xcf, 0xeb, 0xe5, 0xe4]));
  },
  '/image': (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('png'),
  '/untyped': (_, response) => response.writeHead(200).end('<p>text'),
  '/untyped-binary': (_, response) => response.writeHead(200).end(Buffer.from([1, 0, 2])),
  '/missing': (_, response) => response.writeHead(404, { 'content-type': 'image/png' }).end('png'),
  '/busy': (_, response) => response.writeHead(429, { ...text, 'retry-after': '7' }).end('slow down'),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/moved': (_, response) => response.writeHead(301, { location: '/gzip#top' }).end('moved'),
  '/large': (_, response) => response.writeHead(200, text).end(Buffer.alloc(200_001, 97)),
  '/large-chunked': (_, response) => {
    response.writeHead(200, text);
    for (let part = 0; part < 30; part += 1) response.write(Buffer.alloc(10_000, 97));
    response.end();
  },
  '/silent': () => undefined,
  '/drip': (_, response) => {
    response.writeHead(200, text);
    const timer = setInterval(() => response.write('.'), 10);
    response.on('close', () => {
      clearInterval(timer);
    });
  },
  '/broken': (_, response) => {
    response.writeHead(200, { ...text, 'content-length': '100' });
    response.write('half');
    setImmediate(() => response.destroy());
  },
};

let site: HttpSite;
let fetcher: Fetcher;
const page = (path: string) => fetcher.fetchPage(site.origin + path);

beforeAll(async () => {
  site = await startSite((request, response) => {
    const path = request.url ?? '';
    const encoded = ENCODED[path] ?? BOMBS[path];
    if (encoded === undefined) routes[path]?.(request, response);
    else response.writeHead(200, { ...text, 'content-encoding': encoded[0] }).end(encoded[1]);
  });
  fetcher = createFetcher({
    userAgent: 'GiftBot/1.0 (+https://example.com/bot)',
    allow: [`127.0.0.1:${site.port}`],
    limits: { maxWireBytes: 200_000 },
  });
});

afterAll(async () => {
  await fetcher.close();
  await site.close();
});

describe('bodies', () => {
  it.each(['/gzip', '/deflate', '/deflate-raw', '/br', '/zstd', '/gzip-br', '/not-gzip'])(
    '%s arrives inflated',
    async (path) => {
      const got = await page(path);
      expect(got.text()).toBe(HTML);
      expect(got.wireBytes).toBeGreaterThan(0);
    },
  );

  it.each(Object.keys(BOMBS))('%s stops at the cap', async (path) => {
    await expect(page(path)).rejects.toMatchObject({ code: 'body-inflates-too-much' });
  });

  it.each(['/unknown-encoding', '/many-encodings'])('%s is refused', async (path) => {
    await expect(page(path)).rejects.toMatchObject({ code: 'content-encoding-refused' });
  });

  it.each(['/large', '/large-chunked'])('%s is refused past the wire cap', async (path) => {
    await expect(page(path)).rejects.toMatchObject({ code: 'body-too-large' });
  });

  it.each([
    ['/cut-gzip', 'body-broken'],
    ['/broken', 'connection-lost'],
  ])('%s is a failure worth a retry', async (path, code) => {
    await expect(page(path)).rejects.toMatchObject({ name: 'FetchFailedError', code });
  });

  it('are decoded by their charset', async () => {
    expect((await page('/cp1251')).text()).toBe('Плед');
  });

  it.each(['/image', '/untyped-binary'])('%s is refused by its type', async (path) => {
    await expect(page(path)).rejects.toMatchObject({ code: 'content-type-refused' });
  });

  it('without a type pass when they look like text', async () => {
    expect((await page('/untyped')).text()).toBe('<p>text');
  });
});

describe('answers', () => {
  it('with an error status are answers, whatever their type', async () => {
    expect(await page('/missing')).toMatchObject({ status: 404, body: null });
    const busy = await page('/busy');
    expect(busy).toMatchObject({ status: 429, headers: { retryAfterMs: 7000 } });
    expect(busy.text()).toBe('slow down');
  });

  it('are conditional on the validators of the last one', async () => {
    const { headers } = await page('/validated');
    expect(headers).toMatchObject({ etag: '"a"', lastModified: 'Mon, 02 Nov 2026 10:00:00 GMT' });
    expect(await fetcher.fetchPage(`${site.origin}/validated`, headers)).toMatchObject({ status: 304, body: null });
  });

  it('tell where redirects led, without the fragment', async () => {
    expect(await page('/moved')).toMatchObject({ status: 200, url: `${site.origin}/gzip` });
  });

  it('end after five redirects', async () => {
    const before = site.asked.length;
    await expect(page('/loop')).rejects.toMatchObject({ code: 'too-many-redirects' });
    expect(site.asked.length - before).toBe(6);
  });

  it('come to an honest request without credentials', async () => {
    const url = `http://me:secret@127.0.0.1:${site.port}/echo`;
    const sent: unknown = JSON.parse((await fetcher.fetchPage(url)).text());
    expect(sent).toMatchObject({
      'user-agent': 'GiftBot/1.0 (+https://example.com/bot)',
      'accept-encoding': 'gzip, deflate, br, zstd',
    });
    expect(sent).not.toHaveProperty('authorization');
    expect(sent).not.toHaveProperty('cookie');
  });
});

describe('time', () => {
  it.each([
    ['/silent', { headersMs: 50 }, 'headers-timeout'],
    ['/silent', { wholeMs: 50 }, 'fetch-timeout'],
    ['/drip', { bodyMs: 50 }, 'body-timeout'],
    ['/drip', { wholeMs: 200 }, 'fetch-timeout'],
  ])('of %s is bounded by %j', async (path, timeouts, code) => {
    const hasty = createFetcher({ userAgent: 'GiftBot/1.0', allow: ['127.0.0.1'], timeouts });
    await expect(hasty.fetchPage(site.origin + path)).rejects.toMatchObject({ name: 'FetchFailedError', code });
    await hasty.close();
  });

  it('ends when the caller aborts, with the reason given', async () => {
    const reason = new Error('cancelled');
    const controller = new AbortController();
    const fetching = fetcher.fetchPage(`${site.origin}/silent`, { signal: controller.signal });
    controller.abort(reason);
    await expect(fetching).rejects.toBe(reason);
    await expect(fetcher.fetchPage(`${site.origin}/gzip`, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('a closed port is a failure worth a retry', async () => {
    const closed = await startSite(() => undefined);
    await closed.close();
    const other = createFetcher({ userAgent: 'x', allow: ['127.0.0.1'] });
    await expect(other.fetchPage(closed.origin)).rejects.toMatchObject({
      name: 'FetchFailedError',
      code: 'connect-failed',
    });
    await other.close();
  });
});

describe('proxies', () => {
  it('take turns, and private targets are refused before a proxy is asked', async () => {
    const proxies = await Promise.all(
      [1, 2].map(() => startSite((_, response) => response.writeHead(200, text).end())),
    );
    const proxied = createFetcher({
      userAgent: 'GiftBot/1.0',
      proxies: proxies.map(({ origin }) => origin),
      resolve: (name, done) => {
        done(null, [{ address: name === 'shop.test' ? '93.184.216.34' : '10.0.0.1', family: 4 }]);
      },
    });
    await expect(proxied.fetchPage('http://internal.test/')).rejects.toMatchObject({ code: 'address-refused' });
    expect(proxies.flatMap(({ asked }) => asked)).toEqual([]);
    for (const path of ['1', '2', '3', '4']) await proxied.fetchPage(`http://shop.test/${path}`);
    expect(proxies.map(({ asked }) => asked.length)).toEqual([2, 2]);
    await proxied.close();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  });
});
