import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Availability } from '../../domain/catalog/product-page.ts';
import { armWatch, stepWatch, type Offer, type WatchRule, type WatchState } from '../../domain/catalog/price-watch.ts';
import { addEvents, type NewEvent } from './events.ts';
import type { WrittenProduct } from './products.ts';

/** A watch as it stands; `createdAt` is ISO 8601, UTC. */
export interface WatchRow extends WatchRule, WatchState {
  readonly id: string;
  readonly productId: string;
  readonly createdAt: string;
}

const ROW = `price_watch.id, product_id as "productId", below_minor::float8 as "belowMinor",
  drop_percent as "dropPercent", back_in_stock as "backInStock", price_watch.currency,
  hysteresis_percent as "hysteresisPercent", armed, extreme_minor::float8 as "extremeMinor",
  stock_armed as "stockArmed", (extract(epoch from stock_told_at) * 1000)::float8 as "stockToldAt",
  to_char(price_watch.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"`;
const OFFER = `price_minor::float8 as "priceMinor", product.currency as "offerCurrency", availability,
  (extract(epoch from now()) * 1000)::float8 as at`;

interface OfferRow {
  readonly priceMinor: number | null;
  readonly offerCurrency: string | null;
  readonly availability: Availability | null;
  readonly at: number;
}
const toOffer = ({ priceMinor, offerCurrency, availability, at }: OfferRow): Offer => ({
  ...{ priceMinor, currency: offerCurrency, availability, at },
});

/** Watches a product from its offer of now on; null when there is no such product. Safe to repeat with the same id. */
export async function addWatch(
  em: SqlEntityManager,
  { id, productId }: { readonly id: string; readonly productId: string },
  rule: WatchRule,
): Promise<WatchRow | null> {
  return await em.transactional(async (tx) => {
    const [offer] = await tx.execute<OfferRow[]>(`select ${OFFER} from product where id = ? for update`, [productId]);
    if (offer === undefined) return null;
    const state = armWatch(rule, toOffer(offer));
    await tx.execute(
      `insert into price_watch (id, product_id, below_minor, drop_percent, back_in_stock, currency, hysteresis_percent,
         armed, extreme_minor, stock_armed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
      [
        ...[id, productId, rule.belowMinor, rule.dropPercent, rule.backInStock, rule.currency, rule.hysteresisPercent],
        ...[state.armed, state.extremeMinor, state.stockArmed],
      ],
    );
    const [row] = await tx.execute<WatchRow[]>(`select ${ROW} from price_watch where id = ?`, [id]);
    return row ?? null;
  });
}

export interface WatchListQuery {
  readonly productId: string;
  readonly limit: number;
  /** Id of the last watch of the answer before. */
  readonly after: string | null;
}

/** Watches of a product by id, at most `limit`. */
export async function listWatches(
  em: SqlEntityManager,
  { productId, limit, after }: WatchListQuery,
): Promise<WatchRow[]> {
  const keyset = after === null ? '' : 'and id > ?';
  return await em.execute<WatchRow[]>(
    `select ${ROW} from price_watch where product_id = ? ${keyset} order by id limit ?`,
    [productId, ...(after === null ? [] : [after]), limit],
  );
}

/** Ends a watch; false when the product has no such watch. */
export async function removeWatch(em: SqlEntityManager, productId: string, watchId: string): Promise<boolean> {
  const rows = await em.execute<object[]>('delete from price_watch where id = ? and product_id = ? returning id', [
    watchId,
    productId,
  ]);
  return rows.length > 0;
}

interface WatchScope {
  readonly sourceId: string;
  readonly runId: string;
  readonly origin: 'crawl' | 'replay';
}

/**
 * Takes changed offers to the watches of their products and writes the alerts as events, in the caller's transaction.
 * A replay moves the watches along without an alert: our rules have changed, not the shop's price.
 */
export async function stepWatches(
  em: SqlEntityManager,
  { sourceId, runId, origin }: WatchScope,
  written: readonly WrittenProduct[],
): Promise<void> {
  const repriced = written.flatMap(({ id, repriced: is }) => (is ? [id] : []));
  if (repriced.length === 0) return;
  const rows = await em.execute<(WatchRow & OfferRow & { url: string; title: string })[]>(
    `select ${ROW}, ${OFFER}, url, title from price_watch join product on product.id = product_id
     where product_id in (select jsonb_array_elements_text(?::jsonb)::uuid) order by price_watch.id for update of price_watch`,
    [JSON.stringify(repriced)],
  );
  const steps = rows.map((row) => ({ row, ...stepWatch(row, row, toOffer(row)) }));
  await storeStates(
    em,
    steps.map(({ row, state }) => ({ id: row.id, ...state })),
  );
  if (origin === 'replay') return;
  const events = steps.flatMap(({ row, alerts }) =>
    alerts.map((kind): NewEvent => {
      const { id: watchId, productId, url, title, priceMinor, offerCurrency: currency, extremeMinor } = row;
      const payload = { watchId, url, title, priceMinor, currency, fromMinor: extremeMinor };
      return { kind, sourceId, productId, payload, dedupeKey: `${kind}:${watchId}:${runId}:${row.at}` };
    }),
  );
  await addEvents(em, events);
}

async function storeStates(
  em: SqlEntityManager,
  states: readonly (WatchState & { readonly id: string })[],
): Promise<void> {
  if (states.length === 0) return;
  await em.execute(
    `update price_watch as watch set armed = step.armed, extreme_minor = step."extremeMinor",
       stock_armed = step."stockArmed", stock_told_at = to_timestamp(step."stockToldAt" / 1000)
     from jsonb_to_recordset(?::jsonb) as step
       (id uuid, armed boolean, "extremeMinor" bigint, "stockArmed" boolean, "stockToldAt" float8)
     where watch.id = step.id`,
    [JSON.stringify(states)],
  );
}
