import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DayHabit } from '../../domain/agenda/focus/day-view.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { dayStates, historyOf, type DayState, type Marks } from '../../domain/agenda/habits/habit-statistics.ts';
import { dateOf, type WallDate } from '../../domain/agenda/zoned-time.ts';
import { readMarks } from './habit-entries.ts';
import { listHabits, type HabitRow } from './habits.ts';

/** How a user's habits stand on the days that they have at this instant. */
export async function habitsOfDay(em: SqlEntityManager, userId: string, nowMs: number): Promise<DayHabit[]> {
  return (await habitsWithMarks(em, userId)).map(({ habit, marks }) => {
    const today = dayNumber(dateOf(nowMs, habit.zone, habit.dayStart));
    const state = dayStates(historyOf(habit, marks), today)(today);
    return { id: habit.id, name: habit.name, standing: shownAs(state, marks.get(today) === 'skip') };
  });
}

const isDone = ({ standing }: DayState): boolean => standing === 'done' || standing === 'implied';

function shownAs(state: DayState, isSkipped: boolean): DayHabit['standing'] {
  if (isDone(state)) return 'done';
  if (state.standing !== 'frozen') return 'open';
  return isSkipped ? 'skipped' : 'resting';
}

/** On how many days between two, both included, each habit was done or covered by its frequency. */
export async function habitDaysBetween(
  em: SqlEntityManager,
  userId: string,
  { from, to }: { readonly from: WallDate; readonly to: WallDate },
): Promise<{ readonly name: string; readonly days: number }[]> {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return (await habitsWithMarks(em, userId)).map(({ habit, marks }) => {
    const state = dayStates(historyOf(habit, marks), last);
    const all = Array.from({ length: last - first + 1 }, (_, place) => state(first + place));
    return { name: habit.name, days: all.filter(isDone).length };
  });
}

interface Known {
  readonly habit: HabitRow;
  readonly marks: Marks;
}

async function habitsWithMarks(em: SqlEntityManager, userId: string): Promise<Known[]> {
  const habits = await listHabits(em, userId, { archived: false });
  const ids = habits.map(({ id }) => id);
  const marks = await readMarks(em, ids);
  return habits.map((habit) => ({ habit, marks: marks.get(habit.id) ?? new Map() }));
}
