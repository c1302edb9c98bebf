import type { Availability } from './product-page.ts';

/** What somebody wants to be told of one product: a limit or a percentage, the return to stock, or a price and the return. */
export interface WatchRule {
  /** At or below this price, minor units of `currency`. */
  readonly belowMinor: number | null;
  /** Down by so many percent from the highest price since the rule was armed, 1..99. */
  readonly dropPercent: number | null;
  readonly backInStock: boolean;
  /** ISO 4217; offers in another currency say nothing. null = only stock is watched. */
  readonly currency: string | null;
  /** How far the price must rise again before the next drop counts, percent. */
  readonly hysteresisPercent: number;
}

/** Where a watch stands. */
export interface WatchState {
  /** The next drop counts. */
  readonly armed: boolean;
  /** Armed: the highest price since; not armed: the lowest price since the drop; null = no price seen yet. */
  readonly extremeMinor: number | null;
  /** It was out of stock, so its return counts. */
  readonly stockArmed: boolean;
  /** When a return was last told, epoch ms. */
  readonly stockToldAt: number | null;
}

export interface Offer {
  readonly priceMinor: number | null;
  readonly currency: string | null;
  readonly availability: Availability | null;
  /** Epoch ms. */
  readonly at: number;
}

export type WatchAlert = 'price-dropped' | 'back-in-stock';
export interface WatchStep {
  readonly state: WatchState;
  readonly alerts: readonly WatchAlert[];
}

/** A product that comes and goes is told of once a day at most. */
export const STOCK_QUIET_MS = 24 * 3_600_000;
const OUT_OF_STOCK: ReadonlySet<Availability | null> = new Set(['out_of_stock', 'discontinued']);

/** A new watch, set by the offer as it is now: a price that is low already is no drop. */
export function armWatch(rule: WatchRule, offer: Offer): WatchState {
  const price = priceFor(rule, offer);
  return {
    armed: price === null || rule.belowMinor === null || price > rule.belowMinor,
    extremeMinor: price,
    stockArmed: OUT_OF_STOCK.has(offer.availability),
    stockToldAt: null,
  };
}

/**
 * What a changed offer means to a watch. A drop is told once; the next one counts after the price has risen beyond
 * the hysteresis again. A price at which nothing can be bought is no offer.
 */
export function stepWatch(rule: WatchRule, state: WatchState, offer: Offer): WatchStep {
  const price = stepPrice(rule, state, offer);
  const stock = stepStock(rule, state, offer);
  return { state: { ...price.state, ...stock.state }, alerts: [...price.alerts, ...stock.alerts] };
}

interface PartialStep<K extends keyof WatchState> {
  readonly state: Pick<WatchState, K>;
  readonly alerts: readonly WatchAlert[];
}

function stepPrice(rule: WatchRule, state: WatchState, offer: Offer): PartialStep<'armed' | 'extremeMinor'> {
  const { armed, extremeMinor } = state;
  const price = OUT_OF_STOCK.has(offer.availability) ? null : priceFor(rule, offer);
  if (price === null) return { state: { armed, extremeMinor }, alerts: [] };
  if (!armed) {
    const low = Math.min(extremeMinor ?? price, price);
    const recovered = price >= recoveryMinor(rule, low);
    return { state: { armed: recovered, extremeMinor: recovered ? price : low }, alerts: [] };
  }
  const high = Math.max(extremeMinor ?? price, price);
  if (!isDrop(rule, price, high)) return { state: { armed, extremeMinor: high }, alerts: [] };
  return { state: { armed: false, extremeMinor: price }, alerts: ['price-dropped'] };
}

function isDrop({ belowMinor, dropPercent }: WatchRule, price: number, high: number): boolean {
  const isBelow = belowMinor !== null && price <= belowMinor && high > belowMinor;
  const isCut = dropPercent !== null && price * 100 <= high * (100 - dropPercent);
  return isBelow || isCut;
}

/** From here on the next drop counts: beyond the limit where there is one, else beyond the lowest price since. */
function recoveryMinor({ belowMinor, hysteresisPercent }: WatchRule, low: number): number {
  const from = Math.max(low, belowMinor ?? 0);
  return Math.max(from + 1, (from * (100 + hysteresisPercent)) / 100);
}

function stepStock(rule: WatchRule, state: WatchState, offer: Offer): PartialStep<'stockArmed' | 'stockToldAt'> {
  const { stockArmed, stockToldAt } = state;
  if (OUT_OF_STOCK.has(offer.availability)) return { state: { stockArmed: true, stockToldAt }, alerts: [] };
  if (offer.availability !== 'in_stock' || !stockArmed) return { state: { stockArmed, stockToldAt }, alerts: [] };
  const quiet = stockToldAt !== null && offer.at - stockToldAt < STOCK_QUIET_MS;
  if (!rule.backInStock || quiet) return { state: { stockArmed: false, stockToldAt }, alerts: [] };
  return { state: { stockArmed: false, stockToldAt: offer.at }, alerts: ['back-in-stock'] };
}

const priceFor = ({ currency }: WatchRule, offer: Offer): number | null =>
  currency === null || offer.currency !== currency ? null : offer.priceMinor;
