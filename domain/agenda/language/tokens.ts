import { symbolOf } from './lexicon.ts';

/** A piece of a phrase: where it stands, and what the grammar calls it; `_` = no word of time. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly symbol: string;
}

const SHAPES: readonly (readonly [RegExp, (match: RegExpExecArray) => string | null])[] = [
  [/«[^»]*»|"[^"]*"|“[^”]*”|„[^“]*“/uy, () => '_'],
  [/(?:https?:\/\/|www\.)\S+|\S+@\S+\.\p{L}+/uy, () => '_'],
  [/\+\d[\d\s()-]{6,}\d/uy, () => '_'],
  [/(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)T?/uy, ([, y, m, d]) => `date${d}.${m}.${y}`],
  [
    /(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/uy,
    ([, d, mark, m, y]) => `${mark === '/' ? 'slash' : 'date'}${d}.${m}.${y}`,
  ],
  [/(\d{1,2}):(\d{2})(?::\d{2})?(?!\d|:\d)/uy, ([, h, m]) => `t${h}:${m}`],
  [/(\d{1,2})[.](\d{1,2})(?![\d.]*\d)/uy, ([, a, b]) => `x${a}.${b}`],
  [/(\d{1,2})\/(\d{1,2})(?![\d/])/uy, ([, a, b]) => `slash${a}.${b}`],
  [/(\d{1,2})-(\d{2})(?![\d-])/uy, ([, a, b]) => `y${a}-${b}`],
  [/(\d+),(\d)(?![\d,])/uy, ([, a, b]) => `n${a}.${b}`],
  [
    /(\d{1,2})(?:-(?:го|ое|ого|е|му|м|й|ый|ая|ую|я)|го|ого|е|му|й|ый|st|nd|rd|th)(?!\p{L})/iuy,
    ([, d]) => `o${Number(d)}`,
  ],
  [/(\d+)-?(?:ти|ми|х)(?!\p{L})/iuy, ([, d]) => `n${d}`],
  [/['’](\d\d)(?!\d)/uy, ([, year]) => `n20${year}`],
  [/\d+/uy, ([digits]) => `n${digits}`],
  [/([ap])\.\s?m\.?(?!\p{L})/iuy, ([, letter = '']) => `${letter.toLowerCase()}m`],
  [/(\p{L}{1,5})\.(?=\s|\d|$)/uy, ([, word = '']) => abbreviated(word)],
  [/\p{L}+(?:['’]\p{L}+)?/uy, ([word]) => symbolOf(word.toLowerCase()) ?? '_'],
  [/@/uy, () => 'at'],
  [/[-–—]/uy, () => '-'],
  [/[,&/]/uy, ([mark]) => (mark === '&' ? 'and' : ',')],
  [/[.;:!?]/uy, () => '.'],
  [/\S/uy, () => '_'],
];

/** Takes a phrase apart; each token knows its place, so that the text can be given back as it was written. */
export function tokensOf(phrase: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < phrase.length) {
    const token = /\s/u.test(phrase[at] ?? '') ? null : tokenAt(phrase, at);
    if (token !== null) tokens.push(token);
    at = token?.to ?? at + 1;
  }
  return settled(joinNumbers(splitNames(tokens, phrase)), phrase);
}

function tokenAt(phrase: string, at: number): Token {
  for (const [shape, symbol] of SHAPES) {
    shape.lastIndex = at;
    const match = shape.exec(phrase);
    const found = match === null ? null : symbol(match);
    if (match !== null && found !== null) return { from: at, to: at + match[0].length, symbol: found };
  }
  return { from: at, to: at + 1, symbol: '_' };
}

/** «Дек.», `Mon.`, «мин.»: the dot belongs to the word; null = it ends a sentence. */
function abbreviated(word: string): string | null {
  const symbol = symbolOf(word.toLowerCase());
  return symbol !== null && word.length <= 4 && /^(?:ws|mon|u:)/.test(symbol) ? symbol : null;
}

/** A word joined by a hyphen to one that is no word of time is a name: stand-up, «пн-клуб». */
function splitNames(tokens: readonly Token[], phrase: string): Token[] {
  const isWord = ({ from }: Token): boolean => /\p{L}/u.test(phrase[from] ?? '');
  const touch = (index: number): boolean => {
    const [one, dash, other] = [tokens[index], tokens[index + 1], tokens[index + 2]];
    if (one === undefined || dash?.symbol !== '-' || other === undefined) return false;
    return dash.from === one.to && other.from === dash.to && isWord(one) && isWord(other);
  };
  const isName = (index: number): boolean =>
    touch(index) && [tokens[index], tokens[index + 2]].some((token) => token?.symbol === '_');
  return tokens.map((token, index) => (isName(index) || isName(index - 2) ? { ...token, symbol: '_' } : token));
}

/** «двадцать пять», twenty-fifth: one number, if both are words. */
function joinNumbers(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const places = joined.at(-1)?.symbol === '-' ? 2 : 1;
    const sum = sumOf(joined.at(-places), token);
    if (sum !== null) joined.splice(-places);
    joined.push(sum ?? token);
  }
  return joined;
}

/** null = they are no tens and ones in words. */
function sumOf(tens: Token | undefined, ones: Token): Token | null {
  if (tens === undefined || tens.to - tens.from <= 3 || ones.to - ones.from <= 2) return null;
  const [, ten] = /^n([2-9]0)$/.exec(tens.symbol) ?? [];
  const [, kind, one] = /^([nq])([1-9])$/.exec(ones.symbol) ?? [];
  if (ten === undefined || kind === undefined) return null;
  return { from: tens.from, to: ones.to, symbol: `${kind}${Number(ten) + Number(one)}` };
}

const isNumeral = (symbol: string): boolean => /^[noqx]\d/.test(symbol);
const isCalendar = (symbol: string): boolean => /^(?:w[dps]\d|u:|mon\d|n30)/.test(symbol);

/** Words that are of time only beside others: a month by a number, a unit of one letter after one, «second». */
function settled(tokens: readonly Token[], phrase: string): Token[] {
  return tokens.map((token, index) => {
    const [before = '', after = ''] = [tokens[index - 1]?.symbol, tokens[index + 1]?.symbol];
    if (token.symbol === 'second') return { ...token, symbol: isCalendar(after) || after === 'of' ? 'q2' : 'u:sec' };
    const isWord = NAMES.some(
      ([shape, isOfTime]) =>
        shape.test(token.symbol) && !isOfTime({ word: phrase.slice(token.from, token.to), before, after }),
    );
    return isWord ? { ...token, symbol: '_' } : token;
  });
}

interface Neighbours {
  readonly word: string;
  readonly before: string;
  readonly after: string;
}

const NAMES: readonly (readonly [RegExp, (near: Neighbours) => boolean])[] = [
  [/^u:/, ({ word, before }) => word.replace('.', '').length > 1 || isNumeral(before) || before.startsWith('date')],
  [/^mon\d/, isMonth],
  [
    /^ws\d/,
    ({ word, before, after }) => !/^(?:sat|sun|wed)$/.test(word) || BEFORE_DAY.test(before) || AFTER_DAY.test(after),
  ],
];

/** A month stands by a number, an article or a preposition; «the second Sunday of January» is «второе воскресенье января». */
function isMonth({ word, before, after }: Neighbours): boolean {
  if (isNumeral(before) || isNumeral(after) || after === 'the' || BEFORE_MONTH.test(before)) return true;
  return /^w[dp]\d/.test(before) && word !== 'may' && word !== 'march';
}
const BEFORE_MONTH = /^(?:of|in|at|every|next|u:day|until|by|the|before|from)$/;
/** «sat», «sun» in lower case are words too. */
const AFTER_DAY = /^(?:,|-|and|at|n\d|t\d|noon|pn:)/;
const BEFORE_DAY = /^(?:on|every|this|next|,|and|-|ws\d|last|until|by|at)$/;
