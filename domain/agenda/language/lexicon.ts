import { LEXICON_EN } from './lexicon-en.ts';
import { LEXICON_RU, ORDINAL_ENDINGS_RU, ORDINAL_STEMS_RU, THIRD_RU } from './lexicon-ru.ts';

/** Known words of both languages; their alphabets keep them apart. */
const WORDS = new Map<string, string>([...ordinals(), ...table(LEXICON_RU), ...table(LEXICON_EN)]);

function* table(lines: string): Generator<[string, string]> {
  for (const line of lines.split('\n')) {
    const at = line.lastIndexOf(': ');
    if (at === -1) continue;
    for (const word of line.slice(at + 2).split(' ')) yield [word, line.slice(0, at)];
  }
}

function* ordinals(): Generator<[string, string]> {
  for (const [number, stem] of ORDINAL_STEMS_RU) {
    for (const ending of ORDINAL_ENDINGS_RU) yield [stem + ending, `q${number}`];
    if (number <= 12) yield [`пол${stem}ого`, `halfto${number}`];
  }
  for (const word of THIRD_RU) yield [word, 'q3'];
  yield ['полтретьего', 'halfto3'];
}

/** Long words of time in which one slip of the finger is forgiven. */
const FORGIVEN = [...WORDS].filter(
  ([word, symbol]) => word.length >= 6 && /^(?:w[dp]\d|mon\d+|(?:after)?tomorrow|today|every(?: u:day)?)$/.test(symbol),
);
/** Words of their own, one letter from a word of time. */
const REAL = /^(?:завтрак|frida$|sundae|субботни|средам?$|средн|monda$|каждая|сегодняш|маркт|августин|апрельск)/u;

/** The symbol of a lower-case word; null = no word of time. */
export function symbolOf(word: string): string | null {
  return WORDS.get(word) ?? (word.length >= 5 && !REAL.test(word) ? slipOf(word) : null);
}

function slipOf(word: string): string | null {
  const found = FORGIVEN.find(([known]) => Math.abs(known.length - word.length) <= 1 && isOneSlip(word, known));
  return found?.[1] ?? null;
}

/** One letter wrong, missing, too many, or two neighbours swapped; the first letter is right. */
function isOneSlip(word: string, known: string): boolean {
  let at = 0;
  while (at < word.length && word[at] === known[at]) at += 1;
  if (at === 0) return false;
  const [rest, knownRest] = [word.slice(at), known.slice(at)];
  return (
    rest.slice(1) === knownRest.slice(1) ||
    rest === knownRest.slice(1) ||
    rest.slice(1) === knownRest ||
    (rest.slice(0, 2) === `${knownRest.charAt(1)}${knownRest.charAt(0)}` && rest.slice(2) === knownRest.slice(2))
  );
}
