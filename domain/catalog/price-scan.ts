import { scanCurrencies, type CurrencyToken } from './currency.ts';
import { scanNumbers, type NumberToken } from './price-number.ts';
import { normalisePriceText } from './price-text.ts';

/** A text with its numbers and currency marks, each in the order of the text. */
export interface ScannedText {
  readonly original: string;
  /** Normalised; same offsets as the original. */
  readonly text: string;
  readonly numbers: readonly NumberToken[];
  readonly currencies: readonly CurrencyToken[];
  /** The numbers that stand beside a currency mark. */
  readonly priced: ReadonlySet<NumberToken>;
}

const GLUE = /^[ .:*,=()–—-]{0,4}$/;

function gapBetween(token: CurrencyToken, number: NumberToken): [from: number, to: number] {
  return token.start >= number.end ? [number.end, token.start] : [token.end, number.start];
}

/** Characters between a mark and a number; 0 when the mark is part of the number. */
export function distance(token: CurrencyToken, number: NumberToken): number {
  const [from, to] = gapBetween(token, number);
  return Math.max(0, to - from);
}

/** Whether nothing but a little punctuation stands between a mark and a number. */
export function touches(text: string, token: CurrencyToken, number: NumberToken): boolean {
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

/** Finds numbers and currency marks; weak marks count only beside a number or as the whole text. Linear. */
export function scanPriceText(original: string, decimalMark: string | null): ScannedText {
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
