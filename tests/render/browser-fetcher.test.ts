import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAddressGuard } from '../../providers/shops/fetch/address-guard.ts';
import { createFetcher } from '../../providers/shops/fetch/fetcher.ts';
import { createBrowserFetcher } from '../../providers/shops/render/browser-fetcher.ts';
import { startFilteringProxy } from '../../providers/shops/render/filtering-proxy.ts';
import { whyNoBrowser } from '../../providers/shops/render/playwright.ts';
import { createShopReader } from '../../providers/shops/shop-reader.ts';
import { startScriptShop, type ScriptShop } from '../../sandbox/script-shop.ts';
import { sourceConfig } from '../support/scripted-shop.ts';

const noBrowser = whyNoBrowser({ chromium: undefined, proxies: [] });
const userAgent = 'GiftyBot/0.1 (+https://gifty.example/bot)';

const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** A site with pages of its own; `asked` are the paths that reached it. */
async function startSite(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}`, asked };
}
const html = (response: ServerResponse, body: string) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);

test('what is missing for a browser is said', () => {
  const settings = { chromium: undefined, proxies: [] };
  expect(whyNoBrowser({ ...settings, chromium: '/nowhere/chromium' })).toMatch(/GIFTY_CHROMIUM: .*cannot be run/);
  expect(whyNoBrowser({ ...settings, proxies: ['http://proxy:3128'] })).toMatch(/GIFTY_PROXIES/);
});

describe('the filtering proxy', () => {
  const guard = (allow: readonly string[] = [], answer = '10.0.0.1') =>
    createAddressGuard({
      allow,
      ports: [80, 443],
      resolve: (_name, done) => {
        done(null, [{ address: answer, family: 4 }]);
      },
    });
  const ask = async (proxyUrl: string, firstLine: string): Promise<string> => {
    const socket = connect(Number(new URL(proxyUrl).port), '127.0.0.1');
    socket.write(`${firstLine} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise<void>((resolve) => socket.on('close', () => resolve()).on('error', () => resolve()));
    return Buffer.concat(chunks).toString();
  };

  test.each([
    'CONNECT 127.0.0.1:443',
    'CONNECT [::1]:443',
    'CONNECT 169.254.169.254:80',
    'CONNECT shop.test:443',
    'CONNECT shop.test:22',
    'GET http://127.0.0.1/secret',
    'GET http://2130706433/secret',
    'GET http://shop.test/secret',
    'GET http://[::ffff:10.0.0.1]/secret',
    'GET file:///etc/passwd',
    'GET /secret',
  ])('%s goes nowhere', async (line) => {
    const proxy = await startFilteringProxy(guard(), 1_000);
    expect(await ask(proxy.url, line)).toBe('');
    await proxy.close();
  });

  test('connects to the address that was judged, and cuts what is too much', async () => {
    const site = await startSite((_request, response) => response.end('x'.repeat(5_000)));
    const port = site.host.split(':')[1] ?? '';
    const proxy = await startFilteringProxy(guard([`shop.test:${port}`], '127.0.0.1'), 8_000);
    expect(await ask(proxy.url, `GET http://shop.test:${port}/one`)).toContain('200 OK');
    expect(proxy.refusal()).toBeNull();
    await ask(proxy.url, `GET http://shop.test:${port}/two`);
    expect(proxy.refusal()).toMatchObject({ code: 'body-too-large' });
    expect(await ask(proxy.url, `GET http://shop.test:${port}/three`)).toBe('');
    proxy.begin();
    expect(await ask(proxy.url, `GET http://shop.test:${port}/four`)).toContain('200 OK');
    expect(site.asked).toEqual(['/one', '/two', '/four']);
    await proxy.close();
  });
});

describe.skipIf(noBrowser !== null)(`in a real browser${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let shop: ScriptShop;
  beforeAll(async () => {
    shop = await startScriptShop();
    closing.push(() => shop.stop());
  });
  const fetchers = (allow: readonly string[], own: { maxBytes?: number; wholeMs?: number } = {}) => {
    const plain = createFetcher({ userAgent, allow });
    const rendered = createBrowserFetcher({ userAgent, allow, chromium: undefined, plain, ...own });
    closing.push(
      () => plain.close(),
      () => rendered.close(),
    );
    return { plain, rendered };
  };
  const signal = new AbortController().signal;

  test('a page that is an empty frame becomes a product and a catalogue; photos are not loaded, the User-Agent is ours', async () => {
    const { plain, rendered } = fetchers([shop.host]);
    const config = sourceConfig({ startUrls: [`${shop.url}/catalog/`] });
    const without = await createShopReader(plain).tryPage({ url: `${shop.url}/item/2`, config }, signal);
    expect(without.product?.price).toBeUndefined();
    const reader = createShopReader(rendered);
    const product = await reader.tryPage({ url: `${shop.url}/item/2`, config }, signal);
    expect(product).toMatchObject({
      status: 200,
      kind: 'product',
      product: { title: { value: 'Music box no. 2' }, price: { value: { amount: '19.9', currency: 'EUR' } } },
    });
    const catalogue = await reader.tryPage({ url: `${shop.url}/catalog/`, config }, signal);
    expect(catalogue.links.products).toHaveLength(4);
    expect(shop.asked.map(({ path }) => path)).not.toContain('/photo.png');
    expect(new Set(shop.asked.map((request) => request.userAgent))).toEqual(new Set([userAgent]));
    expect((await rendered.fetchPage(`${shop.url}/nothing`)).status).toBe(404);
    expect((await rendered.fetchPage(`${shop.url}/data/1.json`)).text()).toContain('Music box no. 1');
  });

  test('nothing on this machine is reached: not by address, script, frame, redirect, socket or form', async () => {
    const secret = await startSite((_request, response) => response.end('secret'));
    const port = secret.host.split(':')[1] ?? '';
    const evil = await startSite((request, response) => {
      if (request.url === '/redirect') response.writeHead(302, { location: `${secret.url}/redirected` }).end();
      else if (request.url === '/refresh')
        html(response, `<meta http-equiv="refresh" content="0;url=${secret.url}/refreshed">`);
      else
        html(
          response,
          `<h1>page</h1><iframe src="${secret.url}/frame"></iframe><iframe src="file:///etc/passwd"></iframe>
          <script>
            for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0.0.0.0', '127.1'])
              fetch('http://' + host + ':${port}/fetched', { mode: 'no-cors' }).catch(() => undefined);
            new WebSocket('ws://127.0.0.1:${port}/socket');
            new EventSource('${secret.url}/events');
            navigator.sendBeacon('${secret.url}/beacon', 'x');
            const s = document.createElement('script'); s.src = '${secret.url}/script'; document.head.append(s);
            window.open('${secret.url}/popup');
          </script>`,
        );
    });
    const { rendered } = fetchers([evil.host]);
    expect((await rendered.fetchPage(`${evil.url}/page`)).text()).toContain('<h1>page</h1>');
    await expect(rendered.fetchPage(`${evil.url}/redirect`)).rejects.toMatchObject({ code: 'port-refused' });
    await rendered.fetchPage(`${evil.url}/refresh`).catch(() => undefined);
    await expect(rendered.fetchPage(`${secret.url}/direct`)).rejects.toMatchObject({ code: 'port-refused' });
    await expect(rendered.fetchPage('http://127.0.0.1/')).rejects.toMatchObject({ code: 'address-refused' });
    await expect(rendered.fetchPage('file:///etc/passwd')).rejects.toMatchObject({ code: 'scheme-refused' });
    expect(secret.asked).toEqual([]);
  });

  test('a page without end, one that is too large and one that nobody waits for any more are given up, and the next one is shown', async () => {
    const site = await startSite((request, response) => {
      if (request.url === '/loop') html(response, '<h1>loop</h1><script>for (;;);</script>');
      else if (request.url === '/drip') response.writeHead(200, { 'content-type': 'text/html' }).write('<h1>');
      else if (request.url === '/large') html(response, `<p>${'x'.repeat(3_000_000)}</p>`);
      else if (request.url === '/grows')
        html(response, `<p>grows</p><script>document.body.append('x'.repeat(3_000_000))</script>`);
      else html(response, '<h1>fine</h1>');
    });
    const { rendered } = fetchers([site.host], { maxBytes: 1_000_000, wholeMs: 3_000 });
    await expect(rendered.fetchPage(`${site.url}/loop`)).rejects.toMatchObject({ code: 'fetch-timeout' });
    await expect(rendered.fetchPage(`${site.url}/drip`)).rejects.toMatchObject({ code: 'fetch-timeout' });
    await expect(rendered.fetchPage(`${site.url}/large`)).rejects.toMatchObject({ code: 'body-too-large' });
    await expect(rendered.fetchPage(`${site.url}/grows`)).rejects.toMatchObject({ code: 'body-inflates-too-much' });
    const given = new AbortController();
    const aborted = rendered.fetchPage(`${site.url}/drip`, { signal: given.signal });
    given.abort(new Error('stop'));
    await expect(aborted).rejects.toThrow('stop');
    expect((await rendered.fetchPage(`${site.url}/`)).text()).toContain('<h1>fine</h1>');
  }, 60_000);
});
