import { z } from 'zod';
import type { FoundProduct } from '../../../activities/ports.ts';
import type { SourceConfig } from '../../../contracts/source-config.ts';
import type { Price, Variant } from '../../../domain/catalog/product-page.ts';
import { canonicalUrl } from '../../../domain/catalog/canonical-url.ts';
import { plainText } from '../extract/plain-text.ts';
import { found, type ProductDraft } from '../extract/product-draft.ts';
import { UnreadableAnswerError, type ShopAdapter } from './shop-adapter.ts';

/** The most that the platform gives; a shop may give less, and there is no word on how many there are. */
const PER_PAGE = 250;

const text = z.string().catch('');
const amount = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .nullable()
  .catch(null);
const Item = z.object({
  title: z.string().min(1),
  handle: z.string().min(1),
  body_html: text,
  vendor: text,
  product_type: text,
  variants: z
    .array(
      z.object({
        title: text,
        sku: text,
        price: amount,
        compare_at_price: amount,
        available: z.boolean().nullable().catch(null),
      }),
    )
    .catch([]),
  images: z.array(z.object({ src: z.string() })).catch([]),
});
type Item = z.output<typeof Item>;
const Answer = z.object({ products: z.array(z.unknown()) });

/**
 * Shops on Shopify: every catalogue page has its JSON beside it, `/products.json` or `/collections/<name>/products.json`,
 * by number until a page is empty. It names no currency: the source does.
 */
export const shopify: ShopAdapter = {
  seeds: ({ startUrls }) => [...new Set(startUrls.map(feedOf))].map((url) => ({ url, kind: 'api' })),
  read(page, { config }) {
    const entries = entriesOf(page.text());
    const items = entries.flatMap((entry) => Item.safeParse(entry).data ?? []);
    const origin = new URL(page.url).origin;
    const unread = entries.length - items.length;
    return {
      products: items.flatMap((item) => toProduct(item, origin, config)),
      links: entries.length === 0 ? [] : [{ url: nextPage(page.url), kind: 'api', continues: true }],
      reason: unread > 0 ? `${unread} items without a title or a handle` : null,
    };
  },
};

function feedOf(startUrl: string): string {
  const { origin, pathname } = new URL(startUrl);
  const collection = /^(?:\/[a-z]{2}(?:-[a-z]{2})?)?\/collections\/[^/]+/i.exec(pathname)?.[0] ?? '';
  return `${origin}${collection}/products.json?limit=${PER_PAGE}&page=1`;
}

function nextPage(url: string): string {
  const next = new URL(url);
  next.searchParams.set('page', String(Number(next.searchParams.get('page') ?? '1') + 1));
  return canonicalUrl(next.href) ?? next.href;
}

function entriesOf(json: string): readonly unknown[] {
  try {
    return Answer.parse(JSON.parse(json)).products;
  } catch (err) {
    // A shop that has closed its feed answers with a page.
    throw new UnreadableAnswerError('the answer is not a list of products', { cause: err });
  }
}

function toProduct(item: Item, origin: string, config: SourceConfig): FoundProduct[] {
  const url = canonicalUrl(`${origin}/products/${encodeURIComponent(item.handle)}`);
  if (url === null) return [];
  return [
    { url, page: { ...wordsOf(item), ...pricesOf(item, config.currency), ...variantsOf(item, config.currency) } },
  ];
}

function wordsOf(item: Item): ProductDraft {
  const draft: ProductDraft = { title: found(plainText(item.title), 'api') };
  const description = plainText(item.body_html);
  if (description !== '') draft.description = found(description, 'api');
  if (item.vendor !== '') draft.brand = found(plainText(item.vendor), 'api');
  if (item.product_type !== '') draft.categoryPath = found([plainText(item.product_type)], 'api');
  const images = item.images.flatMap(({ src }) => canonicalUrl(src) ?? []);
  if (images.length > 0) draft.images = found(images, 'api');
  return draft;
}

/** What is for sale counts; when nothing is, what was. */
function pricesOf({ variants }: Item, currency: string | null): ProductDraft {
  const inStock = variants.filter(({ available }) => available !== false);
  const offers = (inStock.length > 0 ? inStock : variants)
    .flatMap(({ price, compare_at_price: old }) => (price === null ? [] : [{ price, old }]))
    .sort((a, b) => Number(a.price) - Number(b.price));
  const [cheapest, dearest] = [offers[0], offers.at(-1)];
  const draft: ProductDraft = {};
  if (cheapest === undefined || dearest === undefined) return draft;
  const { price, old } = cheapest;
  draft.price = found(priceOf(price, currency), 'api');
  if (Number(dearest.price) > Number(price)) draft.highPrice = found(priceOf(dearest.price, currency), 'api');
  if (old !== null && Number(old) > Number(price)) draft.oldPrice = found(priceOf(old, currency), 'api');
  return draft;
}

const priceOf = (value: string, currency: string | null): Price => ({ amount: value, currency });

function variantsOf({ variants }: Item, currency: string | null): ProductDraft {
  const draft: ProductDraft = {};
  const stated = variants.filter(({ available }) => available !== null);
  if (stated.length > 0) {
    draft.availability = found(stated.some(({ available }) => available === true) ? 'in_stock' : 'out_of_stock', 'api');
  }
  const [only] = variants;
  if (variants.length === 1 && only !== undefined && only.sku !== '') draft.sku = found(only.sku, 'api');
  if (variants.length > 1) {
    draft.variants = found(
      variants.map((variant): Variant => toVariant(variant, currency)),
      'api',
    );
  }
  return draft;
}

const toVariant = ({ title, sku, price, available }: Item['variants'][number], currency: string | null): Variant => ({
  name: plainText(title),
  sku: sku === '' ? null : sku,
  price: price === null ? null : priceOf(price, currency),
  availability: available === null ? null : available ? 'in_stock' : 'out_of_stock',
  url: null,
});
