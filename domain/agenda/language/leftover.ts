import type { Token } from './tokens.ts';

/** Symbols that speak of time even where no rule took them: such a phrase is asked about. */
const TIMELIKE = new RegExp(
  `(?<= )(?:${[
    'w[dps]\\d|wk[1p]|wep?',
    'mon\\d+|date\\d\\S*|slash\\S+|t\\d\\S*|y0?\\d-[0-5]\\d',
    'today|tomorrow|aftertomorrow|yesterday|tonight|now',
    'p[agp]:\\S+|n1\\.5|noon|midnight|pm|oclock',
    'every|n\\d+ times (?:at|a|per|in) u:\\w+',
    'or #+|#+ or n\\d+|later',
    'in (?:a )?(?:n[\\d.]+|few|u:\\w+)|(?:n[\\d.]+|few|a) u:\\w+ in',
    'ago|u:\\w+ later',
    '(?:before|after|until|za|by) (?:#+ )?(?:n\\d+|few|u:\\w+|o\\d+)',
    '(?:before|after|until|by) _ u:\\w+',
    '(?:n[\\d.]+|few|a) u:\\w+ (?:before|until|after)',
    'za (?:n\\d+ )?u:\\w+',
    '(?:next|near|this) (?:u:\\w+|#+)|prev',
    '(?:end|begin|mid) (?:of )?(?:the )?(?:u:|mon|#)\\S*',
    '[no]\\d+ (?:and|,) #+',
    'from n\\d+|(?:at|by) n\\d+',
    'even|odd|biweekly',
  ].join('|')})(?= )`,
  'u',
);

/** What may be a time, but is no matter once the time is known: «10 minutes», a number after a date. */
const LENGTH =
  /(?<= )(?:(?:n[\d.]+|half|a) u:\w+|pn:\S+|[xy](?:1?\d|2[0-3])[.-][0-5]\d|#+ n(?:1?\d|2[0-3])(?:[0-5]\d)?)(?= )/u;

/** Whether words of time are left that no rule understood. `timeIsSaid` = a length is then part of the text. */
export function isTimeLeft(line: string, timeIsSaid: boolean): boolean {
  return TIMELIKE.test(line) || (!timeIsSaid && LENGTH.test(line));
}

const JOINTS = new Set([',', '-', 'and']);
const CLOSING = /^[?!)…]/u;

/** The text of a phrase without the tokens that are taken, as it was written. */
export function textLeft(phrase: string, tokens: readonly Token[], taken: readonly boolean[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const [index, token] of tokens.entries()) {
    if (taken[index] === true || isJoint(index, tokens, taken)) continue;
    const last = runs.at(-1);
    const joins = index > 0 && last !== undefined && last.to === tokens[index - 1]?.to;
    if (joins) last.to = token.to;
    else runs.push({ from: token.from, to: token.to });
  }
  const parts = runs.map(({ from, to }) => phrase.slice(from, to)).filter((part) => !/^[.,;:—–-]+$/u.test(part));
  const joined = parts.reduce(
    (text, part) => (text === '' || CLOSING.test(part) ? text + part : `${text} ${part}`),
    '',
  );
  return joined.replace(/^[\s.,;:—–-]+|[\s.,;:—–-]+$/gu, '');
}

/** Commas, dashes, «and», full stops of abbreviations beside what was taken hold nothing together any more. */
function isJoint(index: number, tokens: readonly Token[], taken: readonly boolean[]): boolean {
  const { symbol, from } = tokens[index] ?? { symbol: '', from: 0 };
  const [before, after] = [taken[index - 1], taken[index + 1]];
  if (symbol === '.') return before === true && tokens[index - 1]?.to === from && after !== undefined;
  return JOINTS.has(symbol) && (before === true || after === true);
}
