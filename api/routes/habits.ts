import { z } from 'zod';
import { readMarks, readMarksOf } from '../../db/repositories/habit-entries.ts';
import { countHabits, listHabits, readHabit, type HabitRow } from '../../db/repositories/habits.ts';
import type { HabitChange } from '../../contracts/habits.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { historyOf, statisticsOf } from '../../domain/agenda/habits/habit-statistics.ts';
import { HABIT_LIMITS } from '../../domain/agenda/habits/habit.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import {
  HabitChangeIn,
  HabitIn,
  HabitOut,
  habitOut,
  PauseIn,
  RaiseIn,
  StatisticsOut,
  statisticsOut,
} from '../schemas/habits.ts';
import { IdParams } from '../schemas/paging.ts';
import { userRoute, type UserContext } from '../user-route.ts';
import { habitDataRoutes } from './habit-data.ts';
import { habitEntryRoutes } from './habit-entries.ts';
import { habitPictureRoutes } from './habit-pictures.ts';

const tag = 'Habits';

/** Habits of the user, with their days, their pictures, and all of it as a file. */
export const habitRoutes = (deps: ApiDeps): Route[] => [
  ...readRoutes(deps),
  ...writeRoutes(deps),
  ...STEPS.map(({ step, summary }) => stepRoute(deps, step, summary)),
  ...givenRoutes(deps),
  ...habitEntryRoutes(deps),
  ...habitPictureRoutes(deps),
  ...habitDataRoutes(deps),
];

/** A habit of the user. @throws Problem not-found */
export async function habitOr404({ em }: Pick<ApiDeps, 'em'>, userId: string, id: string): Promise<HabitRow> {
  const habit = await readHabit(em(), userId, id);
  if (habit === null) throw new Problem('not-found', 'there is no habit with this id');
  return habit;
}

async function shown(deps: ApiDeps, userId: string, id: string): Promise<z.input<typeof HabitOut>> {
  const habit = await habitOr404(deps, userId, id);
  return habitOut(habit, await readMarksOf(deps.em(), id), Date.now());
}

const readRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/habits',
    operationId: 'listHabits',
    tag,
    summary: 'Habits with how they stand today, in their order',
    status: 200,
    scope: 'read',
    query: z.strictObject({ archived: z.enum(['true', 'false']).default('false') }),
    output: z.object({ items: z.array(HabitOut) }),
    async handle({ query: { archived } }, { user }) {
      const habits = await listHabits(deps.em(), user.id, { archived: archived === 'true' });
      const marks = await readMarks(
        deps.em(),
        habits.map(({ id }) => id),
      );
      const nowMs = Date.now();
      return { body: { items: habits.map((habit) => habitOut(habit, marks.get(habit.id) ?? new Map(), nowMs)) } };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/habits/:id',
    operationId: 'getHabit',
    tag,
    summary: 'One habit with how it stands today',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: HabitOut,
    handle: async ({ params: { id } }, { user }) => ({ body: await shown(deps, user.id, id) }),
  }),
  userRoute({
    method: 'get',
    path: '/api/habits/:id/statistics',
    operationId: 'getHabitStatistics',
    tag,
    summary: 'Strength now and before, streaks both ways, totals',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: StatisticsOut,
    async handle({ params: { id } }, { user }) {
      const habit = await habitOr404(deps, user.id, id);
      const date = dateOf(Date.now(), habit.zone, habit.dayStart);
      const history = historyOf(habit, await readMarksOf(deps.em(), id));
      return { body: statisticsOut(statisticsOf(history, dayNumber(date)), date) };
    },
  }),
];

const writeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/habits',
    operationId: 'addHabit',
    tag,
    summary: 'Begin a habit',
    status: 201,
    scope: 'agenda',
    body: HabitIn,
    output: HabitOut,
    problems: ['too-many-habits', ...OUTAGES],
    async handle({ body }, { user, newId }) {
      if ((await countHabits(deps.em(), user.id)) >= HABIT_LIMITS.habits)
        throw new Problem('too-many-habits', `at most ${HABIT_LIMITS.habits} habits: delete one that is put away`);
      await deps.temporal.createHabit(newId, { ...body, userId: user.id });
      return { body: await shown(deps, user.id, newId), location: `/api/habits/${newId}` };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/habits/:id',
    operationId: 'changeHabit',
    tag,
    summary: 'Change what is given; a new goal counts from today, what was before stays judged as it was',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: HabitChangeIn,
    output: HabitOut,
    problems: OUTAGES,
    handle: async ({ params: { id }, body }, context) => ({
      body: await changed(deps, { id, context, change: { kind: 'define', patch: body } }),
    }),
  }),
  userRoute({
    method: 'delete',
    path: '/api/habits/:id',
    operationId: 'deleteHabit',
    tag,
    summary: 'Forget a habit with all that is known of it',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    problems: OUTAGES,
    async handle({ params: { id } }, { user, newId }) {
      await habitOr404(deps, user.id, id);
      await deps.temporal.changeHabit({ userId: user.id, habitId: id, requestId: newId }, { kind: 'delete' });
      return { body: undefined };
    },
  }),
];

interface Change {
  readonly id: string;
  readonly context: UserContext;
  readonly change: HabitChange;
}

/** Makes a change and answers with the habit as it stands then. */
async function changed(deps: ApiDeps, { id, context, change }: Change): Promise<z.input<typeof HabitOut>> {
  const { user, newId } = context;
  await habitOr404(deps, user.id, id);
  await deps.temporal.changeHabit({ userId: user.id, habitId: id, requestId: newId }, change);
  return await shown(deps, user.id, id);
}

const STEPS = [
  { step: 'resume', summary: 'Take a paused habit up again, from today' },
  { step: 'archive', summary: 'Put a habit away: it asks nothing, all that is known stays' },
  { step: 'restore', summary: 'Take a habit out again' },
] as const;

const stepRoute = (deps: ApiDeps, step: (typeof STEPS)[number]['step'], summary: string): Route =>
  userRoute({
    method: 'post',
    path: `/api/habits/:id/${step}`,
    operationId: `${step}Habit`,
    tag,
    summary,
    status: 200,
    scope: 'agenda',
    params: IdParams,
    output: HabitOut,
    problems: OUTAGES,
    handle: async ({ params: { id } }, context) => ({
      body: await changed(deps, { id, context, change: { kind: step } }),
    }),
  });

const givenRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/habits/:id/pause',
    operationId: 'pauseHabit',
    tag,
    summary: 'A vacation: nothing is asked, strength and streak stay',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: PauseIn,
    output: HabitOut,
    problems: OUTAGES,
    handle: async ({ params: { id }, body }, context) => ({
      body: await changed(deps, { id, context, change: { kind: 'pause', ...body } }),
    }),
  }),
  userRoute({
    method: 'post',
    path: '/api/habits/:id/raise',
    operationId: 'raiseHabit',
    tag,
    summary: 'Agree to the next step of a micro-goal, or put it off',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: RaiseIn,
    output: HabitOut,
    problems: OUTAGES,
    handle: async ({ params: { id }, body }, context) => ({
      body: await changed(deps, { id, context, change: { kind: 'raise', ...body } }),
    }),
  }),
];
