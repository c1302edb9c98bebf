import type { Language } from '../../accounts/language.ts';
import type { WallTime } from '../zoned-time.ts';
import { assemble, type AssembledOrQuestion, type Saying } from './assemble.ts';
import { chronoMoment, type ChronoMoment } from './chrono-moment.ts';
import { exampleFor } from './examples.ts';
import { DATE_RULES, RANGE_RULES, SPAN_RULES } from './grammar-date.ts';
import { COUNT_RULES, REPEAT_RULES } from './grammar-repeat.ts';
import { COMMAND_RULES } from './grammar-command.ts';
import { OFFSET_RULES, PART_RULES, TIME_RULES, WINDOW_RULES } from './grammar-time.ts';
import { isTimeLeft, textLeft } from './leftover.ts';
import type { Piece, QuestionCode } from './pieces.ts';
import { scan, type GrammarRule } from './scan.ts';
import { gravest, isRange, isSeries, slotsOf, type Slots } from './slots.ts';
import { tokensOf } from './tokens.ts';

/** What a phrase asks for. */
export interface Understood {
  readonly text: string;
  /** The first occurrence, or the only one. */
  readonly start: WallTime;
  /** RRULE, which `start` matches; null = once. */
  readonly rule: string | null;
  /** IANA zone in which it was said. */
  readonly zone: string;
  /** A day was named without a time, and 9:00 was taken. */
  readonly timeIsGuessed: boolean;
}

/**
 * What has to be asked first: `when` no moment is said; `what` no text; `past`; `no-such-date` 30 February; `no-such-time`
 * 25:00; `too-often` over 24 a day; `unclear` words of time that nobody can be sure of.
 */
export interface Asked {
  readonly question: QuestionCode;
  /** What is known nevertheless. */
  readonly understood: { readonly text: string | null; readonly start: WallTime | null; readonly rule: string | null };
  /** A phrase that would be understood. */
  readonly example: string;
}

export interface Hearing extends Saying {
  readonly language: Language;
}

/** Order matters: what is longer and surer takes its words first. */
const RULES: readonly GrammarRule[] = [
  ...COMMAND_RULES,
  ...RANGE_RULES,
  ...WINDOW_RULES,
  ...REPEAT_RULES,
  ...SPAN_RULES,
  ...DATE_RULES,
  ...OFFSET_RULES,
  ...TIME_RULES,
  ...PART_RULES,
  ...COUNT_RULES,
];
/** Longer is no phrase to take dates from, in characters. */
export const MAX_LENGTH = 1_000;

/** Whether the answer is a question. */
export const isAsked = (answer: Understood | Asked): answer is Asked => 'question' in answer;

/**
 * Understands what is to be reminded of and when, in Russian or English, said at a moment in a zone. Never guesses a date: where
 * words of time are left over, it asks. A day without a time means 9:00; `language` is that of
 * the example alone. A phrase of over 1,000 characters is unclear.
 */
export function understand(phrase: string, hearing: Hearing): Understood | Asked {
  if (phrase.length > MAX_LENGTH) return ask('unclear', { text: phrase, start: null, rule: null }, hearing);
  const heard = hear(phrase);
  const answer = answerOf(heard, hearing);
  const rest = 'question' in answer ? otherwise(phrase, heard, hearing) : null;
  const text = rest?.text ?? heard.text;
  const settled = rest?.assembled ?? answer;
  if ('question' in settled) return ask(settled.question, { text, start: null, rule: null }, hearing);
  if (text === '') return ask('what', { text, ...settled }, hearing);
  return { text, zone: hearing.zone, ...settled };
}

/** A date in a form that only chrono-node knows, if nothing but text is left beside it. */
function otherwise(phrase: string, { pieces }: Heard, hearing: Hearing): ChronoMoment | null {
  if (pieces.some(({ kind }) => kind !== 'command')) return null;
  const found = chronoMoment(phrase, hearing);
  if (found === null) return null;
  const left = hear(found.text);
  return left.pieces.every(({ kind }) => kind === 'command') && !isTimeLeft(left.line, true)
    ? { ...found, text: left.text }
    : null;
}

function ask(
  question: QuestionCode,
  { text, start, rule }: { text: string; start: WallTime | null; rule: string | null },
  { language }: Hearing,
): Asked {
  const known = text === '' ? null : text;
  return { question, understood: { text: known, start, rule }, example: exampleFor(question, known, language) };
}

/** What a phrase says, before anything is made of it. */
export interface Heard {
  readonly pieces: readonly Piece[];
  readonly slots: Slots;
  readonly text: string;
  readonly line: string;
}

/** Takes a phrase apart into what is understood and the text that is left. */
export function hear(phrase: string): Heard {
  const tokens = tokensOf(phrase);
  const { pieces, taken, owner, line } = scan(tokens, RULES);
  const slots = slotsOf(pieces);
  const hasCommand = pieces.some(({ kind }) => kind === 'command');
  // «С 15 до 16» of a meeting: the first is the time, and the whole stays in the text.
  const kept = isRange(slots) ? owner.map((piece) => piece !== undefined && pieces[piece]?.kind !== 'window') : taken;
  const text = textLeft(phrase, tokens, kept);
  return { pieces, slots, line, text: hasCommand ? text.replace(COMMAND_HEAD, '').replace(COMMAND_TAIL, '') : text };
}

const COMMAND_HEAD = /^(?:(?:а|ну|can you|could you|would you|will you)\s+)+/iu;
const COMMAND_TAIL = /^(?:to|that|about|что|чтобы|о том,? что)\s+/iu;

/** What heard slots come to, or what must be asked. */
export function answerOf({ pieces, slots, line, text }: Heard, hearing: Hearing): AssembledOrQuestion {
  const question = gravest(pieces.flatMap((piece) => (piece.kind === 'question' ? [piece.question] : [])));
  if (question !== null) return { question };
  if (isEmpty(slots)) return { question: isTimeLeft(line, true) || !/[\p{L}\p{N}]/u.test(text) ? 'unclear' : 'when' };
  const timeIsSaid = slots.times.length + slots.parts.length + slots.windows.length + slots.offsets.length > 0;
  if (isTimeLeft(line, timeIsSaid)) return { question: 'unclear' };
  if (isSeries(slots) && / n\d+ times /.test(line)) return { question: 'unclear' };
  return assemble(slots, hearing);
}

/** Whether nothing of time was said. */
export const isEmpty = (slots: Slots): boolean =>
  Object.values(slots).every((list: readonly unknown[]) => list.length === 0);
