import type { CrawlLimits, SourceConfig } from '../../contracts/source-config.ts';

/** A source definition ready to be created: its name and its configuration. */
export interface ShopSource {
  readonly name: string;
  readonly config: SourceConfig;
}

const LIMITS: CrawlLimits = { delayMs: 0, concurrency: 8, maxPages: 5000, maxDepth: 8 };
const BY_HAND = { discoveryEveryHours: null, deepEveryHours: null, window: null };

/** The sandbox shop as two sources: its pages (sitemap and catalogue) and its market API. `baseUrl` without a slash at the end. */
export function shopSources(baseUrl: string): readonly ShopSource[] {
  return [
    { name: 'sandbox-shop', config: pages(baseUrl) },
    { name: 'sandbox-market', config: market(baseUrl) },
  ];
}

function pages(baseUrl: string): SourceConfig {
  return {
    kind: 'page',
    startUrls: [`${baseUrl}/sitemap.xml`, `${baseUrl}/catalog/`],
    links: {
      product: [
        '/dom/*-p*/',
        '/jewellery/*',
        '/kukhnya/*.html',
        '/goods.php?id=*',
        '/deti/tovar/*',
        '/books/*',
        '/tech/product/*',
        '/gift-cards/*',
        '/en/*',
      ],
      listing: ['/catalog/*'],
      ignore: ['/market/*', '/cart*', '/search*', '/img/*', '/assets/*'],
    },
    // Only the sections of plain HTML have these class names; elsewhere the pages' own markup speaks.
    fields: {
      title: { select: 'h1.goods-title' },
      price: { select: '.goods-buy .goods-price__now' },
      oldPrice: { select: '.goods-buy .goods-price__was' },
      availability: { select: '.goods-buy .goods-stock' },
      brand: { select: '.goods-props .goods-brand' },
      sku: { select: '.goods-code' },
      images: { select: '.goods-photo img', attribute: 'src' },
      description: { select: '.goods-text' },
    },
    api: null,
    language: null,
    currency: null,
    limits: LIMITS,
    schedule: BY_HAND,
  };
}

function market(baseUrl: string): SourceConfig {
  return {
    kind: 'api',
    startUrls: [`${baseUrl}/api/v1/products?page=1`],
    links: { product: ['/market/p/*'], listing: ['/api/v1/products*'], ignore: [] },
    fields: {
      title: { select: 'title' },
      price: { select: 'price.text' },
      oldPrice: { select: 'oldPrice.text' },
      availability: { select: 'availability' },
      brand: { select: 'brand' },
      sku: { select: 'sku' },
      gtin: { select: 'barcode' },
      images: { select: 'images' },
      description: { select: 'description' },
      attributes: { select: 'attributes' },
      categoryPath: { select: 'categories' },
      rating: { select: 'rating' },
      variants: { select: 'variants' },
      language: { select: 'language' },
    },
    api: { items: 'items', next: 'next', url: 'url' },
    language: null,
    currency: null,
    limits: LIMITS,
    schedule: BY_HAND,
  };
}
