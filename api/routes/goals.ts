import { z } from 'zod';
import { listGoals, readGoal } from '../../db/repositories/goals.ts';
import type { ApiDeps } from '../deps.ts';
import { changedGoal, knownGoal } from '../goal-change.ts';
import { OUTAGES } from '../problems.ts';
import type { Route } from '../route.ts';
import { GoalChangeIn, GoalIn, goalOut, GoalOut } from '../schemas/goals.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Goals';

/** What a person wants to reach. */
export const goalRoutes = (deps: ApiDeps): Route[] => [...readRoutes(deps), ...changeRoutes(deps)];

const readRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/goals',
    operationId: 'listGoals',
    tag,
    summary: 'Goals with their milestones and questions',
    status: 200,
    scope: 'read',
    query: z.strictObject({ ...paging(100, 20), state: z.enum(['active', 'reached', 'dropped']).optional() }),
    output: listOf(GoalOut),
    problems: ['invalid-cursor'],
    async handle({ query: { limit, cursor, state } }, { user }) {
      const query = { userId: user.id, state: state ?? null, limit: limit + 1, after: fromCursor(cursor, Id) };
      const page = pageOf(await listGoals(em(), query), limit, ({ id }) => id);
      return { body: { ...page, items: page.items.map((row) => goalOut(row, Date.now())) } };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/goals/:id',
    operationId: 'getGoal',
    tag,
    summary: 'One goal',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: GoalOut,
    handle: async ({ params: { id } }, { user }) => ({
      body: goalOut(knownGoal(await readGoal(em(), user.id, id)), Date.now()),
    }),
  }),
];

const changeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/goals',
    operationId: 'addGoal',
    tag,
    summary: 'Set a goal',
    status: 201,
    scope: 'agenda',
    body: GoalIn,
    output: GoalOut,
    problems: OUTAGES,
    async handle({ body }, { user, newId }) {
      await deps.temporal.createGoal(newId, { userId: user.id, ...body });
      const row = knownGoal(await readGoal(deps.em(), user.id, newId));
      return { body: goalOut(row, Date.now()), location: `/api/goals/${newId}` };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/goals/:id',
    operationId: 'changeGoal',
    tag,
    summary: 'Set what is given; the rest stays',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: GoalChangeIn,
    output: GoalOut,
    problems: OUTAGES,
    handle: async ({ params: { id }, body }, context) => ({
      body: await changedGoal(deps, context, { id, change: { kind: 'edit', edit: body } }),
    }),
  }),
  stateRoute(deps, 'drop', 'Drop a goal: nothing is asked any more'),
  stateRoute(deps, 'take-up', 'Take a goal up again'),
  userRoute({
    method: 'delete',
    path: '/api/goals/:id',
    operationId: 'removeGoal',
    tag,
    summary: 'Remove a goal with its past',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    problems: OUTAGES,
    async handle({ params: { id } }, { user, newId }) {
      knownGoal(await readGoal(deps.em(), user.id, id));
      await deps.temporal.changeGoal({ userId: user.id, goalId: id, change: { kind: 'delete' }, requestId: newId });
      return { body: undefined };
    },
  }),
];

const stateRoute = (deps: ApiDeps, kind: 'drop' | 'take-up', summary: string): Route =>
  userRoute({
    method: 'post',
    path: `/api/goals/:id/${kind}`,
    operationId: kind === 'drop' ? 'dropGoal' : 'takeUpGoal',
    ...{ tag, summary },
    status: 200,
    scope: 'agenda',
    params: IdParams,
    output: GoalOut,
    problems: OUTAGES,
    handle: async ({ params: { id } }, context) => ({
      body: await changedGoal(deps, context, { id, change: { kind } }),
    }),
  });
