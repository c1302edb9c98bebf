import { isIP } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResolveHost } from '../../../../providers/shops/fetch/address-guard.ts';
import { createFetcher } from '../../../../providers/shops/fetch/fetcher.ts';
import type { Fetcher } from '../../../../providers/shops/fetch/fetch-options.ts';
import { isPrivateAddress } from '../../../../providers/shops/fetch/private-addresses.ts';
import { startSite, type HttpSite } from './http-site.ts';

let site: HttpSite;
let fetcher: Fetcher;
let rebinds = 0;

const names: Readonly<Record<string, () => string>> = {
  localhost: () => '127.0.0.1',
  'private.test': () => '10.1.2.3',
  'mapped.test': () => '::ffff:7f00:1',
  'link-local.test': () => '169.254.169.254',
  // 192.0.2.0/24 would be refused as documentation range; this is a public address with no route from here.
  'rebind.test': () => (rebinds++ === 0 ? '93.184.216.34' : '127.0.0.1'),
};

const resolve: ResolveHost = (hostname, done) => {
  const address = names[hostname]?.();
  if (address === undefined) done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
  else done(null, [{ address, family: isIP(address) }]);
};

beforeAll(async () => {
  site = await startSite((request, response) => {
    if (request.url === '/redirect') response.writeHead(302, { location: 'http://127.0.0.1:8080/' });
    else if (request.url === '/redirect-name') response.writeHead(302, { location: 'http://private.test/' });
    else if (request.url === '/redirect-file') response.writeHead(302, { location: 'file:///etc/passwd' });
    response.end('SECRET');
  });
  fetcher = createFetcher({ userAgent: 'GiftBot/1.0', ports: [80, site.port], resolve, timeouts: { connectMs: 200 } });
});

afterAll(async () => {
  await fetcher.close();
  await site.close();
});

describe('addresses of others', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    'localhost',
    'private.test',
    'mapped.test',
    'link-local.test',
  ])('http://%s is refused before anything is sent', async (host) => {
    await expect(fetcher.fetchPage(`http://${host}:${site.port}/`)).rejects.toMatchObject({
      name: 'DomainError',
      code: 'address-refused',
    });
    expect(site.asked).toEqual([]);
  });

  it('a name that changes its answer to a private one is refused at the second look', async () => {
    rebinds = 1;
    await expect(fetcher.fetchPage(`http://rebind.test:${site.port}/`)).rejects.toMatchObject({
      code: 'address-refused',
    });
  });

  it.each(['file:///etc/passwd', 'ftp://s.ru/', 'data:text/html,x', 'javascript:alert(1)'])(
    '%s is refused',
    async (url) => {
      await expect(fetcher.fetchPage(url)).rejects.toMatchObject({ code: 'scheme-refused' });
    },
  );

  it.each(['', 'shop', 'http://', 'http://a b/'])('%j is no URL', async (url) => {
    await expect(fetcher.fetchPage(url)).rejects.toMatchObject({ code: 'url-invalid' });
  });

  it('ports of other services are refused', async () => {
    await expect(fetcher.fetchPage('http://shop.test:22/')).rejects.toMatchObject({ code: 'port-refused' });
  });

  it('an unknown name is a failure worth a retry', async () => {
    await expect(fetcher.fetchPage('http://unknown.test/')).rejects.toMatchObject({
      name: 'FetchFailedError',
      code: 'dns-failed',
    });
  });

  it.each(['/redirect', '/redirect-name', '/redirect-file'])(
    'the target of a redirect is judged like a first address (%s)',
    async (path) => {
      const allowing = createFetcher({ userAgent: 'GiftBot/1.0', allow: [`127.0.0.1:${site.port}`], resolve });
      await expect(allowing.fetchPage(site.origin + path)).rejects.toMatchObject({
        code: path === '/redirect-file' ? 'scheme-refused' : 'address-refused',
      });
      await allowing.close();
    },
  );

  it('an allow-list opens a host, or one port of it', async () => {
    const host = createFetcher({ userAgent: 'GiftBot/1.0', allow: ['127.0.0.1'], ports: [] });
    expect((await host.fetchPage(`${site.origin}/`)).status).toBe(200);
    await host.close();
    const otherPort = createFetcher({ userAgent: 'GiftBot/1.0', allow: ['localhost:1'], ports: [site.port], resolve });
    await expect(otherPort.fetchPage(`http://localhost:${site.port}/`)).rejects.toMatchObject({
      code: 'address-refused',
    });
    await otherPort.close();
  });

  it('a name from the allow-list may resolve to a private address', async () => {
    const named = createFetcher({ userAgent: 'GiftBot/1.0', allow: ['localhost'], resolve });
    expect((await named.fetchPage(`http://localhost:${site.port}/`)).status).toBe(200);
    await named.close();
  });
});

describe('isPrivateAddress', () => {
  it.each([
    '10.0.0.1',
    '100.64.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1%eth0',
  ])('%s is', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['fc00::1', 'ff02::1', '2002:7f00:1::', '64:ff9b::7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '2001:db8::1'])(
    '%s is',
    (address) => {
      expect(isPrivateAddress(address)).toBe(true);
    },
  );

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2a00:1450:4010::1', '::ffff:8.8.8.8', 'shop.ru'])(
    '%s is not',
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );
});
