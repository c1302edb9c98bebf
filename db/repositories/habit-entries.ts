import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DayNumber } from '../../domain/agenda/habits/day-number.ts';
import type { DayMark } from '../../domain/agenda/habits/habit-history.ts';
import type { Marks } from '../../domain/agenda/habits/habit-statistics.ts';
import { dayNumberOf } from './habits.ts';

/** What is known of one day. */
export interface HabitEntryRow {
  readonly day: DayNumber;
  readonly mark: DayMark;
  readonly note: string | null;
}

interface RawEntry {
  readonly habitId: string;
  readonly day: DayNumber;
  readonly state: 'done' | 'no' | 'skip' | 'amount';
  readonly amount: number | null;
  readonly note: string | null;
}

const ROW = `select habit_id as "habitId", ${dayNumberOf('day')} as day, state, amount, note from habit_entry`;
const markOf = ({ state, amount }: RawEntry): DayMark => (state === 'amount' ? (amount ?? 0) : state);

/** All that is known of several habits' days; one without entries has an empty map. */
export async function readMarks(em: SqlEntityManager, habitIds: readonly string[]): Promise<Map<string, Marks>> {
  const rows = await em.execute<RawEntry[]>(`${ROW} where habit_id = any(?::uuid[]) order by day`, [
    `{${habitIds.join(',')}}`,
  ]);
  const byHabit = new Map(habitIds.map((id) => [id, new Map<DayNumber, DayMark>()] as const));
  for (const row of rows) byHabit.get(row.habitId)?.set(row.day, markOf(row));
  return byHabit;
}

/** All that is known of one habit's days. */
export async function readMarksOf(em: SqlEntityManager, habitId: string): Promise<Marks> {
  return (await readMarks(em, [habitId])).get(habitId) ?? new Map();
}

/** Entries between two days, both included, oldest first. */
export async function listEntries(
  em: SqlEntityManager,
  habitId: string,
  { from, to }: { readonly from: DayNumber; readonly to: DayNumber },
): Promise<HabitEntryRow[]> {
  const rows = await em.execute<RawEntry[]>(
    `${ROW} where habit_id = ? and day between date '1970-01-01' + ?::int and date '1970-01-01' + ?::int order by day`,
    [habitId, from, to],
  );
  return rows.map((row) => ({ day: row.day, mark: markOf(row), note: row.note }));
}

/** Says how days were; a note that is absent stays as it was. At most some thousands at a time. */
export async function putEntries(
  em: SqlEntityManager,
  habitId: string,
  entries: readonly (Omit<HabitEntryRow, 'note'> & { readonly note?: string | null })[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ day, mark, note }) => ({
    ...{ day, note: note ?? null },
    ...(typeof mark === 'number' ? { state: 'amount', amount: mark } : { state: mark, amount: null }),
  }));
  await em.execute(
    `insert into habit_entry as kept (habit_id, day, state, amount, note)
     select ?::uuid, date '1970-01-01' + given.day, given.state, given.amount, given.note
     from jsonb_to_recordset(?::jsonb) as given (day int, state text, amount double precision, note text)
     on conflict (habit_id, day) do update set state = excluded.state, amount = excluded.amount,
       note = coalesce(excluded.note, kept.note), updated_at = clock_timestamp()`,
    [habitId, JSON.stringify(rows)],
  );
}

/** Nothing is known of a day any more. */
export async function removeEntry(em: SqlEntityManager, habitId: string, day: DayNumber): Promise<void> {
  await em.execute(`delete from habit_entry where habit_id = ? and day = date '1970-01-01' + ?::int`, [habitId, day]);
}
