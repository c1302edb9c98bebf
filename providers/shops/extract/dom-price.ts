import type { Found, Price } from '../../../domain/catalog/product-page.ts';
import { placeOf } from './dom.ts';
import { stepsToCommon } from './page-index.ts';
import type { PageIndex } from './page-index.ts';
import { priceCandidates } from './price-candidates.ts';
import { scorePrices } from './price-score.ts';
import type { ScoredPrice } from './price-score.ts';
import { sameAmount } from './price-value.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';
import { isProductZone } from './zones.ts';

/** Below this score a shown amount is not taken for the product's price. */
const LEAST_SCORE = 2;
/** From this score on, a shown amount may overrule machine-readable data. */
const STRONG_SCORE = 5;

/** What the page's data and its texts are told apart by. */
export interface PriceQuestion {
  /** The price that machine-readable data gives, best first; empty when there is none. */
  readonly stated: readonly Price[];
  /** ISO 4217 to assume when the text names none. */
  readonly currency: string | null;
}

/**
 * The price for which the product is sold as the page shows it, with the crossed-out one beside it.
 * Empty when machine-readable data stands: shown or not contradicted, or nothing on the page looks like a price.
 */
export function readDomPrice(index: PageIndex, { stated, currency }: PriceQuestion): ProductDraft {
  const amounts = stated.map(({ amount }) => amount);
  const shown = scorePrices(priceCandidates(index, currency), index, amounts);
  const best = bestShown(shown);
  if (best === null) return {};
  const claimed = stated[0];
  const known = best.price.currency ?? claimed?.currency ?? currency;
  const old = oldPriceBeside(best, shown, index);
  const beside = inCurrency({ ...old, ...rangeEnd(best) }, known);
  if (claimed !== undefined && !overrules(best, claimed, shown)) {
    return sameAmount(best.price.amount, claimed.amount) ? beside : inCurrency(old, known);
  }
  return { ...beside, price: found({ amount: best.price.amount, currency: known }, 'dom', confidenceOf(best.score)) };
}

/** Amounts beside the price that name no currency are in the price's. */
function inCurrency({ oldPrice, highPrice }: ProductDraft, known: string | null): ProductDraft {
  const named = (price: Found<Price>): Found<Price> => ({
    ...price,
    value: { ...price.value, currency: price.value.currency ?? known },
  });
  return {
    ...(oldPrice === undefined ? {} : { oldPrice: named(oldPrice) }),
    ...(highPrice === undefined ? {} : { highPrice: named(highPrice) }),
  };
}

function rangeEnd({ highPrice }: ScoredPrice): ProductDraft {
  return highPrice === null ? {} : { highPrice: found(highPrice, 'dom', 0.6) };
}

function confidenceOf(score: number): number {
  return Math.round(Math.min(0.9, 0.35 + score * 0.07) * 100) / 100;
}

/** The best scored amount; of two that stand side by side alike, the lower one: shops show the reduced price last. */
function bestShown(shown: readonly ScoredPrice[]): ScoredPrice | null {
  const ranked = shown.filter(({ isStruck }) => !isStruck).toSorted((one, other) => other.score - one.score);
  const best = ranked[0];
  if (best === undefined || best.score < LEAST_SCORE) return null;
  const rivals = ranked.filter(
    (rival) =>
      rival.score > best.score - 1 &&
      rival.hasCurrency &&
      isReduced(rival.price, best.price) &&
      areNeighbours(rival, best),
  );
  return rivals[0] ?? best;
}

function isReduced(price: Price, from: Price): boolean {
  const ratio = Number(price.amount) / Number(from.amount);
  return ratio >= 0.2 && ratio < 0.999;
}

function areNeighbours(one: ScoredPrice, other: ScoredPrice): boolean {
  const apart = Math.abs(placeOf(one.element) - placeOf(other.element));
  return apart <= 12 && stepsToCommon(one.element, other.element) <= 4;
}

/** Data gives way when it is what the page crosses out, or the page plainly shows something else and never it. */
function overrules(best: ScoredPrice, claimed: Price, shown: readonly ScoredPrice[]): boolean {
  if (sameAmount(best.price.amount, claimed.amount)) return false;
  const places = shown.filter(({ price }) => sameAmount(price.amount, claimed.amount));
  const standing = places.filter(({ isStruck, score }) => !isStruck && score > best.score - 2.5);
  if (standing.length > 0) return false;
  const isCrossedOut = places.some(({ isStruck }) => isStruck);
  return isCrossedOut ? best.score >= LEAST_SCORE : best.score >= STRONG_SCORE && best.hasCurrency;
}

/** Not in a part of the page (other products, cards, reviews) in which the price itself does not stand. */
function isWithin(candidate: ScoredPrice, best: ScoredPrice, { zones }: PageIndex): boolean {
  return isProductZone(zones.get(candidate.element)) || !isProductZone(zones.get(best.element));
}

function oldPriceBeside(best: ScoredPrice, shown: readonly ScoredPrice[], index: PageIndex): ProductDraft {
  const struck = shown.find(
    (candidate) =>
      candidate.isStruck &&
      Number(candidate.price.amount) > Number(best.price.amount) &&
      isWithin(candidate, best, index) &&
      Math.abs(placeOf(candidate.element) - placeOf(best.element)) <= 40,
  );
  return struck === undefined ? {} : { oldPrice: found(struck.price, 'dom', 0.6) };
}
