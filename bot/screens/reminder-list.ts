import { listReminders, type ReminderView } from '../../db/repositories/reminders-read.ts';
import { shortId } from '../../domain/agenda/button-data.ts';
import { momentWords } from '../../domain/agenda/moment-words.ts';
import { REMINDER_LIMITS } from '../../domain/agenda/reminder-check.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import type { DialogDeps, Reaction, Turn } from '../dialog/dialog.ts';
import { pager } from '../dialog/pager.ts';
import { press } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

const PAGE = 8;
/** Of a text in a list. */
const TEXT_LENGTH = 80;

/** A text as a list shows it. */
export const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > TEXT_LENGTH ? `${line.slice(0, TEXT_LENGTH - 1)}…` : line;
};

/** One page of the reminders that something is to come of, the next one first. */
export async function reminderList(
  turn: Turn,
  page: number,
  { em, tell }: Pick<DialogDeps, 'em'> & { readonly tell: (html: string, keyboard?: Keyboard) => Reaction },
): Promise<Reaction> {
  const { userId, speaks } = turn.talker;
  const words = texts(speaks).remind;
  const limit = REMINDER_LIMITS.active + 1;
  const all = await listReminders(em(), { userId, state: null, after: null, limit });
  const open = all.filter(({ state }) => state === 'active' || state === 'paused');
  const add = [press(words.add, 'menu', 'remind')];
  if (open.length === 0) return tell(words.none, [add]);
  const { from, buttons } = pager({ count: open.length, size: PAGE, page }, speaks, 'reminder.list');
  const shown = open.slice(from, from + PAGE);
  const lines = shown.map((reminder, index) =>
    words.line({ number: from + index + 1, text: shortened(reminder.text), when: nextWords(reminder, turn) }),
  );
  const numbers = shown.map(({ id }, index) => press(String(from + index + 1), 'reminder.open', shortId(id)));
  const html = [words.list({ count: open.length }), '', ...lines].join('\n');
  const half = Math.ceil(numbers.length / 2);
  const rows = numbers.length > 4 ? [numbers.slice(0, half), numbers.slice(half)] : [numbers];
  return tell(html, [...rows, ...buttons, add]);
}

/** When it comes next, or why it does not. */
export function nextWords({ state, nextAt }: ReminderView, { talker, nowMs }: Turn): string {
  const words = texts(talker.speaks).remind;
  if (state === 'paused') return words.paused;
  if (nextAt === null) return words.over;
  return momentWords(Date.parse(nextAt), { zone: talker.zone, nowMs, language: talker.speaks });
}
