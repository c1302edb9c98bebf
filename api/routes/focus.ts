import { z } from 'zod';
import type { FocusChange } from '../../contracts/focus.ts';
import { focusPlanOf, readAgendaSettings } from '../../db/repositories/agenda-settings.ts';
import { focusByDay, focusByTask, readFocusSession, type FocusRow } from '../../db/repositories/focus-sessions.ts';
import { readTask } from '../../db/repositories/tasks.ts';
import { daysBetween } from '../../domain/agenda/zoned-time.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { FocusChangeIn, focusOut, FocusOut, FocusSpan, FocusStartIn, FocusStatisticsOut } from '../schemas/focus.ts';
import { IdParams } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Focus';
const MOST_DAYS = 366;

/** Pomodoro sessions, and what became of them. */
export const focusRoutes = (deps: ApiDeps): Route[] => [
  ...sessionRoutes(deps),
  changeRoute(deps),
  statisticsRoute(deps),
];

const sessionRoutes = ({ em, temporal }: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/focus-sessions',
    operationId: 'startFocus',
    tag,
    summary: 'Start a Pomodoro session; there is one at a time',
    status: 201,
    scope: 'agenda',
    body: FocusStartIn,
    output: FocusOut,
    problems: ['focus-running', ...OUTAGES],
    async handle({ body: { taskId, plan: given } }, { user, newId }) {
      const settings = await readAgendaSettings(em(), user.id);
      if (settings === null) throw new Problem('unauthorized', 'sign in first');
      if (taskId !== null && (await readTask(em(), user.id, taskId)) === null)
        throw new Problem('not-found', 'there is no task with this id');
      const usual = focusPlanOf(settings);
      const plan = {
        focusMinutes: given.focusMinutes ?? usual.focusMinutes,
        shortBreakMinutes: given.shortBreakMinutes ?? usual.shortBreakMinutes,
        longBreakMinutes: given.longBreakMinutes ?? usual.longBreakMinutes,
        rounds: given.rounds ?? usual.rounds,
      };
      await temporal.startFocus(newId, { userId: user.id, taskId, plan });
      const row = known(await readFocusSession(em(), user.id, newId));
      return { body: focusOut(row, Date.now()), location: `/api/focus-sessions/${newId}` };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/focus-sessions/current',
    operationId: 'getCurrentFocus',
    tag,
    summary: 'The session that is not over; null = none is',
    status: 200,
    scope: 'read',
    output: z.object({ session: FocusOut.nullable() }),
    async handle(_input, { user }) {
      const row = await readFocusSession(em(), user.id);
      return { body: { session: row === null ? null : focusOut(row, Date.now()) } };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/focus-sessions/:id',
    operationId: 'getFocusSession',
    tag,
    summary: 'One session',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: FocusOut,
    handle: async ({ params: { id } }, { user }) => ({
      body: focusOut(known(await readFocusSession(em(), user.id, id)), Date.now()),
    }),
  }),
];

const changeRoute = ({ em, temporal }: ApiDeps): Route =>
  userRoute({
    method: 'post',
    path: '/api/focus-sessions/:id/actions',
    operationId: 'changeFocus',
    tag,
    summary: 'Pause, resume, skip the phase, end the session, or work on another task; doing it twice is doing it once',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: FocusChangeIn,
    output: FocusOut,
    problems: ['focus-over', ...OUTAGES],
    async handle({ params: { id }, body }, { user, newId }) {
      known(await readFocusSession(em(), user.id, id));
      const change: FocusChange =
        body.action === 'attach'
          ? { kind: 'attach', taskId: body.taskId ?? null }
          : { kind: body.action, step: body.step };
      if (change.kind === 'attach' && change.taskId !== null && (await readTask(em(), user.id, change.taskId)) === null)
        throw new Problem('not-found', 'there is no task with this id');
      await temporal.changeFocus({ userId: user.id, sessionId: id, change, requestId: newId });
      return { body: focusOut(known(await readFocusSession(em(), user.id, id)), Date.now()) };
    },
  });

const statisticsRoute = ({ em }: ApiDeps): Route =>
  userRoute({
    method: 'get',
    path: '/api/focus/statistics',
    operationId: 'getFocusStatistics',
    tag,
    summary: `Focused time by day (of the user's zone) and by task, of ${MOST_DAYS} days at most`,
    status: 200,
    scope: 'read',
    query: FocusSpan,
    output: FocusStatisticsOut,
    async handle({ query: { from, to } }, { user }) {
      const days = daysBetween(from, to);
      if (days < 0 || days >= MOST_DAYS)
        throw new Problem('invalid-request', `from..to must be 1 to ${MOST_DAYS} days`);
      const settings = await readAgendaSettings(em(), user.id);
      const span = { userId: user.id, from, to, zone: settings?.zone ?? 'UTC' };
      const sums = <T extends { readonly focusedMs: number }>({ focusedMs, ...row }: T) => ({
        ...row,
        focusedSeconds: Math.round(focusedMs / 1000),
      });
      const [byDay, byTask] = [await focusByDay(em(), span), await focusByTask(em(), span)];
      return { body: { days: byDay.map(sums), tasks: byTask.map(sums) } };
    },
  });

function known(row: FocusRow | null): FocusRow {
  if (row === null) throw new Problem('not-found', 'there is no focus session with this id');
  return row;
}
