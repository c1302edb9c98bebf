import type { SqlEntityManager } from '@mikro-orm/sql';
import { readMarks } from '../../db/repositories/habit-entries.ts';
import { listHabits, readHabit, type HabitRow } from '../../db/repositories/habits.ts';
import { longId } from '../../domain/agenda/button-data.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import {
  dayStates,
  historyOf,
  statisticsOf,
  type DayState,
  type HabitStatistics,
  type Marks,
} from '../../domain/agenda/habits/habit-statistics.ts';
import { dateOf, type WallDate } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { Turn } from '../dialog/dialog.ts';

/** A habit on its day of now, as the screens show it. */
export interface HabitView {
  readonly habit: HabitRow;
  readonly marks: Marks;
  readonly day: WallDate;
  readonly state: DayState;
  readonly statistics: HabitStatistics;
}

function viewOf(habit: HabitRow, marks: Marks, nowMs: number): HabitView {
  const day = dateOf(nowMs, habit.zone, habit.dayStart);
  const history = historyOf(habit, marks);
  const today = dayNumber(day);
  return { habit, marks, day, state: dayStates(history, today)(today), statistics: statisticsOf(history, today) };
}

/** A person's habits, each on its day of now. */
export async function habitViews(em: SqlEntityManager, turn: Turn, archived: boolean): Promise<HabitView[]> {
  const habits = await listHabits(em, turn.talker.userId, { archived });
  const marks = await readMarks(
    em,
    habits.map(({ id }) => id),
  );
  return habits.map((habit) => viewOf(habit, marks.get(habit.id) ?? new Map(), turn.nowMs));
}

/** The habit of a button. @throws DomainError habit-not-found */
export async function habitView(em: SqlEntityManager, turn: Turn, short: string): Promise<HabitView> {
  const id = longId(short);
  const habit = id === null ? null : await readHabit(em, turn.talker.userId, id);
  if (habit === null) throw new DomainError('habit-not-found', 'there is no such habit');
  return viewOf(habit, (await readMarks(em, [habit.id])).get(habit.id) ?? new Map(), turn.nowMs);
}

/** The day that a button names, `YYYYMMDD`; what is none is the day of now. */
export const dayOfButton = (digits: string, now: WallDate): WallDate =>
  /^\d{8}$/.test(digits) ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : now;

/** A number that a person wrote, with a point or a comma; null = there is none in it. */
export function amountWritten(text: string): number | null {
  const found = /^\s*\+?(\d{1,9}(?:[.,]\d{1,3})?)/.exec(text);
  return found === null ? null : Number((found[1] ?? '').replace(',', '.'));
}

const CLOCK = /\b([01]?\d|2[0-3])(?:[:.]([0-5]\d))?\b/g;
const NO = /^\s*(нет|не надо|никогда|no|none|never|off)\s*[.!]?\s*$/i;

/** Times of day that a person wrote, `HH:MM` in order; none for a «no»; null = nothing of that. */
export function clockTimesIn(text: string): string[] | null {
  if (NO.test(text)) return [];
  const times = [...text.matchAll(CLOCK)].map(([, hour = '', minute = '00']) => `${hour.padStart(2, '0')}:${minute}`);
  return times.length === 0 ? null : [...new Set(times)].sort();
}
