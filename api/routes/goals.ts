import { z } from 'zod';
import type { GoalChange } from '../../contracts/goals.ts';
import { listGoals, readGoal, type GoalRow } from '../../db/repositories/goals.ts';
import { reviewText } from '../../domain/agenda/goals/goal-notice.ts';
import { reviewGoal } from '../../domain/agenda/goals/goal.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { AnswerIn, GoalChangeIn, GoalIn, goalOut, GoalOut, MilestoneIn, ProgressIn } from '../schemas/goals.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { CalendarDate } from '../schemas/task.ts';
import { userRoute, type UserContext } from '../user-route.ts';

const tag = 'Goals';
const outages = ['temporal-unavailable', 'workers-unavailable'] as const;

/** What a person wants to reach, the way there, and a question a week. */
export const goalRoutes = (deps: ApiDeps): Route[] => [
  ...readRoutes(deps),
  ...changeRoutes(deps),
  ...stepRoutes(deps),
  reviewRoute(deps),
];

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
      body: goalOut(known(await readGoal(em(), user.id, id)), Date.now()),
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
    problems: outages,
    async handle({ body }, { user, newId }) {
      await deps.temporal.createGoal(newId, { userId: user.id, ...body });
      const row = known(await readGoal(deps.em(), user.id, newId));
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
    problems: outages,
    handle: async ({ params: { id }, body }, context) => ({
      body: await changed(deps, context, { id, change: { kind: 'edit', edit: body } }),
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
    problems: outages,
    async handle({ params: { id } }, { user, newId }) {
      known(await readGoal(deps.em(), user.id, id));
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
    problems: outages,
    handle: async ({ params: { id } }, context) => ({ body: await changed(deps, context, { id, change: { kind } }) }),
  });

const stepRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'put',
    path: '/api/goals/:id/progress',
    operationId: 'setGoalProgress',
    tag,
    summary: 'Say where it stands, in units of the target; at the target it is reached',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: ProgressIn,
    output: GoalOut,
    problems: outages,
    handle: async ({ params: { id }, body }, context) => ({
      body: await changed(deps, context, { id, change: { kind: 'progress', ...body } }),
    }),
  }),
  userRoute({
    method: 'post',
    path: '/api/goals/:id/milestones',
    operationId: 'addMilestone',
    tag,
    summary: 'Add a milestone at the end',
    status: 201,
    scope: 'agenda',
    params: IdParams,
    body: MilestoneIn,
    output: GoalOut,
    problems: outages,
    handle: async ({ params: { id }, body: { title } }, context) => ({
      body: await changed(deps, context, { id, change: { kind: 'add-milestone', id: context.newId, title } }),
      location: `/api/goals/${id}`,
    }),
  }),
  ...milestoneRoutes(deps),
  userRoute({
    method: 'put',
    path: '/api/goals/:id/check-ins/:date',
    operationId: 'answerCheckIn',
    tag,
    summary: 'Answer the question of that day',
    status: 200,
    scope: 'agenda',
    params: z.strictObject({ id: Id, date: CalendarDate }),
    body: AnswerIn,
    output: GoalOut,
    problems: outages,
    async handle({ params: { id, date }, body: { answer } }, context) {
      const { checkIns } = known(await readGoal(deps.em(), context.user.id, id));
      if (!checkIns.some((asked) => asked.date === date))
        throw new Problem('not-found', 'nothing was asked on that day');
      return { body: await changed(deps, context, { id, change: { kind: 'answer', date, answer } }) };
    },
  }),
];

const MilestoneParams = z.strictObject({ id: Id, milestoneId: Id });
const milestone = {
  tag,
  path: '/api/goals/:id/milestones/:milestoneId',
  status: 200,
  scope: 'agenda',
  params: MilestoneParams,
  output: GoalOut,
  problems: outages,
} as const;

const milestoneRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    ...milestone,
    method: 'put',
    operationId: 'markMilestone',
    summary: 'A milestone is done, or is not after all',
    body: z.strictObject({ done: z.boolean() }).meta({ title: 'MilestoneMark', examples: [{ done: true }] }),
    handle: async ({ params, body: { done } }, context) => ({
      body: await milestoneChanged(deps, context, {
        ...params,
        change: { kind: 'milestone', id: params.milestoneId, done },
      }),
    }),
  }),
  userRoute({
    ...milestone,
    method: 'delete',
    operationId: 'removeMilestone',
    summary: 'Remove a milestone',
    handle: async ({ params }, context) => ({
      body: await milestoneChanged(deps, context, {
        ...params,
        change: { kind: 'remove-milestone', id: params.milestoneId },
      }),
    }),
  }),
];

async function milestoneChanged(
  deps: ApiDeps,
  context: UserContext,
  { id, milestoneId, change }: z.output<typeof MilestoneParams> & { readonly change: GoalChange },
) {
  const { milestones } = known(await readGoal(deps.em(), context.user.id, id));
  if (!milestones.some((known) => known.id === milestoneId))
    throw new Problem('not-found', 'the goal has no milestone with this id');
  return await changed(deps, context, { id, change });
}

const reviewRoute = ({ em }: ApiDeps): Route =>
  userRoute({
    method: 'get',
    path: '/api/goals/:id/review',
    operationId: 'reviewGoal',
    tag,
    summary: "Advice by rules, from the person's own data",
    status: 200,
    scope: 'read',
    params: IdParams,
    output: z.object({
      source: z.literal('rules').describe('where the advice is from'),
      html: z.string().describe("in the user's language"),
      points: z.array(z.looseObject({ kind: z.string() })),
    }),
    async handle({ params: { id } }, { user }) {
      const row = known(await readGoal(em(), user.id, id));
      const today = dateOf(Date.now(), row.zone);
      const points = reviewGoal(row, today).map((point) => ({ ...point }));
      const source = 'rules' as const;
      return { body: { source, html: reviewText(row, today, row.language), points } };
    },
  });

async function changed(
  { em, temporal }: ApiDeps,
  { user, newId }: UserContext,
  { id, change }: { readonly id: string; readonly change: GoalChange },
) {
  known(await readGoal(em(), user.id, id));
  await temporal.changeGoal({ userId: user.id, goalId: id, change, requestId: newId });
  return goalOut(known(await readGoal(em(), user.id, id)), Date.now());
}

function known(row: GoalRow | null): GoalRow {
  if (row === null) throw new Problem('not-found', 'there is no goal with this id');
  return row;
}
