import type { SqlEntityManager } from '@mikro-orm/sql';
import { dueKeyOf, nextDue, type TaskDue } from '../../domain/agenda/focus/task-repeat.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { isoTime } from './iso-time.ts';

/** What a user says of a task. */
export interface TaskValues extends TaskDue {
  readonly title: string;
  readonly notes: string;
  /** 1 = first … 4 = last; null = not said. */
  readonly priority: 1 | 2 | 3 | 4 | null;
  readonly tags: readonly string[];
}

/** A task as it stands; instants are ISO 8601, UTC, dates and times are of the user's zone. */
export interface TaskRow extends TaskValues {
  readonly id: string;
  readonly state: 'open' | 'done';
  /** How often it was done. */
  readonly completions: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly doneAt: string | null;
}

const COLUMNS = {
  title: 'title',
  notes: 'notes',
  priority: 'priority',
  tags: 'tags',
  dueDate: 'due_date',
  dueTime: 'due_time',
  rule: 'rule',
  fromCompletion: 'from_completion',
} as const satisfies Record<keyof TaskValues, string>;

const ROW = `select task.id, title, notes, priority, tags, task.due_date as "dueDate", due_time as "dueTime", rule,
  from_completion as "fromCompletion", state, ${isoTime('created_at')} as "createdAt", ${isoTime('updated_at')} as "updatedAt",
  ${isoTime('task.done_at')} as "doneAt",
  (select count(*)::int from task_completion where task_completion.task_id = task.id) as completions from task`;
/** Open tasks by day, time and priority; those without come last. */
const SORT = `coalesce(task.due_date, '9999-99-99') || coalesce(due_time, '99:99') || coalesce(priority, 9)::text || task.id::text`;

/** A user's task, or null. */
export async function readTask(em: SqlEntityManager, userId: string, id: string): Promise<TaskRow | null> {
  const [row] = await em.execute<TaskRow[]>(`${ROW} where user_id = ? and task.id = ?`, [userId, id]);
  return row ?? null;
}

/** Adds a task; the same id again adds nothing. */
export async function addTask(
  em: SqlEntityManager,
  { userId, id }: { readonly userId: string; readonly id: string },
  values: TaskValues,
): Promise<TaskRow | null> {
  const entries = Object.entries(COLUMNS);
  const given = new Map<string, unknown>(Object.entries(values));
  await em.execute(
    `insert into task (id, user_id, ${entries.map(([, column]) => column).join(', ')})
     values (?, ?, ${entries.map(([name]) => (name === 'tags' ? '?::jsonb' : '?')).join(', ')}) on conflict (id) do nothing`,
    [id, userId, ...entries.map(([name]) => toSql(given.get(name)))],
  );
  return await readTask(em, userId, id);
}

/** Sets what is given; null when the user has no such task. */
export async function changeTask(
  em: SqlEntityManager,
  { userId, id }: { readonly userId: string; readonly id: string },
  change: { readonly [F in keyof TaskValues]?: TaskValues[F] | undefined },
): Promise<TaskRow | null> {
  const given = new Map<string, unknown>(Object.entries(change));
  const entries = Object.entries(COLUMNS).filter(([name]) => given.get(name) !== undefined);
  const sets = entries.map(([name, column]) => `${column} = ${name === 'tags' ? '?::jsonb' : '?'}`);
  await em.execute(
    `update task set ${[...sets, 'updated_at = clock_timestamp()'].join(', ')} where user_id = ? and id = ?`,
    [...entries.map(([name]) => toSql(given.get(name))), userId, id],
  );
  return await readTask(em, userId, id);
}

const toSql = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value);

export interface TaskQuery {
  readonly userId: string;
  readonly state: 'open' | 'done' | null;
  readonly tag: string | null;
  /** `YYYY-MM-DD`, inclusive: due until then. */
  readonly dueUntil: string | null;
  readonly limit: number;
  /** `sort` of the last task of the answer before. */
  readonly after: string | null;
}

/** Tasks in the order in which they are due, at most `limit`; `sort` is the position of each. */
export async function listTasks(
  em: SqlEntityManager,
  query: TaskQuery,
): Promise<(TaskRow & { readonly sort: string })[]> {
  const { userId, state, tag, dueUntil, limit, after } = query;
  const filters: (readonly [sql: string, value: unknown])[] = [['user_id = ?', userId]];
  if (state !== null) filters.push(['state = ?', state]);
  if (tag !== null) filters.push(['tags @> ?::jsonb', JSON.stringify([tag])]);
  if (dueUntil !== null) filters.push(['task.due_date <= ?', dueUntil]);
  if (after !== null) filters.push([`${SORT} > ?`, after]);
  return await em.execute<(TaskRow & { sort: string })[]>(
    `${ROW.replace('select task.id', `select ${SORT} as sort, task.id`)}
     where ${filters.map(([sql]) => sql).join(' and ')} order by ${SORT} limit ?`,
    [...filters.map(([, value]) => value), limit],
  );
}

export interface Completion {
  readonly userId: string;
  readonly id: string;
  /** Which time of it is meant (`dueKeyOf`); null = the one that is due now. */
  readonly dueKey: string | null;
  readonly nowMs: number;
  /** IANA zone of the user. */
  readonly zone: string;
}

/** Marks a task as done: one that repeats becomes due again. Doing the same time again changes nothing. null = no such task. */
export async function completeTask(em: SqlEntityManager, completion: Completion): Promise<TaskRow | null> {
  const { userId, id, nowMs, zone } = completion;
  return await em.transactional(async (tx) => {
    await tx.execute('select 1 from task where user_id = ? and id = ? for update', [userId, id]);
    const task = await readTask(tx, userId, id);
    if (task?.state !== 'open') return task;
    if (completion.dueKey !== null && completion.dueKey !== dueKeyOf(task)) return task;
    const doneAt = new Date(nowMs).toISOString();
    await tx.execute(
      `insert into task_completion (task_id, due_key, user_id, due_date, done_at) values (?, ?, ?, ?, ?)
       on conflict (task_id, due_key) do update set done_at = excluded.done_at`,
      [id, dueKeyOf(task), userId, task.dueDate, doneAt],
    );
    const next = nextDue(task, dateOf(nowMs, zone));
    if (next === null) await tx.execute(`update task set state = 'done', done_at = ? where id = ?`, [doneAt, id]);
    else await tx.execute('update task set due_date = ?, updated_at = clock_timestamp() where id = ?', [next, id]);
    return await readTask(tx, userId, id);
  });
}

/** Takes the last completion back: the task is due again as it was. null = no such task. */
export async function reopenTask(em: SqlEntityManager, userId: string, id: string): Promise<TaskRow | null> {
  return await em.transactional(async (tx) => {
    await tx.execute('select 1 from task where user_id = ? and id = ? for update', [userId, id]);
    const [last] = await tx.execute<{ dueKey: string; dueDate: string | null }[]>(
      `select due_key as "dueKey", due_date as "dueDate" from task_completion where user_id = ? and task_id = ?
       order by done_at desc, due_key desc limit 1`,
      [userId, id],
    );
    if (last !== undefined) {
      await tx.execute('delete from task_completion where task_id = ? and due_key = ?', [id, last.dueKey]);
      await tx.execute(
        `update task set state = 'open', done_at = null, due_date = ?, updated_at = clock_timestamp() where id = ?`,
        [last.dueDate, id],
      );
    }
    return await readTask(tx, userId, id);
  });
}

/** Removes a task with its past; false when the user has none such. */
export async function removeTask(em: SqlEntityManager, userId: string, id: string): Promise<boolean> {
  const rows = await em.execute<object[]>('delete from task where user_id = ? and id = ? returning id', [userId, id]);
  return rows.length > 0;
}

/** Tags of a user's open tasks, the commonest first. */
export async function taskTags(em: SqlEntityManager, userId: string): Promise<string[]> {
  const rows = await em.execute<{ tag: string }[]>(
    `select tag from task, jsonb_array_elements_text(tags) as tag where user_id = ? and state = 'open'
     group by tag order by count(*) desc, tag limit 100`,
    [userId],
  );
  return rows.map(({ tag }) => tag);
}
