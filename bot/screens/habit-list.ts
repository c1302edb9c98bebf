import { shortId } from '../../domain/agenda/button-data.ts';
import { amountCode, dayDigits } from '../../domain/agenda/habits/habit-notice.ts';
import { isSettled } from '../../domain/agenda/habits/habit-statistics.ts';
import { amountIn, daysIn, numberIn } from '../../domain/agenda/habits/habit-words.ts';
import { escapeHtml } from '../../domain/shared/html.ts';
import type { Button } from '../../domain/shared/keyboard.ts';
import type { DialogDeps, Reaction, Turn } from '../dialog/dialog.ts';
import { pager } from '../dialog/pager.ts';
import { change, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { habitViews, type HabitView } from './habit-view.ts';

const PAGE = 8;
/** A button's text that is longer is cut. */
const NAME_SHOWN = 24;

export const SIGNS = { done: '✅', implied: '✅', over: '⚠️', frozen: '⏭', open: '▫️', partly: '🔸' } as const;
export const tellOf = ({ event }: Turn): typeof say => (event.kind === 'press' ? change : say);

/** All habits with today's state; what is open can be ticked at once. */
export async function habitList(turn: Turn, page: number, { em }: DialogDeps): Promise<Reaction> {
  const { speaks } = turn.talker;
  const words = texts(speaks).habits;
  const views = await habitViews(em(), turn, false);
  const bottom = [press(words.newOne, 'habits.new'), press(words.more, 'habits.more')];
  if (views.length === 0) return tellOf(turn)(words.none, [bottom]);
  const { from, buttons } = pager({ count: views.length, size: PAGE, page }, speaks, 'habits.list');
  const shown = views.slice(from, from + PAGE);
  const lines = shown.map((view) => line(view, turn));
  const rows = shown.map((view) => [
    press(`${SIGNS[view.state.standing]} ${short(view.habit.name)}`, 'habits.open', shortId(view.habit.id)),
    ...tickOf(view, turn, page),
  ]);
  return tellOf(turn)([words.title({ count: views.length }), '', ...lines].join('\n'), [...rows, ...buttons, bottom]);
}

const short = (name: string): string => (name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN - 1)}…` : name);

function line({ habit, state, statistics }: HabitView, { talker }: Turn): string {
  const { speaks } = talker;
  const target = habit.goals.at(-1)?.target ?? 0;
  const progress =
    habit.kind === 'yes-no' ? [] : [`${numberIn(speaks, state.amount)}/${amountIn(speaks, habit.unit, target)}`];
  const streak = statistics.streak === null ? [] : [`🔥 ${daysIn(speaks, statistics.streak.length)}`];
  const figures = [...progress, ...streak].map((part) => ` · ${escapeHtml(part)}`).join('');
  return texts(speaks).habits.line({ sign: SIGNS[state.standing], name: habit.name, figures });
}

/** One tap that ticks, where it can; an amount's button names what was there before, so that it adds once. */
function tickOf(view: HabitView, { talker }: Turn, page: number): Button[] {
  const { habit, day, state } = view;
  const words = texts(talker.speaks).habits;
  if (isSettled(state)) return [];
  const about = [shortId(habit.id), dayDigits(day)] as const;
  if (habit.kind === 'yes-no') return [press(words.done, 'habits.tick', ...about, String(page))];
  return [addButton(view, talker.speaks, { action: 'habits.add', tail: [String(page)] })];
}

/** `+5 km`. */
export function addButton(
  { habit, day, state }: HabitView,
  language: Turn['talker']['speaks'],
  { action, tail }: { readonly action: string; readonly tail: readonly string[] },
): Button {
  const step = habit.pressAdds ?? 1;
  const before = typeof state.mark === 'number' ? state.mark : 0;
  const known = amountCode(typeof state.mark === 'number' ? state.mark : null);
  const text = `+${amountIn(language, habit.unit, step)}`;
  return press(text, action, shortId(habit.id), dayDigits(day), amountCode(before + step), known, ...tail);
}

/** What was put away, with the way back. */
export async function archivedList(turn: Turn, { em }: DialogDeps): Promise<Reaction> {
  const words = texts(turn.talker.speaks).habits;
  const views = await habitViews(em(), turn, true);
  const rows = views
    .slice(0, 3 * PAGE)
    .map(({ habit }) => [press(short(habit.name), 'habits.open', shortId(habit.id))]);
  const html = views.length === 0 ? words.noneArchived : words.archivedTitle;
  return change(html, [...rows, [press(words.back, 'habits.list', '0')]]);
}
