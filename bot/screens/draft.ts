import { isAsked, understand, type Asked } from '../../domain/agenda/language/understand.ts';
import type { Turn } from '../dialog/dialog.ts';

/** What to remind of and when, not saved yet. */
export interface Draft {
  readonly text: string;
  readonly start: string;
  readonly rule: string | null;
  readonly timeIsGuessed: boolean;
}

/** What was said before, which an answer completes or corrects. */
export interface SaidBefore {
  readonly phrase: string | null;
  readonly text: string | null;
  readonly start: string | null;
  readonly rule: string | null;
}
export const NOTHING_SAID: SaidBefore = { phrase: null, text: null, start: null, rule: null };

/** Something to save, or what has to be asked, with all that is known by now. */
export type Drafted =
  { readonly draft: Draft } | { readonly asked: Pick<Asked, 'question' | 'example'>; readonly known: SaidBefore };

/**
 * Understands a phrase in the light of what was said before: a whole one replaces it, a time alone or a text alone completes
 * or corrects it.
 */
export function drafted(turn: Pick<Turn, 'talker' | 'nowMs'>, said: string, before: SaidBefore): Drafted {
  const alone = heard(turn, said);
  if (!isAsked(alone)) return { draft: alone };
  const { text, start, rule } = alone.understood;
  // A time alone: the text stays.
  if (alone.question === 'what' && start !== null && before.text !== null)
    return { draft: { text: before.text, start, rule, timeIsGuessed: false } };
  // A text alone: the time stays.
  if (alone.question === 'when' && text !== null && before.start !== null)
    return { draft: { text, start: before.start, rule: before.rule, timeIsGuessed: false } };
  return joined(turn, said, before) ?? { asked: alone, known: known(said, alone, before) };
}

/** Both together may say what neither says alone: «в пятницу» and «в 10». */
function joined(turn: Pick<Turn, 'talker' | 'nowMs'>, said: string, { phrase }: SaidBefore): Drafted | null {
  if (phrase === null) return null;
  const whole = heard(turn, `${said} ${phrase}`);
  return isAsked(whole) ? null : { draft: whole };
}

const heard = ({ talker, nowMs }: Pick<Turn, 'talker' | 'nowMs'>, phrase: string) =>
  understand(phrase, { nowMs, zone: talker.zone, language: talker.speaks });

function known(said: string, { understood }: Asked, before: SaidBefore): SaidBefore {
  const text = understood.text ?? before.text;
  const { start, rule } = understood.start === null ? before : understood;
  return { phrase: said, text, start, rule };
}

/** What lies in the dialog's state. */
export function saidBefore(data: Readonly<Record<string, unknown>>): SaidBefore {
  const read = (name: string): string | null => {
    const value = data[name];
    return typeof value === 'string' ? value : null;
  };
  return { phrase: read('phrase'), text: read('text'), start: read('start'), rule: read('rule') };
}
