const SPACE = /\s|\u200b|\u2060|\u2800/u;
const DIGIT_ZEROS = [0x660, 0x6f0, 0x966, 0xff10];
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['٫', '.'],
  ['٬', ','],
  ['،', ','],
  ['，', ','],
  ['．', '.'],
  ['％', '%'],
  ['٪', '%'],
  ['’', "'"],
  ['‘', "'"],
  ['ʼ', "'"],
  ['´', "'"],
  ['`', "'"],
  ['′', "'"],
  ['˙', "'"],
  ['−', '-'],
]);

function normaliseChar(char: string): string {
  if (char >= ' ' && char <= '~' && char !== '`') return char;
  const same = SAME_AS.get(char);
  if (same !== undefined) return same;
  if (SPACE.test(char)) return ' ';
  const code = char.charCodeAt(0);
  const zero = DIGIT_ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? char : String(code - zero);
}

/** The text with every kind of space, digit, apostrophe and separator written one way; offsets stay the same. */
export function normalisePriceText(text: string): string {
  let out = '';
  for (let index = 0; index < text.length; index += 1) out += normaliseChar(text.charAt(index));
  return out;
}

const WORD = /[\p{L}\p{M}]+/gu;
const FREE: ReadonlySet<string> = new Set(
  'free бесплатно бесплатный даром безкоштовно gratis kostenlos gratuit gratuito gratuita zdarma ingyenes darmowe bezpłatnie ücretsiz'.split(
    ' ',
  ),
);
/** What may stand around "free" in a price: labels, no other thing that is free. */
const LABELS: ReadonlySet<string> = new Set(
  'price цена prix preis precio prezzo cena now only just for сейчас всего just totally completely absolutely полностью абсолютно'.split(
    ' ',
  ),
);
const ON_REQUEST = [
  'по запросу',
  'уточняйте',
  'уточнить цену',
  'звоните',
  'договорная',
  'on request',
  'call for',
  'ask for price',
  'auf anfrage',
  'sur demande',
  'a consultar',
  'na dotaz',
  'na zapytanie',
];

/** Whether a text without a number says that the thing costs nothing ("Free shipping" does not). */
export function isFree(text: string): boolean {
  const words = Array.from(text.matchAll(WORD), ([word]) => word.toLowerCase());
  return words.some((word) => FREE.has(word)) && words.every((word) => FREE.has(word) || LABELS.has(word));
}

/** Whether the text tells the buyer to ask for the price. */
export function isOnRequest(text: string): boolean {
  const lower = text.toLowerCase();
  return ON_REQUEST.some((phrase) => lower.includes(phrase));
}
