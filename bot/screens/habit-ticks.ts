import { changeHabit } from '../../client/habits.ts';
import type { HabitChange } from '../../contracts/habits.ts';
import { longId } from '../../domain/agenda/button-data.ts';
import { amountOfCode } from '../../domain/agenda/habits/habit-notice.ts';
import { goalIn } from '../../domain/agenda/habits/habit-words.ts';
import { html } from '../../domain/shared/html.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { habitList } from './habit-list.ts';
import { habitPage } from './habit-page.ts';
import { amountWritten, dayOfButton, habitView } from './habit-view.ts';

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).habits;

/** Makes a change; whether there was something to change. */
export async function makeChange(
  turn: Turn,
  { client }: Pick<DialogDeps, 'client'>,
  { habitId, change: asked }: { readonly habitId: string; readonly change: HabitChange },
): Promise<boolean> {
  const call = { userId: turn.talker.userId, habitId, requestId: turn.updateId };
  return (await changeHabit(client, call, asked)).changed;
}

type Mark = Extract<HabitChange, { kind: 'mark' }>;

/** What the button says of its day: the day of the message, not of the moment in which it is pressed. */
function markOf(kind: 'done' | 'skip' | 'set' | 'undo', args: readonly string[], day: string): Mark | null {
  if (kind === 'undo') return { kind: 'mark', day, mark: null };
  if (kind !== 'set') return { kind: 'mark', day, mark: kind };
  const [mark, expected] = [amountOfCode(args[2] ?? ''), amountOfCode(args[3] ?? '')];
  return typeof mark === 'number' && expected !== undefined ? { kind: 'mark', day, mark, expected } : null;
}

type After = 'message' | 'list' | 'page';

/** A press that says how a day was; then the prompt's own message, the list or the page shows it. */
export const onMark =
  (kind: 'done' | 'skip' | 'set' | 'undo', after: After): PressHandler =>
  async (turn, args, deps) => {
    const words = wordsOf(turn);
    const view = await habitView(deps.em(), turn, args[0] ?? '');
    const asked = markOf(kind, args, dayOfButton(args[1] ?? '', view.day));
    if (asked === null) return toast(words.gone);
    const changed = await makeChange(turn, deps, { habitId: view.habit.id, change: asked });
    const said = { done: words.ticked, set: words.ticked, skip: words.skipped, undo: words.undone }[kind];
    const word = changed ? said : words.already;
    // The message of a prompt is edited with the change itself.
    if (after === 'message') return toast(word);
    const page = Number((kind === 'set' ? args[4] : args[2]) ?? '0');
    const shown = after === 'list' ? await habitList(turn, page, deps) : await habitPage(turn, args[0] ?? '', deps);
    return { ...shown, toast: word };
  };

/** «Other number»: asks for it. */
export const onOther: PressHandler = async (turn, [short = '', digits = ''], { em }) => {
  const { habit, day } = await habitView(em(), turn, short);
  const unit = habit.unit === null ? '' : ` (${habit.unit})`;
  const question = wordsOf(turn).askAmount({ name: habit.name, unit });
  return awaiting(say(question), 'habits.amount', { habit: short, day: dayOfButton(digits, day) });
};

/** The number that was asked for: what was done on that day in all. */
export const onAmount: Handler<TextEvent> = async (turn, deps) => {
  const { habit: short, day } = turn.state.data;
  const amount = amountWritten(turn.event.text);
  if (amount === null) return say(wordsOf(turn).amountUnclear);
  if (typeof short !== 'string' || typeof day !== 'string') return done(say(wordsOf(turn).gone));
  const { habit } = await habitView(deps.em(), turn, short);
  await makeChange(turn, deps, { habitId: habit.id, change: { kind: 'mark', day, mark: amount } });
  return done(await habitPage(turn, short, deps));
};

/** The answer to a proposal: one tap, and the message says what was agreed. */
export const onRaise: PressHandler = async (turn, [short = '', aim = '', answer = ''], deps): Promise<Reaction> => {
  const words = wordsOf(turn);
  const id = longId(short);
  if (id === null || !Number.isFinite(Number(aim))) return toast(words.gone);
  const agreed = answer === 'yes';
  await makeChange(turn, deps, { habitId: id, change: { kind: 'raise', aim: Number(aim), agreed } });
  if (!agreed) return change(words.notRaised);
  const { habit } = await habitView(deps.em(), turn, short);
  const goal = habit.goals.at(-1);
  if (goal === undefined) return change(words.notRaised);
  return change(
    [html`<b>${habit.name}</b>`, words.raised({ goal: goalIn(turn.talker.speaks, habit, goal) })].join('\n'),
  );
};
