import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createFetcher } from '../../../../providers/shops/fetch/fetcher.ts';
import { startSite } from './http-site.ts';

test('a proxy gets its user and password, the shop gets neither', async () => {
  const shop = await startSite((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(request.headers));
  });
  const asked: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.headers['proxy-authorization']);
    const target = connect(shop.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
  });
  proxy.on('request', (request, response) => {
    asked.push(request.headers['proxy-authorization']);
    response.writeHead(200, { 'content-type': 'text/html' }).end('{}');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const fetcher = createFetcher({
    userAgent: 'GiftyBot/0.1',
    allow: [`127.0.0.1:${shop.port}`],
    proxies: [`http://user:p%40ss@127.0.0.1:${port}`],
  });
  const page = await fetcher.fetchPage(`${shop.origin}/p/1`);
  expect(page.status).toBe(200);
  expect(page.text()).not.toContain('proxy-authorization');
  expect(asked).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
  await fetcher.close();
  proxy.closeAllConnections();
  proxy.close();
  await shop.close();
});
