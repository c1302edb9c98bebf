import type { Price } from '../../../domain/catalog/product-page.ts';
import { isRecord } from './lenient-json.ts';
import { currencyCode, sameAmount, structuredPrice, textPrice } from './price-value.ts';
import { CONFIDENCE } from './product-draft.ts';
import type { PageContext } from './product-draft.ts';
import { isShownWithCurrency } from './shown-amount.ts';
import { pick, stateNode } from './state-node.ts';
import type { StateNode } from './state-node.ts';
import { textValue } from './schema-node.ts';

/** The raw page and what is known about it. */
export interface StatePage {
  readonly html: string;
  readonly context: PageContext;
}

/** How a state writes whole amounts, and how sure that is. */
export interface StateScale {
  /** 1 = in units of the currency, 100 = in hundredths. */
  readonly divisor: 1 | 100;
  /** 0..1. */
  readonly confidence: number;
}

/** An amount as state holds it. */
interface RawAmount {
  /** Plain decimal. */
  readonly amount: string;
  readonly currency: string | null;
  /** `unknown` for a whole number, which may count units or hundredths. */
  readonly unit: 'major' | 'minor' | 'unknown';
}

/** The price of a state's product with the scale of its whole numbers. */
export interface StatePrice extends StateScale {
  readonly price: Price;
}

const CURRENT = 'saleprice currentprice finalprice discountedprice sellingprice sellprice price pricevalue'.split(' ');
const MINOR = 'priceincents pricecents priceminor priceinpence amountminor centamount minoramount unitamount'.split(
  ' ',
);
const FORMER =
  'oldprice compareatprice listprice regularprice originalprice wasprice previousprice strikeprice fullprice baseprice rrp msrp pricebefore pricebeforediscount'.split(
    ' ',
  );
const INNER = 'value amount current currentprice price'.split(' ');
const INNER_MINOR = 'centamount amountminor minor minoramount valueincents cents'.split(' ');
const CURRENCY = 'currency pricecurrency currencycode currencyiso currencyisocode'.split(' ');
/** Currencies whose unit has no hundredths in use. */
const WHOLE = new Set(['JPY', 'KRW', 'VND', 'CLP', 'ISK', 'PYG']);

/**
 * The price of a product in embedded state. A whole number counts units when the page shows it so, or its currency is
 * beside it and nothing hints at hundredths; it counts hundredths where the page or a sibling shows the hundredth part.
 */
export function readStatePrice(node: StateNode, page: StatePage): StatePrice | null {
  const raw = rawAmount(node, CURRENT) ?? minorAmount(node);
  if (raw === null) return null;
  const currency = raw.currency ?? currencyOf(node);
  const scale = raw.unit === 'unknown' ? scaleOf(raw.amount, { node, currency, page }) : FIXED[raw.unit];
  const price = scale === null ? null : scaled(raw.amount, scale.divisor, currency ?? page.context.currency);
  return scale === null || price === null ? null : { ...scale, price };
}

const USUAL = CONFIDENCE['embedded-state'];
const FIXED = {
  major: { divisor: 1, confidence: USUAL },
  minor: { divisor: 100, confidence: USUAL },
} as const;

/** The crossed-out price in the same scale, only where it is higher than the price. */
export function readFormerPrice(node: StateNode, now: StatePrice): Price | null {
  const raw = rawAmount(node, FORMER);
  const former = raw === null ? null : inScale(raw, now);
  return former !== null && Number(former.amount) > Number(now.price.amount) ? former : null;
}

/** The price of a variant or neighbour field in the scale of the product it belongs to. */
export function readPriceInScale(node: StateNode, now: StatePrice): Price | null {
  const raw = rawAmount(node, CURRENT) ?? minorAmount(node);
  return raw === null ? null : inScale(raw, now);
}

function inScale({ amount, unit, currency }: RawAmount, now: StatePrice): Price | null {
  return scaled(amount, unit === 'unknown' ? now.divisor : FIXED[unit].divisor, currency ?? now.price.currency);
}

function scaled(amount: string, divisor: 1 | 100, currency: string | null): Price | null {
  return structuredPrice(divisor === 1 ? amount : hundredth(amount), currency);
}

function hundredth(amount: string): string {
  return (Number(amount) / 100).toFixed(2);
}

function rawAmount(node: StateNode, names: readonly string[]): RawAmount | null {
  for (const name of names) {
    const value = node.get(name);
    const raw = isRecord(value) ? innerAmount(stateNode(value)) : plainAmount(value);
    if (raw !== null) return raw;
  }
  return null;
}

function innerAmount(record: StateNode): RawAmount | null {
  const currency = currencyOf(record);
  const minor = plainAmount(pick(record, INNER_MINOR));
  if (minor !== null) return { ...minor, currency, unit: record.get('fractiondigits') === 0 ? 'major' : 'minor' };
  const plain = plainAmount(pick(record, INNER));
  return plain === null ? null : { ...plain, currency: plain.currency ?? currency };
}

function minorAmount(node: StateNode): RawAmount | null {
  const raw = plainAmount(pick(node, MINOR));
  return raw === null ? null : { ...raw, unit: 'minor' };
}

/** A number, or a string that is one or shows one with its currency. */
function plainAmount(value: unknown): RawAmount | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > 40) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) > 0 ? { amount: text, currency: null, unit: 'unknown' } : null;
  if (/^\d{1,9}[.,]\d{1,2}$/.test(text)) return { amount: text.replace(',', '.'), currency: null, unit: 'major' };
  const shown = textPrice(text, null);
  // A text without a currency may be anything with a number in it.
  return shown?.currency ? { ...shown, unit: 'major' } : null;
}

function currencyOf(node: StateNode): string | null {
  return currencyCode(textValue(pick(node, CURRENCY)));
}

interface ScaleQuestion {
  readonly node: StateNode;
  readonly currency: string | null;
  readonly page: StatePage;
}

function scaleOf(amount: string, { node, currency, page }: ScaleQuestion): StateScale | null {
  if (currency !== null && WHOLE.has(currency)) return FIXED.major;
  const hint = siblingScale(amount, node);
  if (hint !== null) return { divisor: hint, confidence: 0.65 };
  const [inUnits, inHundredths] = [amount, hundredth(amount)].map((text) => isShownWithCurrency(page.html, text));
  if (inUnits !== inHundredths) return { divisor: inUnits === true ? 1 : 100, confidence: 0.6 };
  // Both shown: one of them is something else, and nothing says which.
  return inUnits === true || currency === null ? null : { divisor: 1, confidence: 0.5 };
}

/** What the other fields of the product say: one that shows the amount, or one of exactly its hundredth part. */
function siblingScale(amount: string, node: StateNode): 1 | 100 | null {
  const part = hundredth(amount);
  for (const value of siblings(node)) {
    const raw = plainAmount(value);
    if (raw === null) continue;
    if (sameAmount(raw.amount, part)) return 100;
    if (raw.currency !== null && sameAmount(raw.amount, amount)) return 1;
  }
  return null;
}

function* siblings(node: StateNode): Generator {
  for (const [name, value] of node) {
    if (!/price|amount|cost|display|format/.test(name) || /percent|point|count|sav/.test(name)) continue;
    if (isRecord(value)) yield* Object.values(value);
    else yield value;
  }
}
