import { plainDecimal, readAmount, type NumberReading, type NumberToken } from './price-number.ts';
import type { ScannedText } from './price-scan.ts';
import { isOnRequest } from './price-text.ts';

/** The amount of a price and where it stands in the text; `end` is exclusive. */
export interface ChosenAmount {
  /** Plain decimal. */
  readonly amount: string;
  readonly start: number;
  readonly end: number;
}

const LETTER = /[\p{L}\p{M}]/u;
/** What makes the number before it a count or a measure: "2 шт.", "12x", "350 мл", "100 g". */
const UNIT =
  /^ ?(?:шт|штук|штуки|уп|упак|мл|л|г|гр|кг|мг|мм|см|м|pcs|pc|pack|packs|stk|stück|ml|cl|l|g|gr|kg|mg|mm|cm|m|oz|lb|lbs|x|х|×|for|за)(?![\p{L}\p{M}])/iu;
/** Between the ends of a price range. */
const RANGE = /^ ?(?:[-–—~/…]|\.{2,3}|\(|to|till|до|по|bis|tot|au?|à|и|and|do|til|till|a|al|or|или)? ?$/iu;
const KOPECKS = /^ ?(?:руб\p{L}{0,4}|р|₽)\.?,? ?(\d{1,2}) ?(?:коп\p{L}{0,4}|к)(?!\p{L})/iu;
const MAGNITUDE = /^ ?(?:(тыс)|млн)(?!\p{L})/iu;

/** A number glued to letters ("A4"), or counting or measuring something, is no price if a better one follows. */
function countsSomething({ text, priced }: ScannedText, number: NumberToken): boolean {
  if (priced.has(number)) return false;
  if (UNIT.test(text.slice(number.end, number.end + 8))) return true;
  const glued = LETTER.test(text[number.start - 1] ?? ' ') || LETTER.test(text[number.end] ?? ' ');
  return glued && number.marks.length === 0;
}

/** "iPhone 15 79 990 ₽": a short bare number that is not the lower end of a range. */
function isAside({ text }: ScannedText, number: NumberToken, next: NumberToken | undefined): boolean {
  if (next === undefined || number.marks.length > 0 || (number.groups[0] ?? '').length > 2) return false;
  const gap = text.slice(number.end, next.start);
  return gap.length > 8 || !RANGE.test(gap) || gap === ' ';
}

/** The number that is the price: the first one, unless it counts something and another stands beside a currency. */
export function chooseNumber(scanned: ScannedText, decimalMark: string | null): NumberToken | null {
  const reading = { decimalMark, thousandths: false };
  const amounts = scanned.numbers.filter((number) => !number.percent && readAmount(number, reading) !== null);
  const [first, second] = amounts;
  if (first === undefined) return null;
  const priced = amounts.find((number) => scanned.priced.has(number));
  if (priced === undefined) return isOnRequest(scanned.text) ? null : first;
  if (scanned.priced.has(first)) return first;
  return countsSomething(scanned, first) || isAside(scanned, first, second) ? priced : first;
}

/** Whole units and two digits of cents, one space apart. */
function areUnitsAndCents(units: NumberToken, cents: NumberToken): boolean {
  const whole = units.marks.every((mark) => mark === ' ') && cents.marks.length === 0;
  return whole && cents.start === units.end + 1 && cents.end - cents.start === 2 && !cents.percent;
}

/** "12 99 €": cents set apart by a space alone, in a text that is nothing but one price. */
function apartCents({ text, numbers, currencies }: ScannedText): ChosenAmount | null {
  const [units, cents, ...otherNumbers] = numbers;
  const [currency, ...otherCurrencies] = currencies;
  if (units === undefined || cents === undefined || currency === undefined) return null;
  if (otherNumbers.length + otherCurrencies.length > 0 || !areUnitsAndCents(units, cents)) return null;
  const priceLength = cents.end - units.start + currency.end - currency.start;
  if (text.replaceAll(/[ *.:]/g, '').length > priceLength) return null;
  const amount = plainDecimal(units.groups.join(''), cents.groups.join(''));
  return { amount, start: units.start, end: cents.end };
}

/** The amount with what follows its number: kopecks in words, "тыс." and "млн". */
function withWords(text: string, number: NumberToken, amount: string): ChosenAmount {
  const { start, end } = number;
  const after = text.slice(end, end + 24);
  const [whole = '', fraction = ''] = amount.split('.');
  const magnitude = MAGNITUDE.exec(after);
  if (magnitude !== null) {
    const places = magnitude[1] === undefined ? 6 : 3;
    const moved = whole + fraction.slice(0, places).padEnd(places, '0');
    return { amount: plainDecimal(moved, fraction.slice(places)), start, end: end + magnitude[0].length };
  }
  const kopecks = fraction === '' ? KOPECKS.exec(after) : null;
  if (kopecks === null) return { amount, start, end };
  return { amount: plainDecimal(whole, (kopecks[1] ?? '').padStart(2, '0')), start, end: end + kopecks[0].length };
}

/** The amount of the chosen number and the part of the text that says it; null when it cannot be an amount. */
export function chosenAmount(scanned: ScannedText, number: NumberToken, reading: NumberReading): ChosenAmount | null {
  const amount = readAmount(number, reading);
  if (amount === null) return null;
  return apartCents(scanned) ?? withWords(scanned.text, number, amount);
}
