import type { CurrencyToken } from './currency.ts';
import { chooseNumber, chosenAmount } from './price-choice.ts';
import type { NumberReading, NumberToken } from './price-number.ts';
import { distance, scanPriceText, touches, type ScannedText } from './price-scan.ts';
import { isFree } from './price-text.ts';

/** What is known about a price text besides the text. */
export interface PriceOptions {
  /** Text near the price that may name the currency. */
  readonly currencyHint?: string | null;
  /** The decimal mark where it is known, '.' or ',' (or a currency sign, as in "35€99"); the other mark then groups. */
  readonly decimalSeparator?: string;
}

/** A price as written. */
export interface ParsedPrice {
  /** Plain decimal without trailing zeros ("1234.5"), null when the text holds no price. */
  readonly amount: string | null;
  /** ISO 4217, null when the text and the hint do not decide it ("$" alone never means USD). */
  readonly currency: string | null;
  /** The currency mark as written. */
  readonly currencyText: string | null;
  /** The part of the text that is the amount. */
  readonly amountText: string | null;
}

interface FoundCurrency {
  readonly codes: readonly string[];
  readonly written: string;
}

/** Currencies whose prices are written with thousandths after a dot. */
const DOT_THOUSANDTHS: ReadonlySet<string> = new Set(['KWD', 'BHD', 'OMR', 'JOD']);

/** Lower is better: beside the number, then unambiguous, then near. */
function rank({ text }: ScannedText, token: CurrencyToken, number: NumberToken | null): number {
  const near = number !== null && touches(text, token, number);
  return (near ? 0 : 2) + (token.codes.length === 1 ? 0 : 1);
}

function away(token: CurrencyToken, number: NumberToken | null): number {
  return number === null ? token.start : distance(token, number);
}

function bestCurrency(scanned: ScannedText, number: NumberToken | null): FoundCurrency | null {
  let best: CurrencyToken | undefined;
  for (const token of scanned.currencies) {
    if (best === undefined || compare(scanned, number, { left: token, right: best }) < 0) best = token;
  }
  return best === undefined ? null : { codes: best.codes, written: scanned.original.slice(best.start, best.end) };
}

function compare(
  scanned: ScannedText,
  number: NumberToken | null,
  { left, right }: { readonly left: CurrencyToken; readonly right: CurrencyToken },
): number {
  return rank(scanned, left, number) - rank(scanned, right, number) || away(left, number) - away(right, number);
}

/** The one code, or the one that a clearer mark elsewhere picks out of several. */
function decide(found: FoundCurrency | null, around: readonly ScannedText[]): string | null {
  if (found === null) return null;
  const [only] = found.codes;
  if (found.codes.length === 1) return only ?? null;
  for (const { currencies } of around) {
    for (const { codes } of currencies) {
      const [code] = codes;
      if (codes.length === 1 && code !== undefined && found.codes.includes(code)) return code;
    }
  }
  return null;
}

/**
 * Reads the first price of a text: its amount and currency, in any of the usual spellings.
 * Of a range it is the lower end; "free" is 0; a percentage, a date or "по запросу" is no price.
 * "34.000" and "34,000" are thirty-four thousand unless `decimalSeparator` says otherwise. Linear in the text's length.
 */
export function parsePrice(text: string, options: PriceOptions = {}): ParsedPrice {
  const { currencyHint, decimalSeparator: decimalMark = null } = options;
  const scanned = scanPriceText(text, decimalMark);
  const hint = scanPriceText(currencyHint ?? '', null);
  const number = chooseNumber(scanned, decimalMark);
  const found = bestCurrency(scanned, number) ?? bestCurrency(hint, null);
  const currency = decide(found, [scanned, hint]);
  const thousandths = currency !== null && DOT_THOUSANDTHS.has(currency);
  return { ...readPart(scanned, number, { decimalMark, thousandths }), currency, currencyText: found?.written ?? null };
}

function readPart(
  scanned: ScannedText,
  number: NumberToken | null,
  reading: NumberReading,
): Pick<ParsedPrice, 'amount' | 'amountText'> {
  if (number === null) return { amount: isFree(scanned.text) ? '0' : null, amountText: null };
  const chosen = chosenAmount(scanned, number, reading);
  if (chosen === null) return { amount: null, amountText: null };
  return { amount: chosen.amount, amountText: scanned.original.slice(chosen.start, chosen.end) };
}
