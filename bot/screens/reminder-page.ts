import { readReminder, type ReminderView } from '../../db/repositories/reminders-read.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { momentWords } from '../../domain/agenda/moment-words.ts';
import { nextOccurrences } from '../../domain/agenda/recurrence.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import type { DialogDeps, Reaction, Turn } from '../dialog/dialog.ts';
import { press } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { nextWords } from './reminder-list.ts';
import { scheduleWords } from './schedule-words.ts';

const DATES_SHOWN = 3;

/** The reminder that a button is about. @throws DomainError reminder-not-found */
export async function reminderOf(
  { talker }: Turn,
  short: string,
  { em }: Pick<DialogDeps, 'em'>,
): Promise<ReminderView> {
  const id = longId(short);
  const reminder = id === null ? null : await readReminder(em(), talker.userId, id);
  if (reminder === null) throw new DomainError('reminder-not-found', 'there is no such reminder any more');
  return reminder;
}

/** A reminder with its next dates and what can be done with it. */
export function reminderPage(
  turn: Turn,
  reminder: ReminderView,
  tell: (html: string, keyboard?: Keyboard) => Reaction,
): Reaction {
  const { speaks } = turn.talker;
  const words = texts(speaks).remind;
  const dates = datesOf(turn, reminder);
  const status = reminder.state === 'active' ? [] : [nextWords(reminder, turn)];
  const html = [
    words.page({ text: reminder.text, when: [scheduleWords(reminder, speaks), ...status].join(' · ') }),
    ...(dates.length === 0 ? [] : [words.coming({ dates: dates.join('\n') })]),
  ].join('\n\n');
  return tell(html, keyboardOf(reminder, speaks));
}

function datesOf({ talker, nowMs }: Turn, { state, nextAt, ...reminder }: ReminderView): string[] {
  if (state !== 'active' || nextAt === null) return [];
  const zone = reminder.zone ?? talker.zone;
  // A skipped or snoozed one comes at another time than its rule says.
  const [first, ...rest] = [Date.parse(nextAt), ...ruled(reminder, zone, Math.max(nowMs, Date.parse(nextAt)))];
  return [first, ...rest].slice(0, DATES_SHOWN).map((atMs) =>
    texts(talker.speaks).remind.date({
      moment: momentWords(atMs, { zone: talker.zone, nowMs, language: talker.speaks }),
    }),
  );
}

const ruled = (reminder: Omit<ReminderView, 'state' | 'nextAt'>, zone: string, afterMs: number): number[] =>
  nextOccurrences(reminder, zone, { afterMs, count: DATES_SHOWN }).map(({ atMs }) => atMs);

function keyboardOf({ id, state, rule }: ReminderView, speaks: Turn['talker']['speaks']): Keyboard {
  const words = texts(speaks).remind;
  const button = (text: string, action: string) => press(text, `reminder.${action}`, shortId(id));
  const hold = state === 'paused' ? button(words.resume, 'resume') : button(words.pause, 'pause');
  return [
    [button(words.editText, 'edit-text'), button(words.editTime, 'edit-time')],
    ...(state === 'done' ? [] : [[hold]]),
    ...(state === 'active' && rule !== null ? [[button(words.skipNext, 'skip-next')]] : []),
    [button(words.remove, 'delete')],
    [press(words.toList, 'reminder.list', '0')],
  ];
}
