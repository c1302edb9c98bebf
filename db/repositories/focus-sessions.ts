import type { SqlEntityManager } from '@mikro-orm/sql';
import type { EndedPhase, Pomodoro } from '../../domain/agenda/focus/pomodoro.ts';
import type { Language } from '../../domain/accounts/language.ts';
import { isoTime } from './iso-time.ts';

/** A session as it stands. */
export interface FocusRow {
  readonly id: string;
  readonly userId: string;
  readonly taskId: string | null;
  readonly taskTitle: string | null;
  readonly pomodoro: Pomodoro;
  /** Phases that have ended. */
  readonly steps: number;
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Of the person who focuses. */
  readonly language: Language;
}

const ROW = `select session.id, session.user_id as "userId", task_id as "taskId", task.title as "taskTitle", pomodoro, steps,
  session.version, ${isoTime('session.started_at')} as "startedAt", language
  from focus_session as session join user_settings on user_settings.user_id = session.user_id
  left join task on task.id = session.task_id`;

export interface NewFocusRow {
  readonly id: string;
  readonly userId: string;
  readonly taskId: string | null;
  readonly pomodoro: Pomodoro;
}

/** Stores a session that begins; nothing when it is there, or when another one of the user is not over. */
export async function addFocusSession(
  em: SqlEntityManager,
  { id, userId, taskId, pomodoro }: NewFocusRow,
): Promise<void> {
  await em.execute(
    `insert into focus_session (id, user_id, task_id, pomodoro, started_at)
     values (?, ?, (select id from task where id = ? and user_id = ?), ?::jsonb, to_timestamp(?::float8 / 1000)) on conflict do nothing`,
    [id, userId, taskId, userId, JSON.stringify(pomodoro), pomodoro.ranSinceMs],
  );
}

/** The session, locked for a change; null = there is none. */
export async function lockFocusSession(em: SqlEntityManager, id: string): Promise<FocusRow | null> {
  await em.execute('select 1 from focus_session where id = ? for update', [id]);
  const [row] = await em.execute<FocusRow[]>(`${ROW} where session.id = ?`, [id]);
  return row ?? null;
}

/** A user's session by its id, or, without an id, the one that is not over; null = there is none. */
export async function readFocusSession(
  em: SqlEntityManager,
  userId: string,
  id: string | null = null,
): Promise<FocusRow | null> {
  const which = id === null ? 'not over' : 'session.id = ?';
  const [row] = await em.execute<FocusRow[]>(`${ROW} where session.user_id = ? and ${which}`, [
    userId,
    ...(id === null ? [] : [id]),
  ]);
  return row ?? null;
}

export interface FocusStep {
  readonly pomodoro: Pomodoro;
  readonly taskId: string | null;
  /** Phases that ended by it, in order. */
  readonly ended: readonly EndedPhase[];
}

/** Stores how a locked session goes on, with the phases that ended; returns its new version and number of ended phases. */
export async function storeFocusStep(
  em: SqlEntityManager,
  { id, userId, taskId: before, steps, version }: FocusRow,
  { pomodoro, taskId, ended }: FocusStep,
): Promise<{ readonly version: number; readonly steps: number }> {
  for (const [place, { phase, ms, whole, endedAtMs }] of ended.entries()) {
    await em.execute(
      `insert into focus_phase (session_id, seq, user_id, task_id, phase, ran_ms, whole, ended_at)
       values (?, ?, ?, ?, ?, ?, ?, to_timestamp(?::float8 / 1000)) on conflict do nothing`,
      [id, steps + place + 1, userId, before, phase, ms, whole, endedAtMs],
    );
  }
  const next = { version: version + 1, steps: steps + ended.length };
  const over = pomodoro.state === 'over';
  await em.execute(
    `update focus_session set pomodoro = ?::jsonb, task_id = ?, over = ?, steps = ?, version = ?,
       ended_at = case when ? then coalesce(ended_at, clock_timestamp()) end where id = ?`,
    [JSON.stringify(pomodoro), taskId, over, next.steps, next.version, over, id],
  );
  return next;
}

/** Focused time of one day (of the user's zone), or of one task. */
export interface FocusSum {
  /** Whole focus phases. */
  readonly rounds: number;
  /** ms of focus, also of phases that were cut short. */
  readonly focusedMs: number;
}
export interface FocusOfDay extends FocusSum {
  /** `YYYY-MM-DD`. */
  readonly date: string;
}
export interface FocusOfTask extends FocusSum {
  readonly taskId: string | null;
  readonly title: string | null;
}

interface Span {
  readonly userId: string;
  /** `YYYY-MM-DD` in `zone`, both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

const SUMS = `count(*) filter (where whole)::int as rounds, sum(ran_ms)::float8 as "focusedMs"`;
const IN_SPAN = `focus_phase.user_id = ? and phase = 'focus' and (ended_at at time zone ?)::date between ?::date and ?::date`;

/** Focus by day, the earliest first; days without any are absent. */
export async function focusByDay(em: SqlEntityManager, { userId, from, to, zone }: Span): Promise<FocusOfDay[]> {
  return await em.execute<FocusOfDay[]>(
    `select to_char(ended_at at time zone ?, 'YYYY-MM-DD') as date, ${SUMS} from focus_phase where ${IN_SPAN}
     group by 1 order by 1`,
    [zone, userId, zone, from, to],
  );
}

/** Focus by task, the most first. */
export async function focusByTask(em: SqlEntityManager, { userId, from, to, zone }: Span): Promise<FocusOfTask[]> {
  return await em.execute<FocusOfTask[]>(
    `select task_id as "taskId", task.title, ${SUMS} from focus_phase left join task on task.id = task_id where ${IN_SPAN}
     group by 1, 2 order by sum(ran_ms) desc, 1 limit 100`,
    [userId, zone, from, to],
  );
}
