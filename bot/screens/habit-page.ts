import { shortId } from '../../domain/agenda/button-data.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { dayDigits } from '../../domain/agenda/habits/habit-notice.ts';
import { freezes, type HabitPause } from '../../domain/agenda/habits/habit.ts';
import { goalIn, percentIn, streakIn, amountIn, numberIn } from '../../domain/agenda/habits/habit-words.ts';
import { heatMapSvg } from '../../domain/agenda/habits/heat-map-svg.ts';
import { strengthCurveSvg } from '../../domain/agenda/habits/strength-curve-svg.ts';
import { html } from '../../domain/shared/html.ts';
import type { Button, Keyboard } from '../../domain/shared/keyboard.ts';
import type { DialogDeps, PressHandler, Reaction, Turn } from '../dialog/dialog.ts';
import { press } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { addButton, SIGNS, tellOf } from './habit-list.ts';
import { habitView, type HabitView } from './habit-view.ts';

/** A habit's own page. */
export async function habitPage(turn: Turn, short: string, { em }: DialogDeps): Promise<Reaction> {
  const view = await habitView(em(), turn, short);
  const keyboard = view.habit.archived ? archivedKeyboard(view, turn) : pageKeyboard(view, turn);
  return tellOf(turn)(pageText(view, turn), keyboard);
}

function pageText(view: HabitView, { talker }: Turn): string {
  const { speaks } = talker;
  const { habit, state, statistics } = view;
  const words = texts(speaks).habits;
  const goal = habit.goals.at(-1);
  const best = Math.max(0, ...statistics.bestStreaks.map(({ length }) => length));
  const { streak, strength } = statistics;
  const target = amountIn(speaks, habit.unit, goal?.target ?? 0);
  const progress = habit.kind === 'yes-no' ? [] : [html`${numberIn(speaks, state.amount)} / ${target}`];
  const figures = [...(streak === null ? [] : [streakIn(speaks, streak)]), percentIn(speaks, strength)];
  const lines = [
    html`${SIGNS[state.standing]} <b>${habit.name}</b>`,
    ...(habit.question === null ? [] : [html`${habit.question}`]),
    ...(goal === undefined ? [] : [words.goal({ goal: goalIn(speaks, habit, goal) })]),
    ...progress,
    html`🔥 ${figures.join(' · ')}`,
    ...(best === 0 ? [] : [words.best({ days: streakIn(speaks, { length: best, active: best }) })]),
    habit.promptTimes.length === 0 ? words.asksNever : words.asksAt({ times: habit.promptTimes.join(', ') }),
    ...pauseLine(view, speaks),
  ];
  return lines.join('\n');
}

/** The pause of now; null = the habit is not paused. */
function pauseOf({ habit, day }: HabitView): HabitPause | null {
  const paused = freezes({ restDays: [], pauses: habit.pauses })(dayNumber(day));
  return paused ? (habit.pauses.find(({ from, to }) => from <= day && (to === null || to >= day)) ?? null) : null;
}

function pauseLine(view: HabitView, language: Turn['talker']['speaks']): string[] {
  const words = texts(language).habits;
  const pause = pauseOf(view);
  if (pause === null) return [];
  return [pause.to === null ? words.paused : words.pausedUntil({ date: pause.to })];
}

function pageKeyboard(view: HabitView, turn: Turn): Keyboard {
  const words = texts(turn.talker.speaks).habits;
  const id = shortId(view.habit.id);
  const about = [id, dayDigits(view.day)] as const;
  const pause =
    pauseOf(view) === null ? press(words.pause, 'habits.pause', id) : press(words.resume, 'habits.resume', id);
  return [
    [...todayButtons(view, turn), ...(view.state.mark === null ? [] : [press(words.undo, 'habits.undo', ...about)])],
    [press(words.map, 'habits.map', id, 'light'), press(words.curve, 'habits.curve', id, 'light')],
    [press(words.times, 'habits.times', id), pause],
    [press(words.back, 'habits.list', '0'), press(words.archive, 'habits.archive', id)],
  ].filter((row) => row.length > 0);
}

function todayButtons(view: HabitView, { talker }: Turn): Button[] {
  const { habit, day, state } = view;
  const words = texts(talker.speaks).habits;
  const about = [shortId(habit.id), dayDigits(day)] as const;
  const skip = state.mark === null ? [press(words.skip, 'habits.skip', ...about)] : [];
  if (habit.kind === 'yes-no')
    return state.mark === 'done' ? [] : [press(words.done, 'habits.tickHere', ...about), ...skip];
  const add = addButton(view, talker.speaks, { action: 'habits.plus', tail: [] });
  return [add, press(words.other, 'habit.other', ...about), ...skip];
}

function archivedKeyboard({ habit }: HabitView, { talker }: Turn): Keyboard {
  const words = texts(talker.speaks).habits;
  const id = shortId(habit.id);
  return [
    [press(words.map, 'habits.map', id, 'light'), press(words.curve, 'habits.curve', id, 'light')],
    [press(words.restore, 'habits.restore', id), press(words.remove, 'habits.remove', id)],
    [press(words.back, 'habits.list', '0')],
  ];
}

/** Draws the habit as a picture; a button draws it for the other theme. */
export const onPicture =
  (kind: 'map' | 'curve'): PressHandler =>
  async (turn, [short = '', shade = 'light'], { em, renderPng }) => {
    const { speaks } = turn.talker;
    const words = texts(speaks).habits;
    const view = await habitView(em(), turn, short);
    const { habit, marks, day } = view;
    const theme = shade === 'dark' ? 'dark' : 'light';
    const draw = kind === 'map' ? heatMapSvg : strengthCurveSvg;
    const png = renderPng(draw({ habit, marks, today: dayNumber(day), year: null }, { language: speaks, theme }));
    const other =
      theme === 'light'
        ? press(words.darker, `habits.${kind}`, short, 'dark')
        : press(words.lighter, `habits.${kind}`, short, 'light');
    const caption = html`<b>${habit.name}</b>`;
    return { replies: [{ kind: 'picture', png, html: caption, keyboard: [[other]] }], state: null };
  };
