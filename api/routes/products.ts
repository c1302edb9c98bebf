import { z } from 'zod';
import { searchProducts, type ProductFilters } from '../../db/repositories/product-search.ts';
import { listPriceChanges, readProduct, sourceNames } from '../../db/repositories/products-read.ts';
import { isCurrencyCode, currencyExponent } from '../../domain/shared/iso-4217.ts';
import { toMinor } from '../../domain/shared/money.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { PriceOut, priceOut, ProductItemOut, productItemOut, ProductOut, productOut } from '../schemas/product.ts';

const tag = 'Products';
const Amount = z.string().regex(/^\d{1,12}(\.\d{1,3})?$/, 'must be an amount in major units such as 1500 or 99.90');

const Search = z
  .strictObject({
    query: z
      .string()
      .max(500, 'must be at most 500 characters')
      .optional()
      .describe('words in Russian or English; "a phrase", -without; absent = newest first')
      .meta({ examples: ['подарок маме'] }),
    source: z.array(Id).max(50, 'must be at most 50 sources').optional().describe('source ids; may be repeated'),
    currency: z
      .string()
      .refine(isCurrencyCode, 'must be an ISO 4217 code such as RUB')
      .optional()
      .meta({ examples: ['RUB'] }),
    minPrice: Amount.optional()
      .describe('inclusive, in major units of `currency`')
      .meta({ examples: ['100'] }),
    maxPrice: Amount.optional()
      .describe('inclusive, in major units of `currency`')
      .meta({ examples: ['2500.50'] }),
    inStock: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .describe('true = in stock only, false = all that is not known to be in stock'),
    ...paging(100, 20),
  })
  .superRefine(({ currency, minPrice, maxPrice }, context) => {
    for (const [path, amount] of Object.entries({ minPrice, maxPrice })) {
      if (amount === undefined) continue;
      const message = currency === undefined ? 'needs currency beside it' : tooFine(amount, currency);
      if (message !== null) context.addIssue({ code: 'custom', path: [path], message });
    }
    if (minPrice !== undefined && maxPrice !== undefined && Number(minPrice) > Number(maxPrice))
      context.addIssue({ code: 'custom', path: ['minPrice'], message: 'must not be above maxPrice' });
  });

/** Searching products and reading one. */
export const productRoutes = (deps: ApiDeps): Route[] => [
  searchProductsRoute(deps),
  getProductRoute(deps),
  listPricesRoute(deps),
];

const searchProductsRoute = (deps: ApiDeps): Route =>
  route({
    method: 'get',
    path: '/api/products',
    operationId: 'searchProducts',
    tag,
    summary: 'Search the catalogue, or browse it newest first',
    status: 200,
    query: Search,
    output: listOf(ProductItemOut).extend({
      mode: z
        .enum(['hybrid', 'lexical', 'text', 'browse'])
        .describe('how the order was made: by words and meaning, words and spelling, words alone, or newest first'),
      degraded: z.boolean().default(false).describe('the embedding model did not answer: the order is made without it'),
      reason: z.enum(['nothing-near']).nullable().default(null).describe('why there are no items'),
    }),
    problems: ['invalid-cursor'],
    async handle({ query }) {
      const { query: words = null, limit, cursor = null } = query;
      const { embedder = null } = deps;
      const filters = filtersOf(query);
      const found = await searchProducts(deps.em(), { query: words, filters, limit, cursor, embedder });
      const names = await sourceNames(
        deps.em(),
        found.items.map(({ sourceId }) => sourceId),
      );
      const items = found.items.map((hit) => productItemOut(hit, names.get(hit.sourceId) ?? ''));
      return { body: { ...found, items } };
    },
  });

const getProductRoute = (deps: ApiDeps): Route =>
  route({
    method: 'get',
    path: '/api/products/:id',
    operationId: 'getProduct',
    tag,
    summary: 'One product with everything that is known of it and where that was found',
    status: 200,
    params: IdParams,
    output: ProductOut,
    async handle({ params: { id } }) {
      const product = await readProduct(deps.em(), id);
      if (product === null) throw new Problem('not-found', 'there is no product with this id');
      return { body: productOut(product) };
    },
  });

const listPricesRoute = (deps: ApiDeps): Route =>
  route({
    method: 'get',
    path: '/api/products/:id/prices',
    operationId: 'listPrices',
    tag,
    summary: 'Price history of a product, oldest first: one entry per change',
    status: 200,
    params: IdParams,
    query: z.strictObject(paging(1000, 500)),
    output: listOf(PriceOut),
    problems: ['invalid-cursor'],
    async handle({ params: { id }, query: { limit, cursor } }) {
      if ((await readProduct(deps.em(), id)) === null)
        throw new Problem('not-found', 'there is no product with this id');
      const after = fromCursor(cursor, z.int());
      const rows = await listPriceChanges(deps.em(), { productId: id, limit: limit + 1, after });
      const page = pageOf(rows, limit, (change) => change.id);
      return { body: { ...page, items: page.items.map(priceOut) } };
    },
  });

function filtersOf({ source, currency, minPrice, maxPrice, inStock }: z.output<typeof Search>): ProductFilters {
  return {
    ...(source !== undefined && { sourceIds: source }),
    ...(currency !== undefined && { currency }),
    ...(currency !== undefined && minPrice !== undefined && { minPriceMinor: toMinor(minPrice, currency) }),
    ...(currency !== undefined && maxPrice !== undefined && { maxPriceMinor: toMinor(maxPrice, currency) }),
    ...(inStock !== undefined && { inStock }),
  };
}

/** Why an amount cannot be one of this currency, or null. */
function tooFine(amount: string, currency: string): string | null {
  if (!isCurrencyCode(currency)) return null; // told already
  const exponent = currencyExponent(currency);
  return (amount.split('.')[1] ?? '').length > exponent ? `${currency} has ${exponent} decimals` : null;
}
