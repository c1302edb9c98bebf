import { wallTimeOf, type WallDate } from '../zoned-time.ts';
import { dateOfSpec } from './calendar.ts';
import type { Piece, QuestionCode } from './pieces.ts';
import { isSeries, slotsOf, type Slots } from './slots.ts';
import { answerOf, hear, isEmpty, MAX_LENGTH, type Hearing } from './understand.ts';

/** A task as it is written in one line. */
export interface TaskUnderstood {
  readonly text: string;
  /** 1 = first of all … 4; null = none is said. */
  readonly priority: 1 | 2 | 3 | 4 | null;
  /** Without `#`, as written, each once. */
  readonly tags: readonly string[];
  readonly dueDate: WallDate | null;
  /** `HH:MM`; null = that day. */
  readonly dueTime: string | null;
  readonly rule: string | null;
  /** The next is counted from when this one is done: «every!», «после выполнения». */
  readonly fromCompletion: boolean;
  /** What of its date has to be asked: then it has none, and the text is whole; null = nothing. */
  readonly question: QuestionCode | null;
}

const TAG = /(?<=^|\s)#([\p{L}\p{N}_-]+)/gu;
const PRIORITY = /(?<=^|\s)(?:p([1-4])|(!{1,3})|!?(срочно|urgent|asap)|!(важно|important))(?=\s|$|[,.])/iu;
const FROM_DONE =
  /(?:,\s*)?(?:после|с момента|от)\s+(?:выполнения|завершения)|(?:,\s*)?(?:after|from|upon)\s+(?:completion|completing|done)|(?:,\s*)?(?:when|once)\s+done/iu;
const EVERY_BANG = /(?<=every|кажд\p{L}{2,3})!/iu;

/** Takes a task apart: «отчёт к пятнице #работа p1», «every! 3 days water the plants». */
export function understandTask(phrase: string, hearing: Hearing): TaskUnderstood {
  const tags = [...new Set([...phrase.matchAll(TAG)].map(([, tag = '']) => tag))];
  const bare = phrase.replace(TAG, ' ').replace(PRIORITY, ' ').replace(EVERY_BANG, '').replace(FROM_DONE, ' ');
  const fromCompletion = EVERY_BANG.test(phrase) || FROM_DONE.test(phrase);
  const clean = bare.replace(/\s+/gu, ' ').trim();
  return { tags, priority: priorityOf(phrase), fromCompletion, ...dueOf(clean, hearing) };
}

function priorityOf(phrase: string): TaskUnderstood['priority'] {
  const [, level, bangs, urgent, important] = PRIORITY.exec(phrase) ?? [];
  if (level !== undefined) return ([1, 2, 3, 4] as const)[Number(level) - 1] ?? null;
  if (urgent !== undefined || bangs === '!!!') return 1;
  if (important !== undefined || bangs === '!!') return bangs === '!!' ? 2 : 1;
  return bangs === '!' ? 3 : null;
}

type Due = Pick<TaskUnderstood, 'text' | 'dueDate' | 'dueTime' | 'rule' | 'question'>;

function dueOf(phrase: string, hearing: Hearing): Due {
  const nothing = { text: phrase, dueDate: null, dueTime: null, rule: null, question: null };
  if (phrase.length > MAX_LENGTH) return { ...nothing, question: 'unclear' };
  const heard = hear(phrase);
  const pieces = isSeries(heard.slots) ? heard.pieces : heard.pieces.map(asDay);
  const slots = slotsOf(pieces);
  if (isEmpty(slots) && pieces.every(({ kind }) => kind === 'command')) return nothing;
  const day = dayAlone(slots, hearing);
  if (day !== null) return { ...nothing, text: heard.text, dueDate: day };
  const made = answerOf({ ...heard, pieces, slots }, hearing);
  if ('question' in made) return { ...nothing, question: made.question };
  const { start, rule, timeIsGuessed } = made;
  return {
    ...nothing,
    text: heard.text,
    dueDate: start.slice(0, 10),
    dueTime: timeIsGuessed ? null : start.slice(11, 16),
    rule,
  };
}

/** By or until a day: a task is due then. */
const asDay = (piece: Piece): Piece =>
  (piece.kind === 'date' || piece.kind === 'time') && piece.role !== 'from' ? { ...piece, role: 'on' } : piece;

/** Today is a day to be due on, whatever the hour. */
function dayAlone(slots: Slots, { nowMs, zone }: Hearing): WallDate | null {
  const [only, ...others] = slots.dates;
  const isAlone = isEmpty({ ...slots, dates: [] }) && others.length === 0;
  if (only?.spec.is !== 'ahead' || !isAlone) return null;
  const dated = dateOfSpec(only.spec, { date: wallTimeOf(nowMs, zone).slice(0, 10), isPassed: false });
  return 'date' in dated ? dated.date : null;
}
