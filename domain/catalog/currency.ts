import { isCurrencyCode } from '../shared/iso-4217.ts';
import { EXACT_MARKS, PAIR_MARKS, WORD_MARKS, WORDLIKE_CODES, type CurrencyMark } from './currency-table.ts';

/** A currency mark found in a text; offsets into the normalised text, `end` exclusive. */
export interface CurrencyToken {
  readonly start: number;
  readonly end: number;
  /** ISO 4217 codes it may stand for. */
  readonly codes: readonly string[];
  /** Counts only beside a number, or as the whole text. */
  readonly weak: boolean;
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const RUNS = /[\p{L}\p{M}]+|\p{Sc}/gu;
/** Letters of a mark in a longer word never count; longer marks than this do not exist. */
const LONGEST_MARK = 12;
const BETWEEN_PAIR: ReadonlySet<string> = new Set(['', '.', ' ', '. ', '"', "'", '״']);

function runsOf(text: string): Run[] {
  return Array.from(text.matchAll(RUNS), (match) => {
    const found = match[0];
    return { start: match.index, end: match.index + found.length, text: found };
  });
}

function pairMark(text: string, first: Run, second: Run | undefined): CurrencyMark | undefined {
  if (second === undefined || first.text.length + second.text.length > LONGEST_MARK + 4) return undefined;
  if (!BETWEEN_PAIR.has(text.slice(first.end, second.start))) return undefined;
  return PAIR_MARKS.get((first.text + second.text).toLowerCase());
}

function slashMark(text: string, run: Run): CurrencyMark | undefined {
  if (text[run.end] !== '/') return undefined;
  if (run.text === 'S') return { codes: ['PEN'], weak: true };
  return run.text === 'B' ? { codes: ['PAB'], weak: true } : undefined;
}

function codeMark(word: string): CurrencyMark | undefined {
  const code = word.toUpperCase();
  if (!isCurrencyCode(code)) return undefined;
  return { codes: [code], weak: code !== word || WORDLIKE_CODES.has(code) };
}

function singleMark(text: string, run: Run): CurrencyMark | undefined {
  if (run.text.length > LONGEST_MARK) return undefined;
  return (
    slashMark(text, run) ?? EXACT_MARKS.get(run.text) ?? WORD_MARKS.get(run.text.toLowerCase()) ?? codeMark(run.text)
  );
}

/** All currency marks of a normalised text, in order, weak ones too; linear in its length. */
export function scanCurrencies(text: string): CurrencyToken[] {
  const runs = runsOf(text);
  const tokens: CurrencyToken[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index];
    if (run === undefined) break;
    const next = runs[index + 1];
    const pair = pairMark(text, run, next);
    const mark = pair ?? singleMark(text, run);
    if (mark === undefined) continue;
    const last = pair !== undefined && next !== undefined ? next : run;
    if (pair !== undefined) index += 1;
    tokens.push({ start: run.start, end: withDot(text, last), codes: mark.codes, weak: mark.weak });
  }
  return tokens;
}

/** "руб." and "kr." are written with their dot, "S/" with its slash. */
function withDot(text: string, run: Run): number {
  const abbreviated = /\p{L}/u.test(run.text) && text[run.end] === '.';
  return abbreviated || slashMark(text, run) !== undefined ? run.end + 1 : run.end;
}
