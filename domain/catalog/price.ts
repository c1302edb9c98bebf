import { scanCurrencies, type CurrencyToken } from './currency.ts';
import { readAmount, scanNumbers, type NumberToken } from './price-number.ts';
import { isFree, isOnRequest, normalisePriceText } from './price-text.ts';

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

interface ScannedText {
  readonly original: string;
  readonly text: string;
  readonly numbers: readonly NumberToken[];
  readonly currencies: readonly CurrencyToken[];
  /** The numbers that stand beside a currency mark. */
  readonly priced: ReadonlySet<NumberToken>;
}

interface FoundCurrency {
  readonly codes: readonly string[];
  readonly written: string;
}

const GLUE = /^[ .:*,=()–—-]{0,4}$/;
const LETTER = /[\p{L}\p{M}]/u;
/** What makes the number before it a count: "2 шт.", "12x", "3 for". */
const COUNT_UNIT = /^ ?(?:шт|штук|уп|pcs|pc|pack|packs|stk|stück|x|х|×|for|за)(?![\p{L}\p{M}])/iu;
/** Currencies whose prices are written with thousandths after a dot. */
const DOT_THOUSANDTHS: ReadonlySet<string> = new Set(['KWD', 'BHD', 'OMR', 'JOD']);

function gapBetween(token: CurrencyToken, number: NumberToken): [from: number, to: number] {
  return token.start >= number.end ? [number.end, token.start] : [token.end, number.start];
}

function touches(text: string, token: CurrencyToken, number: NumberToken): boolean {
  // A sign inside the number is its decimal mark: "35€99".
  if (token.start >= number.start && token.end <= number.end) return true;
  const [from, to] = gapBetween(token, number);
  return to - from <= 4 && GLUE.test(text.slice(from, to));
}

/** For each mark the number before and the number after it: both lists are in order, so one walk finds them. */
function neighbours(currencies: readonly CurrencyToken[], numbers: readonly NumberToken[]): NumberToken[][] {
  let next = 0;
  return currencies.map((token) => {
    while ((numbers[next]?.start ?? Infinity) <= token.start) next += 1;
    return numbers.slice(Math.max(0, next - 1), next + 1);
  });
}

function scan(original: string, decimalMark: string | null): ScannedText {
  const text = normalisePriceText(original);
  const numbers = scanNumbers(text, decimalMark);
  const marks = scanCurrencies(text);
  const beside = neighbours(marks, numbers);
  const priced = new Set<NumberToken>();
  const textLength = text.trim().length;
  const currencies = marks.filter((token, index) => {
    const touching = beside[index]?.filter((number) => touches(text, token, number)) ?? [];
    for (const number of touching) priced.add(number);
    return !token.weak || touching.length > 0 || token.end - token.start === textLength;
  });
  return { original, text, numbers, currencies, priced };
}

/** A number glued to letters ("A4", "12x") or counting things ("2 шт.") is no price if a better one follows. */
function countsSomething({ text, priced }: ScannedText, number: NumberToken): boolean {
  if (priced.has(number) || number.marks.length > 0) return false;
  return (
    LETTER.test(text[number.start - 1] ?? ' ') ||
    LETTER.test(text[number.end] ?? ' ') ||
    COUNT_UNIT.test(text.slice(number.end, number.end + 12))
  );
}

function chooseNumber(scanned: ScannedText, decimalMark: string | null): NumberToken | null {
  const amounts = scanned.numbers.filter(
    (number) => !number.percent && readAmount(number, { decimalMark, thousandths: false }) !== null,
  );
  const [first] = amounts;
  if (first === undefined) return null;
  const priced = amounts.find((number) => scanned.priced.has(number));
  if (priced === undefined) return isOnRequest(scanned.text) ? null : first;
  return countsSomething(scanned, first) ? priced : first;
}

/** Lower is better: beside the number, then unambiguous, then near. */
function rank({ text }: ScannedText, token: CurrencyToken, number: NumberToken | null): number {
  const near = number !== null && touches(text, token, number);
  return (near ? 0 : 2) + (token.codes.length === 1 ? 0 : 1);
}

function distance(token: CurrencyToken, number: NumberToken | null): number {
  if (number === null) return token.start;
  const [from, to] = gapBetween(token, number);
  return Math.abs(to - from);
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
  return rank(scanned, left, number) - rank(scanned, right, number) || distance(left, number) - distance(right, number);
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
  const decimalMark = options.decimalSeparator ?? null;
  const scanned = scan(text, decimalMark);
  const hint = scan(options.currencyHint ?? '', null);
  const number = chooseNumber(scanned, decimalMark);
  const found = bestCurrency(scanned, number) ?? bestCurrency(hint, null);
  const currency = decide(found, [scanned, hint]);
  const currencyText = found?.written ?? null;
  if (number === null) {
    return { amount: isFree(scanned.text) ? '0' : null, currency, currencyText, amountText: null };
  }
  const thousandths = currency !== null && DOT_THOUSANDTHS.has(currency);
  const amount = readAmount(number, { decimalMark, thousandths });
  return { amount, currency, currencyText, amountText: text.slice(number.start, number.end) };
}
