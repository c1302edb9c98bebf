import { createHash } from 'node:crypto';
import type { FoundLink, RobotsReader, ShopReader, Visit, VisitRequest } from '../../activities/ports.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';

/** Fills what a test does not care about. */
export const sourceConfig = (config: Partial<SourceConfig> = {}): SourceConfig => ({
  kind: 'page',
  startUrls: ['http://shop.test/'],
  links: { product: [], listing: [], ignore: [] },
  fields: {},
  api: null,
  language: 'en',
  currency: 'EUR',
  limits: { delayMs: 0, concurrency: 4, maxPages: 1_000, maxDepth: 10 },
  schedule: { discoveryEveryHours: null, deepEveryHours: null, window: null },
  ...config,
});

export const openRobots: RobotsReader = {
  fetchRobots: () => Promise.resolve({ status: 404, text: '' }),
  readRobots: () => ({ allows: () => true, crawlDelayMs: null, sitemaps: [] }),
};

/** A shop made of a function from path to answer; records every visit. */
export function scriptedShop(answer: (path: string, request: VisitRequest) => Visit | Promise<Visit>) {
  const visited: string[] = [];
  const shops: ShopReader = {
    seeds: ({ startUrls }) => ({ pages: startUrls.map((url) => ({ url, kind: 'listing' })), sitemaps: true }),
    async visit(request) {
      const { pathname, search } = new URL(request.url);
      visited.push(pathname + search);
      return await answer(pathname + search, request);
    },
    reread: () => Promise.reject(new Error('not scripted')),
    tryPage: () => Promise.reject(new Error('not scripted')),
  };
  return { shops, robots: openRobots, visited };
}

const base = 'http://shop.test';
export const link = (path: string, kind: FoundLink['kind'], continues = false): FoundLink => ({
  url: base + path,
  kind,
  continues,
});

export const listing = (...links: readonly FoundLink[]): Visit => fetched({ links });

export const productPage = (path: string, amount: string | null, title = `Gift ${path}`): Visit =>
  fetched({
    products: [
      {
        url: base + path,
        page: {
          title: { value: title, from: 'json-ld', confidence: 0.9 },
          ...(amount !== null && { price: { value: { amount, currency: 'EUR' }, from: 'json-ld', confidence: 0.9 } }),
          availability: { value: 'in_stock', from: 'json-ld', confidence: 0.9 },
          images: { value: [`${base}/img${path}.jpg`], from: 'json-ld', confidence: 0.9 },
        },
      },
    ],
  });

function fetched(found: Partial<Extract<Visit, { outcome: 'fetched' }>>): Visit {
  const bodyHash = createHash('sha256').update(JSON.stringify(found)).digest('hex');
  return {
    outcome: 'fetched',
    products: [],
    links: [],
    etag: null,
    lastModified: null,
    bodyHash,
    body: null,
    reason: null,
    ...found,
  };
}
