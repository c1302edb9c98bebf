import { requestAdvice } from '../../client/advice.ts';
import { changeGoal } from '../../client/goals.ts';
import type { GoalChange, GoalOutcome } from '../../contracts/goals.ts';
import { listGoals, readGoal, type GoalRow } from '../../db/repositories/goals.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { standingText } from '../../domain/agenda/goals/goal-notice.ts';
import { shareOf } from '../../domain/agenda/goals/goal.ts';
import { dayName } from '../../domain/agenda/focus/day-text.ts';
import { escapeHtml } from '../../domain/shared/html.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { onDue, onNoDue, onPercent, onTarget, onTitle } from './goal-create.ts';

const MOST_GOALS = 30;
const MOST_MILESTONES = 8;
const LONGEST = 300;
const LONGEST_ANSWER = 4000;

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).goals;
const tellOf = ({ event }: Turn): typeof say => (event.kind === 'press' ? change : say);

async function goalsPage(turn: Turn, { em }: Pick<DialogDeps, 'em'>): Promise<Reaction> {
  const words = wordsOf(turn);
  const query = { userId: turn.talker.userId, state: 'active', limit: MOST_GOALS, after: null } as const;
  const goals = await listGoals(em(), query);
  const last = [press(words.add, 'goals.add'), press(words.skills, 'skills.list')];
  if (goals.length === 0) return tellOf(turn)(words.none, [last]);
  const lines = goals.map((goal) => words.row({ title: goal.title, percent: Math.round(shareOf(goal) * 100) }));
  const buttons = goals.slice(0, 12).map(({ id, title }) => [press(title.slice(0, 40), 'goal.open', shortId(id))]);
  return tellOf(turn)([words.title, ...lines].join('\n'), [...buttons, last]);
}

function goalPage(turn: Turn, goal: GoalRow): Reaction {
  const words = wordsOf(turn);
  const { speaks } = turn.talker;
  const id = shortId(goal.id);
  const due = goal.dueDate === null ? [] : [words.due({ date: dayName(goal.dueDate, speaks) })];
  const steps = goal.milestones.map(({ title, doneAt }) =>
    doneAt === null ? words.milestoneOpen({ title }) : words.milestoneDone({ title }),
  );
  const open = goal.milestones.filter(({ doneAt }) => doneAt === null).slice(0, MOST_MILESTONES);
  const marks = open.map((step) => [
    press(`✓ ${step.title.slice(0, 40)}`, 'goal.step', shortId(step.id), id.slice(0, 8)),
  ]);
  const isActive = goal.state === 'active';
  const html = [`🎯 <b>${escapeHtml(goal.title)}</b>`, standingText(goal, speaks), ...due, ...steps].join('\n');
  return tellOf(turn)(html, [
    ...marks,
    [press(words.progress, 'goal.progress', id), press(words.milestone, 'goal.milestone', id)],
    [
      press(words.review, 'goal.review', id),
      press(isActive ? words.drop : words.takeUp, isActive ? 'goal.drop' : 'goal.take-up', id),
    ],
    [press(words.back, 'goals.list')],
  ]);
}

type WithGoal = (
  turn: Turn,
  goal: GoalRow,
  rest: { readonly args: readonly string[]; readonly deps: DialogDeps },
) => Promise<Reaction> | Reaction;
const withGoal =
  (handle: WithGoal): PressHandler =>
  async (turn, [short = '', ...args], deps) => {
    const id = longId(short);
    const goal = id === null ? null : await readGoal(deps.em(), turn.talker.userId, id);
    return goal === null ? toast(wordsOf(turn).gone) : await handle(turn, goal, { args, deps });
  };

async function changed(
  turn: Turn,
  { client }: DialogDeps,
  { id: goalId, change: asked }: { readonly id: string; readonly change: GoalChange },
): Promise<GoalOutcome> {
  return await changeGoal(client, { userId: turn.talker.userId, goalId, change: asked, requestId: turn.updateId });
}

async function shownAgain(turn: Turn, { em }: DialogDeps, goalId: string): Promise<Reaction> {
  const goal = await readGoal(em(), turn.talker.userId, goalId);
  return goal === null ? say(wordsOf(turn).gone) : goalPage(turn, goal);
}

const onState = (kind: 'drop' | 'take-up'): PressHandler =>
  withGoal(async (turn, { id }, { deps }) => {
    await changed(turn, deps, { id, change: { kind } });
    const page = await shownAgain(turn, deps, id);
    return kind === 'drop' ? { ...page, toast: wordsOf(turn).dropped } : page;
  });

/** A milestone's button has the milestone's id first: a goal's and a milestone's do not fit into one. */
const onStep: PressHandler = async (turn, [short = ''], deps) => {
  const milestoneId = longId(short);
  const query = { userId: turn.talker.userId, state: null, limit: 200, after: null };
  const goals = await listGoals(deps.em(), query);
  const goal = goals.find(({ milestones }) => milestones.some(({ id }) => id === milestoneId));
  if (goal === undefined || milestoneId === null) return toast(wordsOf(turn).gone);
  await changed(turn, deps, { id: goal.id, change: { kind: 'milestone', id: milestoneId, done: true } });
  return { ...(await shownAgain(turn, deps, goal.id)), toast: wordsOf(turn).marked };
};

const goalIn = ({ state }: Turn): string => (typeof state.data['id'] === 'string' ? state.data['id'] : '');

const onProgress: Handler<TextEvent> = async (turn, deps) => {
  const words = wordsOf(turn);
  const written = /^\s*(\d{1,12}(?:[.,]\d{1,3})?)/.exec(turn.event.text)?.[1];
  if (written === undefined) return say(words.notNumber);
  const progress = Number(written.replace(',', '.'));
  const { state } = await changed(turn, deps, { id: goalIn(turn), change: { kind: 'progress', progress } });
  if (state === 'reached') return done(say(words.reached));
  return done(await shownAgain(turn, deps, goalIn(turn)));
};

const onMilestone: Handler<TextEvent> = async (turn, deps) => {
  const title = turn.event.text.replaceAll(/\s+/g, ' ').trim();
  if (title === '' || title.length > LONGEST) return say(wordsOf(turn).tooLong);
  const step = { id: derivedId(turn.updateId, 'milestone'), title };
  await changed(turn, deps, { id: goalIn(turn), change: { kind: 'add-milestone', ...step } });
  return done(await shownAgain(turn, deps, goalIn(turn)));
};

const onAnswer: Handler<TextEvent> = async (turn, deps) => {
  const { date } = turn.state.data;
  const answer = turn.event.text.slice(0, LONGEST_ANSWER);
  const asked = typeof date === 'string' ? date : null;
  await changed(turn, deps, { id: goalIn(turn), change: { kind: 'answer', date: asked, answer } });
  const id = shortId(goalIn(turn));
  return done(
    say(wordsOf(turn).noted, [
      [press(wordsOf(turn).progress, 'goal.progress', id), press(wordsOf(turn).review, 'goal.review', id)],
    ]),
  );
};

/** `20270314` → `2027-03-14`. */
const dateOfKey = (key: string): string | null =>
  /^\d{8}$/.test(key) ? `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6)}` : null;

/** /goals: what a person wants to reach. */
export const goalsScreen: Screen = {
  commands: { goals: goalsPage },
  presses: {
    'goals.list': async (turn, _args, deps) => await goalsPage(turn, deps),
    'goals.add': (turn) => awaiting(say(wordsOf(turn).askTitle), 'goals.title'),
    'goals.percent': onPercent,
    'goals.no-due': onNoDue,
    'goal.open': withGoal((turn, goal) => goalPage(turn, goal)),
    'goal.progress': withGoal((turn, { id, unit }) =>
      awaiting(say(wordsOf(turn).askProgress({ unit: unit ?? '%' })), 'goal.progress', { id }),
    ),
    'goal.milestone': withGoal((turn, { id }) => awaiting(say(wordsOf(turn).askMilestone), 'goal.milestone', { id })),
    'goal.answer': withGoal((turn, { id }, { args: [key = ''] }) =>
      awaiting(say(wordsOf(turn).askAnswer), 'goal.answer', { id, date: dateOfKey(key) }),
    ),
    // A model takes seconds: what it says is told as a message of its own.
    'goal.review': withGoal(async (turn, { id, userId }, { deps }) => {
      await requestAdvice(deps.client, { goalId: id, userId }, turn.updateId);
      return toast(wordsOf(turn).thinking);
    }),
    'goal.drop': onState('drop'),
    'goal.take-up': onState('take-up'),
    'goal.step': onStep,
  },
  awaited: {
    'goals.title': onTitle,
    'goals.target': onTarget,
    'goals.due': onDue,
    'goal.progress': onProgress,
    'goal.milestone': onMilestone,
    'goal.answer': onAnswer,
  },
};
