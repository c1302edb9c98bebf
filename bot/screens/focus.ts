import { changeFocus, startFocus } from '../../client/focus.ts';
import { focusPlanOf, readAgendaSettings } from '../../db/repositories/agenda-settings.ts';
import { focusByDay, focusByTask, readFocusSession, type FocusRow } from '../../db/repositories/focus-sessions.ts';
import { listTasks } from '../../db/repositories/tasks.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { dayName, spanText } from '../../domain/agenda/focus/day-text.ts';
import { sessionMessage } from '../../domain/agenda/focus/focus-notice.ts';
import { USUAL_PLAN, type PomodoroAction } from '../../domain/agenda/focus/pomodoro.ts';
import { addDays, dateOf } from '../../domain/agenda/zoned-time.ts';
import { escapeHtml, safe } from '../../domain/shared/html.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, PressHandler, Reaction, Screen, Turn } from '../dialog/dialog.ts';
import { change, press, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

const TASKS_SHOWN = 8;
/** A button's text that is longer is cut. */
const TITLE_SHOWN = 40;

type Tell = typeof say;
const tellOf = ({ event }: Turn): Tell => (event.kind === 'press' ? change : say);
const wordsOf = ({ talker }: Turn) => texts(talker.speaks).focus;

function shown(row: FocusRow, { talker, nowMs }: Turn, tell: Tell): Reaction {
  const { id, pomodoro, steps, taskTitle } = row;
  const task = taskTitle === null ? null : escapeHtml(taskTitle);
  const { html, keyboard } = sessionMessage({ id, pomodoro, steps, task }, talker.speaks, nowMs);
  return tell(html, keyboard);
}

/** The session that runs, or an invitation to start one. */
async function focusPage(turn: Turn, { em }: DialogDeps): Promise<Reaction> {
  const { userId } = turn.talker;
  const row = await readFocusSession(em(), userId);
  if (row !== null) return shown(row, turn, tellOf(turn));
  const words = wordsOf(turn);
  const settings = await readAgendaSettings(em(), userId);
  const plan = settings === null ? USUAL_PLAN : focusPlanOf(settings);
  return tellOf(turn)(words.idle({ focus: plan.focusMinutes, rest: plan.shortBreakMinutes }), [
    [press(words.start, 'focus.start'), press(words.withTask, 'focus.pick')],
    [press(words.statistics, 'focus.statistics')],
  ]);
}

const onPick: PressHandler = async (turn, _args, { em }) => {
  const words = wordsOf(turn);
  const query = { userId: turn.talker.userId, state: 'open', tag: null, dueUntil: null, after: null } as const;
  const tasks = await listTasks(em(), { ...query, limit: TASKS_SHOWN });
  const rows = tasks.map(({ id, title }) => [press(title.slice(0, TITLE_SHOWN), 'focus.start', shortId(id))]);
  return change(tasks.length === 0 ? words.noTasks : words.pick, [...rows, [press(words.start, 'focus.start')]]);
};

const onStart: PressHandler = async (turn, [task], deps) => {
  const { talker, updateId } = turn;
  const { em, client } = deps;
  const { userId } = talker;
  const settings = await readAgendaSettings(em(), userId);
  const plan = settings === null ? USUAL_PLAN : focusPlanOf(settings);
  const id = derivedId(updateId, 'focus');
  try {
    await startFocus(client, id, { userId, taskId: task === undefined ? null : longId(task), plan });
  } catch (err) {
    if (!(err instanceof DomainError) || err.code !== 'focus-running') throw err;
    return { ...(await focusPage(turn, deps)), toast: wordsOf(turn).running };
  }
  return await focusPage(turn, deps);
};

/** What was pressed under an old message changes nothing. */
const onAction =
  (action: PomodoroAction): PressHandler =>
  async (turn, [short = '', step = ''], { em, client }) => {
    const { talker, updateId } = turn;
    const { userId } = talker;
    const sessionId = longId(short);
    if (sessionId === null || !/^\d{1,4}$/.test(step)) return toast(wordsOf(turn).old);
    const before = await readFocusSession(em(), userId, sessionId);
    if (before?.steps !== Number(step)) return toast(wordsOf(turn).old);
    const asked = { userId, sessionId, change: { kind: action, step: Number(step) }, requestId: updateId };
    await changeFocus(client, asked);
    const row = await readFocusSession(em(), userId, sessionId);
    return row === null ? toast(wordsOf(turn).old) : shown(row, turn, change);
  };

const onStatistics: PressHandler = async (turn, _args, { em }) => {
  const words = wordsOf(turn);
  const { userId, zone, speaks } = turn.talker;
  const to = dateOf(turn.nowMs, zone);
  const span = { userId, zone, from: addDays(to, -6), to };
  const days = await focusByDay(em(), span);
  if (days.length === 0) return change(words.nothing, [[press(words.start, 'focus.start')]]);
  const tasks = await focusByTask(em(), span);
  const dayLines = days.map(({ date, focusedMs, rounds }) =>
    words.day({ day: dayName(date, speaks), time: spanText(focusedMs, speaks), rounds }),
  );
  const taskLines = tasks.map(({ title, focusedMs }) =>
    words.task({ title: title ?? words.noTask, time: spanText(focusedMs, speaks) }),
  );
  const html = words.week({ days: safe(...dayLines), tasks: safe(words.byTask, ...taskLines) });
  return change(html, [[press(words.start, 'focus.start')]]);
};

/** /focus: Pomodoro sessions and what became of them. */
export const focusScreen: Screen = {
  commands: { focus: focusPage },
  presses: {
    'focus.pick': onPick,
    'focus.start': onStart,
    'focus.pause': onAction('pause'),
    'focus.resume': onAction('resume'),
    'focus.skip': onAction('skip'),
    'focus.stop': onAction('stop'),
    'focus.statistics': onStatistics,
  },
};
