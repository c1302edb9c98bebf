import {
  addTask,
  changeTask,
  completeTask,
  listTasks,
  readTask,
  removeTask,
  reopenTask,
} from '../../db/repositories/tasks.ts';
import type { TaskRow, TaskValues } from '../../db/repositories/tasks.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { dayName } from '../../domain/agenda/focus/day-text.ts';
import { dueKeyOf } from '../../domain/agenda/focus/task-repeat.ts';
import { understandTask } from '../../domain/agenda/language/understand-task.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

const PAGE = 8;
/** As the API has it. */
const LONGEST_TITLE = 500;
const NUMBERS_A_ROW = 4;

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).tasks;
const tellOf = ({ event }: Turn): typeof say => (event.kind === 'press' ? change : say);

/** `Friday, 12 March 18:00, repeats`; '' = whenever. */
function whenOf({ dueDate, dueTime, rule }: TaskRow, turn: Turn): string {
  if (dueDate === null) return '';
  const { speaks, zone } = turn.talker;
  const words = wordsOf(turn);
  const day = dayName(dueDate, speaks);
  const shown = dueDate < dateOf(turn.nowMs, zone) ? words.overdue({ date: day }) : day;
  return [dueTime === null ? shown : `${shown} ${dueTime}`, ...(rule === null ? [] : [words.repeats])].join(', ');
}

async function listPage(turn: Turn, { em }: Pick<DialogDeps, 'em'>, offset = 0): Promise<Reaction> {
  const words = wordsOf(turn);
  const query = { userId: turn.talker.userId, state: 'open', tag: null, dueUntil: null, after: null } as const;
  const tasks = await listTasks(em(), { ...query, limit: 500 });
  const add = [press(words.add, 'tasks.add')];
  if (tasks.length === 0) return tellOf(turn)(words.none, [add]);
  const from = offset < tasks.length ? offset : 0;
  const shown = tasks.slice(from, from + PAGE);
  const lines = shown.map((task, place) =>
    words.row({ place: from + place + 1, title: task.title, when: whenOf(task, turn) }),
  );
  const numbers = shown.map(({ id }, place) => press(String(from + place + 1), 'task.open', shortId(id)));
  const rows = [numbers.slice(0, NUMBERS_A_ROW), numbers.slice(NUMBERS_A_ROW)].filter((row) => row.length > 0);
  const pager = [
    ...(from > 0 ? [press(words.back, 'tasks.list', String(Math.max(0, from - PAGE)))] : []),
    ...(from + PAGE < tasks.length ? [press(words.more, 'tasks.list', String(from + PAGE))] : []),
  ];
  const keyboard = [...rows, ...(pager.length > 0 ? [pager] : []), add];
  return tellOf(turn)([words.title({ count: tasks.length }), ...lines].join('\n'), keyboard);
}

function taskPage(turn: Turn, task: TaskRow): Reaction {
  const words = wordsOf(turn);
  const id = shortId(task.id);
  const tags = task.tags.map((tag) => `#${tag}`).join(' ');
  const isOpen = task.state === 'open';
  const first = isOpen ? press(words.markDone, 'task.done', id, dueKeyOf(task)) : press(words.undo, 'task.undo', id);
  return tellOf(turn)(words.open({ title: task.title, when: whenOf(task, turn), tags }), [
    [first, ...(isOpen ? [press(words.focus, 'focus.start', id)] : [])],
    [press(words.edit, 'task.edit', id), press(words.remove, 'task.remove', id)],
    [press(words.back, 'tasks.list', '0')],
  ]);
}

/** What a line says of a task; null = nothing that could be done. */
function valuesIn(
  said: string,
  { talker, nowMs }: Turn,
): (Omit<TaskValues, 'notes'> & { readonly isUnclear: boolean }) | null {
  const { zone, speaks } = talker;
  const heard = understandTask(said, { nowMs, zone, language: speaks });
  const { text, priority, tags, dueDate, dueTime, rule, fromCompletion, question } = heard;
  if (text === '') return null;
  return {
    title: text,
    priority,
    tags,
    dueDate,
    dueTime,
    rule,
    fromCompletion,
    isUnclear: question !== null,
  };
}

async function added(turn: Turn, { em }: DialogDeps, said: string): Promise<Reaction> {
  const words = wordsOf(turn);
  const values = valuesIn(said, turn);
  if (values === null) return awaiting(say(words.empty), 'tasks.add');
  if (values.title.length > LONGEST_TITLE) return awaiting(say(words.tooLong), 'tasks.add');
  const { isUnclear, ...task } = values;
  const id = derivedId(turn.updateId, 'task');
  const row = await addTask(em(), { userId: turn.talker.userId, id }, { ...task, notes: '' });
  if (row === null) return done(say(words.gone));
  const lines = [words.added({ title: row.title, when: whenOf(row, turn) }), ...(isUnclear ? [words.unclearDate] : [])];
  const short = shortId(id);
  return done(
    say(lines.join('\n'), [
      [press(words.markDone, 'task.done', short, dueKeyOf(row)), press(words.edit, 'task.edit', short)],
    ]),
  );
}

/** A handler for a task that is there. */
const withTask =
  (
    handle: (
      turn: Turn,
      task: TaskRow,
      rest: { readonly args: readonly string[]; readonly deps: DialogDeps },
    ) => Promise<Reaction>,
  ): PressHandler =>
  async (turn, [short = '', ...args], deps) => {
    const id = longId(short);
    const task = id === null ? null : await readTask(deps.em(), turn.talker.userId, id);
    return task === null ? toast(wordsOf(turn).gone) : await handle(turn, task, { args, deps });
  };

const onDone = withTask(async (turn, task, { args: [dueKey = ''], deps }) => {
  const words = wordsOf(turn);
  const { userId, zone } = turn.talker;
  const row = await completeTask(deps.em(), { userId, id: task.id, dueKey, nowMs: turn.nowMs, zone });
  if (row === null) return toast(words.gone);
  return {
    ...taskPage(turn, row),
    toast: row.state === 'done' ? words.done : words.again({ when: whenOf(row, turn) }),
  };
});

const onUndo = withTask(async (turn, task, { deps }) => {
  const row = await reopenTask(deps.em(), turn.talker.userId, task.id);
  return row === null ? toast(wordsOf(turn).gone) : { ...taskPage(turn, row), toast: wordsOf(turn).reopened };
});

const onRemove = withTask(async (turn, task, { deps }) => {
  await removeTask(deps.em(), turn.talker.userId, task.id);
  return { ...(await listPage(turn, deps)), toast: wordsOf(turn).removed };
});

const onEdited: Handler<TextEvent> = async (turn, { em }) => {
  const words = wordsOf(turn);
  const id = turn.state.data['id'];
  const values = valuesIn(turn.event.text, turn);
  if (values === null) return say(words.empty);
  const { isUnclear, ...task } = values;
  const row = typeof id === 'string' ? await changeTask(em(), { userId: turn.talker.userId, id }, task) : null;
  if (row === null) return done(say(words.gone));
  const page = taskPage(turn, row);
  return done(isUnclear ? { ...page, replies: [...page.replies, { kind: 'say', html: words.unclearDate }] } : page);
};

/** /tasks: what is to be done, by day and importance. */
export const tasksScreen: Screen = {
  commands: {
    tasks: async (turn, deps) =>
      turn.event.args.trim() === '' ? await listPage(turn, deps) : await added(turn, deps, turn.event.args),
  },
  presses: {
    'tasks.list': async (turn, [offset = '0'], deps) =>
      await listPage(turn, deps, /^\d{1,4}$/.test(offset) ? Number(offset) : 0),
    'tasks.add': (turn) => awaiting(say(wordsOf(turn).askTitle), 'tasks.add'),
    'task.open': withTask(async (turn, task) => await Promise.resolve(taskPage(turn, task))),
    'task.done': onDone,
    'task.undo': onUndo,
    'task.edit': withTask(
      async (turn, task) => await Promise.resolve(awaiting(say(wordsOf(turn).askEdit), 'task.edited', { id: task.id })),
    ),
    'task.remove': onRemove,
  },
  awaited: {
    'tasks.add': async (turn, deps) => await added(turn, deps, turn.event.text),
    'task.edited': onEdited,
  },
};
