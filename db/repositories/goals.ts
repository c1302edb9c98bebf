import type { SqlEntityManager } from '@mikro-orm/sql';
import type { NewGoal } from '../../contracts/goals.ts';
import type { Language } from '../../domain/accounts/language.ts';
import type { CheckIn, CheckInQuestion, GoalStanding, Milestone } from '../../domain/agenda/goals/goal.ts';
import { isoTime } from './iso-time.ts';

/** A goal with everything that belongs to it. */
export interface GoalRow extends GoalStanding {
  readonly id: string;
  readonly userId: string;
  readonly askedOn: string | null;
  readonly version: number;
  /** Of the user. */
  readonly language: Language;
  readonly zone: string;
}

const ROW = `select goal.id, goal.user_id as "userId", goal.title, why, unit, target, progress, due_date as "dueDate",
  check_in_on as "checkInOn", check_in_at as "checkInAt", state, asked_on as "askedOn", goal.version, settings.language, settings.zone,
  to_char(goal.created_at at time zone settings.zone, 'YYYY-MM-DD') as "createdOn",
  coalesce((select jsonb_agg(jsonb_build_object('id', milestone.id, 'title', milestone.title, 'doneAt', ${isoTime('milestone.done_at')})
    order by position) from milestone where goal_id = goal.id), '[]') as milestones,
  coalesce((select jsonb_agg(jsonb_build_object('date', date, 'question', question, 'answer', answer, 'progress', check_in.progress)
    order by date) from check_in where goal_id = goal.id), '[]') as "checkIns"
  from goal join user_settings as settings on settings.user_id = goal.user_id`;

/** Stores a goal unless it is there. */
export async function insertGoal(
  em: SqlEntityManager,
  { id, askedOn }: { readonly id: string; readonly askedOn: string | null },
  goal: NewGoal,
): Promise<void> {
  const { userId, title, why, unit, target, dueDate, checkInOn, checkInAt, milestones } = goal;
  const added = await em.execute<object[]>(
    `insert into goal (id, user_id, title, why, unit, target, due_date, check_in_on, check_in_at, asked_on)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing returning id`,
    [id, userId, title, why, unit, target, dueDate, checkInOn, checkInAt, askedOn],
  );
  if (added.length === 0) return;
  await em.execute(
    `insert into milestone (id, goal_id, title, position) select gen_random_uuid(), ?, title, place::int
     from jsonb_array_elements_text(?::jsonb) with ordinality as given (title, place)`,
    [id, JSON.stringify(milestones)],
  );
}

/** The goal, locked for a change; null = there is none. */
export async function lockGoal(em: SqlEntityManager, id: string): Promise<GoalRow | null> {
  await em.execute('select 1 from goal where id = ? for update', [id]);
  const [row] = await em.execute<GoalRow[]>(`${ROW} where goal.id = ?`, [id]);
  return row ?? null;
}

/** A user's goal, or null. */
export async function readGoal(em: SqlEntityManager, userId: string, id: string): Promise<GoalRow | null> {
  const [row] = await em.execute<GoalRow[]>(`${ROW} where goal.user_id = ? and goal.id = ?`, [userId, id]);
  return row ?? null;
}

export interface GoalQuery {
  readonly userId: string;
  /** null = all. */
  readonly state: GoalRow['state'] | null;
  readonly limit: number;
  /** Id of the last goal of the answer before. */
  readonly after: string | null;
}

/** Goals by id, at most `limit`. */
export async function listGoals(em: SqlEntityManager, { userId, state, limit, after }: GoalQuery): Promise<GoalRow[]> {
  const filters: (readonly [sql: string, value: unknown])[] = [['goal.user_id = ?', userId]];
  if (state !== null) filters.push(['state = ?', state]);
  if (after !== null) filters.push(['goal.id > ?', after]);
  return await em.execute<GoalRow[]>(
    `${ROW} where ${filters.map(([sql]) => sql).join(' and ')} order by goal.id limit ?`,
    [...filters.map(([, value]) => value), limit],
  );
}

/** Stores how a locked goal stands, without its milestones and questions; returns the new version. */
export async function storeGoal(em: SqlEntityManager, row: GoalRow): Promise<number> {
  const { id, title, why, unit, target, progress, dueDate, checkInOn, checkInAt, state, askedOn } = row;
  const [stored] = await em.execute<{ version: number }[]>(
    `update goal set title = ?, why = ?, unit = ?, target = ?, progress = ?, due_date = ?, check_in_on = ?, check_in_at = ?, state = ?,
       asked_on = ?, ended_at = case when ? = 'active' then null else coalesce(ended_at, clock_timestamp()) end,
       version = version + 1 where id = ? returning version`,
    [title, why, unit, target, progress, dueDate, checkInOn, checkInAt, state, askedOn, state, id],
  );
  return stored?.version ?? row.version;
}

/** Removes a goal with all that belongs to it. */
export async function deleteGoal(em: SqlEntityManager, id: string): Promise<void> {
  await em.execute('delete from goal where id = ?', [id]);
}

/** Adds a milestone at the end; the same id again adds nothing. */
export async function addMilestone(
  em: SqlEntityManager,
  goalId: string,
  { id, title }: Pick<Milestone, 'id' | 'title'>,
): Promise<void> {
  await em.execute(
    `insert into milestone (id, goal_id, title, position) values (?, ?, ?,
       (select coalesce(max(position), 0) + 1 from milestone where goal_id = ?)) on conflict (id) do nothing`,
    [id, goalId, title, goalId],
  );
}

/** Marks a milestone; false = it stood so before, or there is none such. */
export async function markMilestone(
  em: SqlEntityManager,
  goalId: string,
  { id, done }: { readonly id: string; readonly done: boolean },
): Promise<boolean> {
  const rows = await em.execute<object[]>(
    `update milestone set done_at = case when ? then clock_timestamp() end
     where goal_id = ? and id = ? and (done_at is not null) <> ? returning id`,
    [done, goalId, id, done],
  );
  return rows.length > 0;
}

/** Removes a milestone; false = there is none such. */
export async function deleteMilestone(em: SqlEntityManager, goalId: string, id: string): Promise<boolean> {
  const rows = await em.execute<object[]>('delete from milestone where goal_id = ? and id = ? returning id', [
    goalId,
    id,
  ]);
  return rows.length > 0;
}

/** Notes that a question was asked; the same day again changes nothing. */
export async function noteQuestion(
  em: SqlEntityManager,
  goalId: string,
  { date, question, progress }: Omit<CheckIn, 'answer'> & { readonly question: CheckInQuestion },
): Promise<void> {
  await em.execute(
    'insert into check_in (goal_id, date, question, progress) values (?, ?, ?, ?) on conflict (goal_id, date) do nothing',
    [goalId, date, question, progress],
  );
}

/** Stores an answer, over an earlier one. */
export async function noteAnswer(
  em: SqlEntityManager,
  goalId: string,
  { date, answer, progress }: { readonly date: string; readonly answer: string; readonly progress: number },
): Promise<void> {
  await em.execute(
    'update check_in set answer = ?, progress = ?, answered_at = clock_timestamp() where goal_id = ? and date = ?',
    [answer, progress, goalId, date],
  );
}
