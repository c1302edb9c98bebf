import type { SqlEntityManager } from '@mikro-orm/sql';
import { minuteOf, planDay, type Span } from '../../domain/agenda/focus/day-plan.ts';
import type { DayItem, DayView, WeekView } from '../../domain/agenda/focus/day-view.ts';
import { addDays, dateOf, wallTimeOf } from '../../domain/agenda/zoned-time.ts';
import type { AgendaSettingsRow } from './agenda-settings.ts';
import { itemsOfDay, type Day } from './day-items.ts';
import { focusByDay } from './focus-sessions.ts';
import { habitDaysBetween, habitsOfDay } from './habit-days.ts';
import { listTasks, type TaskRow } from './tasks.ts';

/** Open tasks that a day looks at; who has more sees the first ones. */
const MOST_TASKS = 500;

/** Everything of a person's day at this instant. */
export async function readDay(
  em: SqlEntityManager,
  settings: AgendaSettingsRow,
  nowMs: number,
): Promise<DayView<TaskRow>> {
  const { userId, zone, dayStart } = settings;
  const date = dateOf(nowMs, zone, dayStart);
  const tasks = await listTasks(em, {
    ...{ userId, state: 'open', tag: null, dueUntil: null, limit: MOST_TASKS, after: null },
  });
  const items = await itemsOfDay(em, { userId, zone, date, nowMs });
  const [focus = { rounds: 0, focusedMs: 0 }] = await focusByDay(em, { userId, from: date, to: date, zone });
  const done = await tasksDone(em, { userId, zone, date });
  const now = wallTimeOf(nowMs, zone);
  const nowMinute = now.startsWith(date) ? minuteOf(now.slice(11, 16)) : MINUTES_OF_DAY;
  const plan = planDay({ tasks, busy: busyWith(items), work: workOf(settings), date, nowMinute });
  return { date, plan, items, habits: await habitsOfDay(em, userId, nowMs), done, focus };
}

const MINUTES_OF_DAY = 1440;

/** The seven days that end with today. */
export async function readWeek(
  em: SqlEntityManager,
  { userId, zone }: AgendaSettingsRow,
  nowMs: number,
): Promise<WeekView> {
  const to = dateOf(nowMs, zone);
  const from = addDays(to, -6);
  const days = await focusByDay(em, { userId, from, to, zone });
  const sum = (count: (day: { readonly rounds: number; readonly focusedMs: number }) => number): number =>
    days.reduce((all, day) => all + count(day), 0);
  const [row] = await em.execute<{ tasksDone: number; remindersDone: number }[]>(
    `select (select count(*)::int from task_completion where user_id = ? and (done_at at time zone ?)::date between ?::date and ?::date)
         as "tasksDone",
       (select count(*)::int from reminder_occurrence as o join reminder on reminder.id = o.reminder_id where user_id = ?
         and o.state = 'done' and (o.done_at at time zone ?)::date between ?::date and ?::date) as "remindersDone"`,
    [userId, zone, from, to, userId, zone, from, to],
  );
  const focus = { rounds: sum(({ rounds }) => rounds), focusedMs: sum(({ focusedMs }) => focusedMs) };
  const habits = await habitDaysBetween(em, userId, { from, to });
  return { from, to, focus, habits, tasksDone: row?.tasksDone ?? 0, remindersDone: row?.remindersDone ?? 0 };
}

const workOf = ({ workFrom, workTo }: AgendaSettingsRow): Span | null => {
  const [from, to] = [minuteOf(workFrom), minuteOf(workTo)];
  return from < to ? { from, to } : null;
};

const busyWith = (items: readonly DayItem[]): Span[] =>
  items.flatMap(({ time, minutes }) => (time === null ? [] : [{ from: minuteOf(time), to: minuteOf(time) + minutes }]));

async function tasksDone(em: SqlEntityManager, { userId, zone, date }: Day): Promise<string[]> {
  const rows = await em.execute<{ title: string }[]>(
    `select title from task_completion as completion join task on task.id = completion.task_id
     where completion.user_id = ? and (completion.done_at at time zone ?)::date = ?::date order by completion.done_at`,
    [userId, zone, date],
  );
  return rows.map(({ title }) => title);
}
