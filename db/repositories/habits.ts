import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import type { DatedGoal } from '../../domain/agenda/habits/habit-history.ts';
import { HABIT_LIMITS, type Habit, type HabitDefinition } from '../../domain/agenda/habits/habit.ts';
import type { DayNumber } from '../../domain/agenda/habits/day-number.ts';
import { DomainError } from '../../domain/shared/errors.ts';

/** A habit with what its prompts depend on; times are epoch ms. */
export interface HabitRow extends Habit {
  /** IANA zone of the user. */
  readonly zone: string;
  readonly language: Language;
  /** `HH:MM`, when messages are silent; null = never. */
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  /** Day of the last proposal to raise; null = none yet. */
  readonly raiseOfferedOn: DayNumber | null;
  /** Prompts up to here are done with. */
  readonly handledToMs: number;
  readonly version: number;
  readonly createdAtMs: number;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
/** A date as days since 1970-01-01. */
export const dayNumberOf = (column: string): string => `(${column} - date '1970-01-01')`;

const ROW = `select h.id, h.user_id as "userId", h.name, h.question, h.description, h.kind, h.goals, h.unit,
  h.press_adds as "pressAdds", h.prompt_times as "promptTimes", h.day_start as "dayStart", h.rest_days as "restDays",
  h.pauses, h.micro_goal as "microGoal", h.weekly_picture as "weeklyPicture", h.colour, h.position, h.archived,
  s.zone, s.language, s.quiet_from as "quietFrom", s.quiet_to as "quietTo",
  ${dayNumberOf('h.raise_offered_on')} as "raiseOfferedOn", ${ms('h.handled_to')} as "handledToMs",
  h.version::float8 as version, ${ms('h.created_at')} as "createdAtMs"
  from habit h join user_settings s on s.user_id = h.user_id`;

/** One habit of a user, or null. */
export async function readHabit(em: SqlEntityManager, userId: string, habitId: string): Promise<HabitRow | null> {
  const [row] = await em.execute<HabitRow[]>(`${ROW} where h.user_id = ? and h.id = ?`, [userId, habitId]);
  return row ?? null;
}

/** A user's habits in their order: those that are kept, or those that were put away. */
export async function listHabits(
  em: SqlEntityManager,
  userId: string,
  { archived }: { readonly archived: boolean },
): Promise<HabitRow[]> {
  return await em.execute<HabitRow[]>(`${ROW} where h.user_id = ? and h.archived = ? order by h.position, h.id`, [
    ...[userId, archived],
  ]);
}

/** The habit, locked until the transaction ends; null = there is none. */
export async function lockHabit(em: SqlEntityManager, habitId: string): Promise<HabitRow | null> {
  const [row] = await em.execute<HabitRow[]>(`${ROW} where h.id = ? for update of h`, [habitId]);
  return row ?? null;
}

/** How many habits a user has, those that were put away too. */
export async function countHabits(em: SqlEntityManager, userId: string): Promise<number> {
  const [row] = await em.execute<{ own: number }[]>('select count(*)::int as own from habit where user_id = ?', [
    userId,
  ]);
  return row?.own ?? 0;
}

/** A definition with its goals, under the caller's id. */
export interface NewHabitRow {
  readonly id: string;
  readonly userId: string;
  readonly definition: HabitDefinition;
  /** Absent: the definition's goal, from ever. */
  readonly goals?: readonly DatedGoal[];
  readonly handledToMs: number;
}

/** Adds a habit after the user's others, unless one has this id. @throws DomainError too-many-habits */
export async function addHabit(em: SqlEntityManager, row: NewHabitRow): Promise<void> {
  const { id, userId, definition, handledToMs } = row;
  const goals = row.goals ?? [{ since: null, ...definition.goal }];
  const [there] = await em.execute<{ own: number; same: number }[]>(
    `select count(*)::int as own, (count(*) filter (where id = ?))::int as same from habit where user_id = ?`,
    [id, userId],
  );
  if ((there?.same ?? 0) > 0) return;
  if ((there?.own ?? 0) >= HABIT_LIMITS.habits)
    throw new DomainError('too-many-habits', `at most ${HABIT_LIMITS.habits} habits: delete one that is put away`);
  const { name, question, description, kind, unit, pressAdds, dayStart, weeklyPicture, colour } = definition;
  await em.execute(
    `insert into habit (id, user_id, name, question, description, kind, unit, press_adds, day_start, weekly_picture, colour,
       goals, prompt_times, rest_days, micro_goal, handled_to, position)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, to_timestamp(? / 1000.0),
       (select coalesce(max(position) + 1, 0) from habit where user_id = ?))
     on conflict (id) do nothing`,
    [
      ...[id, userId, name, question, description, kind, unit, pressAdds, dayStart, weeklyPicture, colour],
      ...[goals, definition.promptTimes, definition.restDays].map((list) => JSON.stringify(list)),
      ...[jsonOrNull(definition.microGoal), handledToMs, userId],
    ],
  );
}

/** What of a habit is to be stored; `version` grows by one. */
export type HabitStore = Habit & Pick<HabitRow, 'raiseOfferedOn' | 'handledToMs'>;

/** Stores a habit that the caller has locked, as it stands now; answers its new version. */
export async function storeHabit(em: SqlEntityManager, habit: HabitStore): Promise<number> {
  const { id, name, question, description, unit, pressAdds, dayStart, weeklyPicture, colour, archived } = habit;
  const [row] = await em.execute<{ version: number }[]>(
    `update habit set name = ?, question = ?, description = ?, unit = ?, press_adds = ?, day_start = ?, weekly_picture = ?,
       colour = ?, archived = ?, position = ?, goals = ?::jsonb, prompt_times = ?::jsonb, rest_days = ?::jsonb,
       pauses = ?::jsonb, micro_goal = ?::jsonb, raise_offered_on = date '1970-01-01' + ?::int,
       handled_to = to_timestamp(? / 1000.0), version = version + 1
     where id = ? returning version::float8 as version`,
    [
      ...[name, question, description, unit, pressAdds, dayStart, weeklyPicture, colour, archived, habit.position],
      ...[habit.goals, habit.promptTimes, habit.restDays, habit.pauses].map((list) => JSON.stringify(list)),
      ...[jsonOrNull(habit.microGoal), habit.raiseOfferedOn, habit.handledToMs, id],
    ],
  );
  return row?.version ?? 0;
}

/** Forgets a habit with all that is known of it. */
export async function removeHabit(em: SqlEntityManager, habitId: string): Promise<void> {
  await em.execute('delete from habit where id = ?', [habitId]);
}

const jsonOrNull = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
