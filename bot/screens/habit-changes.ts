import { shortId } from '../../domain/agenda/button-data.ts';
import { HABIT_LIMITS } from '../../domain/agenda/habits/habit.ts';
import { addDays } from '../../domain/agenda/zoned-time.ts';
import type { HabitChange } from '../../contracts/habits.ts';
import type { Handler, PressHandler, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { habitList } from './habit-list.ts';
import { habitPage } from './habit-page.ts';
import { makeChange } from './habit-ticks.ts';
import { clockTimesIn, habitView } from './habit-view.ts';

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).habits;

/** A change that needs nothing more; then the habit's page, or the list. */
export const onStep =
  (kind: Extract<HabitChange['kind'], 'resume' | 'archive' | 'restore'>): PressHandler =>
  async (turn, [short = ''], deps) => {
    const { habit } = await habitView(deps.em(), turn, short);
    await makeChange(turn, deps, { habitId: habit.id, change: { kind } });
    return kind === 'archive' ? await habitList(turn, 0, deps) : await habitPage(turn, short, deps);
  };

/** How long the vacation shall be. */
export const onPause: PressHandler = (turn, [short = '']) => {
  const words = wordsOf(turn);
  return change(words.askPause, [
    [press(words.week, 'habits.pauseFor', short, '7'), press(words.twoWeeks, 'habits.pauseFor', short, '14')],
    [press(words.month, 'habits.pauseFor', short, '30'), press(words.openEnd, 'habits.pauseFor', short, '0')],
    [press(words.backToPage, 'habits.open', short)],
  ]);
};

/** From today on; `0` days = until it is taken up again. */
export const onPauseFor: PressHandler = async (turn, [short = '', length = ''], deps) => {
  const days = Math.min(366, Math.trunc(Number(length)));
  const { habit, day } = await habitView(deps.em(), turn, short);
  const to = days > 0 ? addDays(day, days - 1) : null;
  await makeChange(turn, deps, { habitId: habit.id, change: { kind: 'pause', from: day, to } });
  return await habitPage(turn, short, deps);
};

export const onTimes: PressHandler = (turn, [short = '']) =>
  awaiting(say(wordsOf(turn).askTimes), 'habits.times', { habit: short });

/** The times that were asked for. */
export const onTimesWritten: Handler<TextEvent> = async (turn, deps) => {
  const times = clockTimesIn(turn.event.text)?.slice(0, HABIT_LIMITS.prompts) ?? null;
  if (times === null) return say(wordsOf(turn).timesUnclear);
  const { habit: short } = turn.state.data;
  if (typeof short !== 'string') return done(say(wordsOf(turn).gone));
  const { habit } = await habitView(deps.em(), turn, short);
  await makeChange(turn, deps, { habitId: habit.id, change: { kind: 'define', patch: { promptTimes: times } } });
  return done(await habitPage(turn, short, deps));
};

export const onRemove: PressHandler = async (turn, [short = ''], { em }) => {
  const words = wordsOf(turn);
  const { habit } = await habitView(em(), turn, short);
  return change(words.askRemove({ name: habit.name }), [
    [press(words.removeYes, 'habits.removeYes', shortId(habit.id))],
    [press(words.backToPage, 'habits.open', short)],
  ]);
};

export const onRemoveYes: PressHandler = async (turn, [short = ''], deps) => {
  const { habit } = await habitView(deps.em(), turn, short);
  await makeChange(turn, deps, { habitId: habit.id, change: { kind: 'delete' } });
  return { ...(await habitList(turn, 0, deps)), toast: wordsOf(turn).removed };
};
