import { addDays, instantOf, wallTimeOf, type WallTime } from '../zoned-time.ts';
import { AMOUNT, amountOf } from './patterns.ts';
import type { QuestionCode } from './pieces.ts';
import { isSeries } from './slots.ts';
import { tokensOf } from './tokens.ts';
import { answerOf, hear, type Hearing } from './understand.ts';

/** When it comes again, or what has to be asked. */
export type SnoozeAnswer = { readonly atMs: number } | { readonly question: QuestionCode; readonly example: string };

/** `clock` (`HH:MM`) = the time of day that a bare «завтра» keeps; without it 9:00. */
export interface SnoozeHearing extends Hearing {
  readonly clock?: string;
}

const PREFIX =
  /^(?:(?:отложи(?:ть)?|перенеси|напомни|напомнить|давай|snooze|postpone|put (?:it )?off|remind me|again)\s+)*(?:(?:it|это|мне|ещё|еще)\s+)*/iu;
const HOW_LONG = /^(?:на|for)\s+/iu;
const UNTIL = /^(?:до|к|until|till|by)\s+/iu;
const WHOLE_AMOUNT = new RegExp(`^(?:${AMOUNT})$`, 'u');
const EXAMPLES = { ru: '2 часа', en: '2 hours' } as const;

/**
 * Until when to put off: «10 минут», «на час», «15», «завтра», «в 18:00», next week, tomorrow morning. A bare number is of minutes;
 * «завтра» and «через неделю» keep the time of day.
 */
export function understandSnooze(phrase: string, hearing: SnoozeHearing): SnoozeAnswer {
  const said = phrase.trim().replace(PREFIX, '');
  const ask = (question: QuestionCode): SnoozeAnswer => ({ question, example: EXAMPLES[hearing.language] });
  if (said === '' || said.length > 200) return ask('when');
  const length = lengthMs(said.replace(HOW_LONG, ''), hearing);
  if (length !== null) return { atMs: length };
  const days = UNTIL.test(said) ? null : daysAhead(said.replace(HOW_LONG, ''));
  if (days !== null) return later(days, hearing);
  const found = momentOf(said, hearing);
  return 'question' in found ? ask(found.question) : { atMs: instantOf(found.start, hearing.zone) };
}

type Moment = { readonly start: WallTime } | { readonly question: QuestionCode };

/** A time as it stands, or after the preposition is left out or replaced: «до вечера», «до 9». */
function momentOf(said: string, hearing: SnoozeHearing): Moment {
  if (/^\d+$/.test(said)) return { question: 'unclear' }; // no minutes, or too many
  const bare = said.replace(UNTIL, '');
  const first = moment(said, hearing);
  return [first, moment(bare, hearing), moment(`к ${bare}`, hearing)].find((way) => 'start' in way) ?? first;
}

/** A length of minutes or hours, or a bare number; null = none. */
function lengthMs(said: string, { nowMs }: SnoozeHearing): number | null {
  if (/^\d{1,4}$/.test(said)) return Number(said) > 0 ? nowMs + Number(said) * 60_000 : null;
  const line = tokensOf(said)
    .map(({ symbol }) => symbol)
    .join(' ');
  const amount = WHOLE_AMOUNT.test(line) ? amountOf(line) : null;
  if (amount === null || amount.months > 0 || amount.seconds <= 0) return null;
  return nowMs + amount.days * 86_400_000 + amount.seconds * 1_000;
}

/** «Завтра», «на 3 дня», next week: whole days ahead; null = something else. */
function daysAhead(said: string): number | null {
  const line = tokensOf(said)
    .map(({ symbol }) => symbol)
    .filter((symbol) => !['at', 'na', 'the', 'in'].includes(symbol))
    .join(' ');
  if (line === 'tomorrow') return 1;
  if (line === 'aftertomorrow' || line === 'u:day after tomorrow') return 2;
  if (line === 'next u:week') return 7;
  const amount = WHOLE_AMOUNT.test(line) ? amountOf(line) : null;
  return amount === null || amount.seconds + amount.months > 0 || amount.days === 0 ? null : amount.days;
}

function later(days: number, { nowMs, zone, clock = '09:00' }: SnoozeHearing): SnoozeAnswer {
  const date = addDays(wallTimeOf(nowMs, zone).slice(0, 10), Math.min(days, 3_660));
  return { atMs: instantOf(`${date}T${clock}:00`, zone) };
}

function moment(said: string, hearing: SnoozeHearing): Moment {
  const heard = hear(said);
  if (isSeries(heard.slots) || heard.text !== '') return { question: 'unclear' };
  const made = answerOf(heard, hearing);
  if ('question' in made) return made;
  const { clock } = hearing;
  return { start: made.timeIsGuessed && clock !== undefined ? `${made.start.slice(0, 10)}T${clock}:00` : made.start };
}
