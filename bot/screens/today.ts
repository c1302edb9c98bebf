import { readAgendaSettings } from '../../db/repositories/agenda-settings.ts';
import { readDay } from '../../db/repositories/day-view.ts';
import { completeTask } from '../../db/repositories/tasks.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { dayText } from '../../domain/agenda/focus/day-text.ts';
import { dueKeyOf } from '../../domain/agenda/focus/task-repeat.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { DialogDeps, PressHandler, Reaction, Screen, Turn } from '../dialog/dialog.ts';
import { change, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

/** Tasks that have a button of their own. */
const TICKS = 6;
/** A button's text that is longer is cut. */
const TITLE_SHOWN = 30;

/** The whole day, with what can be ticked at once. */
async function todayPage(turn: Turn, { em }: Pick<DialogDeps, 'em'>): Promise<Reaction> {
  const { talker, nowMs, event } = turn;
  const words = texts(talker.speaks).today;
  const settings = await readAgendaSettings(em(), talker.userId);
  if (settings === null) throw new DomainError('not-found', 'there is no such user');
  const view = await readDay(em(), settings, nowMs);
  const ticks = [...view.plan.overdue, ...view.plan.due].slice(0, TICKS).map((task) => {
    const text = words.tick({ title: task.title.slice(0, TITLE_SHOWN) });
    return [press(text, 'today.done', shortId(task.id), dueKeyOf(task))];
  });
  const elsewhere = [
    [press(words.tasks, 'menu', 'tasks'), press(words.habits, 'menu', 'habits')],
    [press(words.focus, 'menu', 'focus'), press(words.refresh, 'today.open')],
  ];
  const tell = event.kind === 'press' && event.data.startsWith('today.') ? change : say;
  return tell(dayText(view, talker.speaks), [...ticks, ...elsewhere]);
}

const onDone: PressHandler = async (turn, [short = '', dueKey = ''], deps) => {
  const { userId, zone, speaks } = turn.talker;
  const id = longId(short);
  if (id !== null) await completeTask(deps.em(), { userId, id, dueKey, nowMs: turn.nowMs, zone });
  return { ...(await todayPage(turn, deps)), toast: texts(speaks).today.done };
};

/** /today: the day at a glance. */
export const todayScreen: Screen = {
  commands: { today: todayPage },
  presses: { 'today.open': async (turn, _args, deps) => await todayPage(turn, deps), 'today.done': onDone },
};
