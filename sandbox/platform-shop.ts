import { createServer } from 'node:http';
import { listen } from './listen.ts';

export interface PlatformShop {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly host: string;
  /** Paths with queries, in the order in which they were asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

export interface PlatformShopOptions {
  readonly products: number;
  /** What the shop gives at most, whatever is asked for. */
  readonly perPage?: number;
}

/**
 * A shop as a big platform serves it: a JSON feed by page number, which gives fewer than asked for, says neither how many
 * there are nor in what currency, ends with an empty page, and takes only the platform's own query.
 */
export async function startPlatformShop({ products, perPage = 30 }: PlatformShopOptions): Promise<PlatformShop> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '/');
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    const isFeed = /^(?:\/collections\/[^/]+)?\/products\.json$/.test(url.pathname);
    if (!isFeed) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Page not found</h1>');
      return;
    }
    const limit = Math.min(perPage, Number(url.searchParams.get('limit') ?? '30'));
    const first = (Number(url.searchParams.get('page') ?? '1') - 1) * limit;
    const count = Math.max(0, Math.min(limit, products - first));
    const items = Array.from({ length: count }, (_, n) => itemOf(first + n + 1));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ products: items }));
  });
  const host = `127.0.0.1:${await listen(server)}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Every third article comes in two sizes, every fifth is reduced, every seventh sold out. */
function itemOf(n: number) {
  const variant = (title: string, price: number) => ({
    id: n * 10 + title.length,
    title,
    sku: `GIFT-${n}-${title[0] ?? ''}`,
    price: price.toFixed(2),
    compare_at_price: n % 5 === 0 ? (price + 10).toFixed(2) : null,
    available: n % 7 !== 0,
  });
  return {
    id: n,
    title: `Hand-made gift no. ${n}`,
    handle: `hand-made-gift-${n}`,
    body_html: `<p>Made by hand &amp; wrapped, <b>no. ${n}</b>.</p>`,
    vendor: 'Small Workshop',
    product_type: 'Ceramics',
    tags: ['gift'],
    variants: n % 3 === 0 ? [variant('Small', n), variant('Large', n + 5)] : [variant('Default Title', n)],
    images: [{ src: `https://cdn.shop.example/files/${n}.jpg?v=1` }],
  };
}
