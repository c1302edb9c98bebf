import { z } from 'zod';
import { addWatch, listWatches, removeWatch } from '../../db/repositories/price-watches.ts';
import { readProduct } from '../../db/repositories/products-read.ts';
import type { WatchRule } from '../../domain/catalog/price-watch.ts';
import { currencyExponent } from '../../domain/shared/iso-4217.ts';
import { toMinor } from '../../domain/shared/money.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { WatchIn, WatchOut, watchOut } from '../schemas/watch.ts';

const tag = 'Watches';

/** Following the price and the stock of a product; what happens is among the events. */
export const watchRoutes = (deps: ApiDeps): Route[] => [
  route({
    method: 'post',
    path: '/api/products/:id/watches',
    operationId: 'addWatch',
    tag,
    summary: 'Follow the price or the stock of a product; its alerts are events',
    status: 201,
    params: IdParams,
    body: WatchIn,
    output: WatchOut,
    async handle({ params: { id }, body }, { newId }) {
      const currency = body.currency ?? (await currencyOf(deps, id));
      const watch = await addWatch(deps.em(), { id: newId, productId: id }, toRule(body, currency));
      if (watch === null) throw noProduct();
      return { body: watchOut(watch), location: `/api/products/${id}/watches` };
    },
  }),
  route({
    method: 'get',
    path: '/api/products/:id/watches',
    operationId: 'listWatches',
    tag,
    summary: 'Who is to be told of a product, and when',
    status: 200,
    params: IdParams,
    query: z.strictObject(paging(100, 20)),
    output: listOf(WatchOut),
    problems: ['invalid-cursor'],
    async handle({ params: { id }, query: { limit, cursor } }) {
      await currencyOf(deps, id);
      const rows = await listWatches(deps.em(), { productId: id, limit: limit + 1, after: fromCursor(cursor, Id) });
      const page = pageOf(rows, limit, (watch) => watch.id);
      return { body: { ...page, items: page.items.map(watchOut) } };
    },
  }),
  route({
    method: 'delete',
    path: '/api/products/:id/watches/:watchId',
    operationId: 'removeWatch',
    tag,
    summary: 'Stop following a product',
    status: 204,
    params: z.strictObject({ id: Id, watchId: Id }),
    async handle({ params: { id, watchId } }) {
      if (!(await removeWatch(deps.em(), id, watchId)))
        throw new Problem('not-found', 'the product has no watch with this id');
      return { body: undefined };
    },
  }),
];

const noProduct = () => new Problem('not-found', 'there is no product with this id');

async function currencyOf({ em }: ApiDeps, productId: string): Promise<string | null> {
  const found = await readProduct(em(), productId);
  if (found === null) throw noProduct();
  return found.product.currency ?? null;
}

/** @throws Problem invalid-request when a price is to be watched and its currency is unknown or has fewer decimals */
function toRule(body: z.output<typeof WatchIn>, currency: string | null): WatchRule {
  const { below, dropPercent = null, backInStock, hysteresisPercent } = body;
  const watchesPrice = below !== undefined || dropPercent !== null;
  if (watchesPrice && currency === null) throw wrong('currency', 'is required: the product has no price yet');
  if (below === undefined || currency === null) {
    return { belowMinor: null, dropPercent, backInStock, currency: watchesPrice ? currency : null, hysteresisPercent };
  }
  const decimals = currencyExponent(currency);
  if ((below.split('.')[1] ?? '').length > decimals) throw wrong('below', `${currency} has ${decimals} decimals`);
  return { belowMinor: toMinor(below, currency), dropPercent, backInStock, currency, hysteresisPercent };
}

const wrong = (path: string, message: string) =>
  new Problem('invalid-request', `${path} ${message}`, { errors: [{ in: 'body', path, message }] });
