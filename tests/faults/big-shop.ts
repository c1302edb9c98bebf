import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface BigShop {
  readonly url: string;
  readonly host: string;
  /** Requests answered per path. */
  readonly hits: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** A plain shop of `products` JSON-LD pages behind one sitemap; each answer takes `latencyMs`. */
export async function startBigShop({ products, latencyMs }: { products: number; latencyMs: number }): Promise<BigShop> {
  const hits = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    hits.set(path, (hits.get(path) ?? 0) + 1);
    void delay(latencyMs).then(() => {
      answer(path, `http://${request.headers.host ?? ''}`, { response, products });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const host = `127.0.0.1:${address.port}`;
  return {
    ...{ url: `http://${host}`, host, hits },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(
  path: string,
  base: string,
  { response, products }: { response: ServerResponse; products: number },
): void {
  const product = /^\/p\/(\d+)$/.exec(path)?.[1];
  if (path === '/sitemap.xml') {
    const urls = Array.from({ length: products }, (_, n) => `<url><loc>${base}/p/${n + 1}</loc></url>`).join('');
    response.setHeader('content-type', 'application/xml').end(`<urlset>${urls}</urlset>`);
  } else if (product !== undefined && Number(product) <= products) {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(productHtml(product, base));
  } else {
    response.writeHead(404).end();
  }
}

function productHtml(id: string, base: string): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: `Gift number ${id}`,
    sku: `G-${id}`,
    image: `${base}/img/${id}.jpg`,
    offers: { '@type': 'Offer', price: `${id}.00`, priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
  };
  return `<!doctype html><title>Gift ${id}</title><h1>Gift number ${id}</h1>
    <script type="application/ld+json">${JSON.stringify(data)}</script>`;
}
