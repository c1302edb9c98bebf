import { z } from 'zod';
import { readGoal, type GoalRow } from '../../db/repositories/goals.ts';
import { reviewText } from '../../domain/agenda/goals/goal-notice.ts';
import { reviewGoal } from '../../domain/agenda/goals/goal.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import type { ApiDeps } from '../deps.ts';
import { changedGoal, knownGoal } from '../goal-change.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { AnswerIn, GoalOut, MilestoneIn, ProgressIn } from '../schemas/goals.ts';
import { Id, IdParams } from '../schemas/paging.ts';
import { CalendarDate } from '../schemas/task.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Goals';

/** The way to a goal: progress, milestones, the weekly question, a review. */
export const goalStepRoutes = (deps: ApiDeps): Route[] => [
  ...stepRoutes(deps),
  ...milestoneRoutes(deps),
  reviewRoute(deps),
];

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
    problems: OUTAGES,
    handle: async ({ params: { id }, body }, context) => ({
      body: await changedGoal(deps, context, { id, change: { kind: 'progress', ...body } }),
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
    problems: OUTAGES,
    handle: async ({ params: { id }, body: { title } }, context) => ({
      body: await changedGoal(deps, context, { id, change: { kind: 'add-milestone', id: context.newId, title } }),
      location: `/api/goals/${id}`,
    }),
  }),
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
    problems: OUTAGES,
    handle: async ({ params: { id, date }, body: { answer } }, context) => ({
      body: await changedGoal(deps, context, {
        id,
        change: { kind: 'answer', date, answer },
        check({ checkIns }) {
          if (!checkIns.some((asked) => asked.date === date))
            throw new Problem('not-found', 'nothing was asked on that day');
        },
      }),
    }),
  }),
];

const milestone = {
  tag,
  path: '/api/goals/:id/milestones/:milestoneId',
  status: 200,
  scope: 'agenda',
  params: z.strictObject({ id: Id, milestoneId: Id }),
  output: GoalOut,
  problems: OUTAGES,
} as const;

const milestoneRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    ...milestone,
    method: 'put',
    operationId: 'markMilestone',
    summary: 'A milestone is done, or is not after all',
    body: z.strictObject({ done: z.boolean() }).meta({ title: 'MilestoneMark', examples: [{ done: true }] }),
    handle: async ({ params: { id, milestoneId }, body: { done } }, context) => ({
      body: await changedGoal(deps, context, {
        id,
        change: { kind: 'milestone', id: milestoneId, done },
        check: hasMilestone(milestoneId),
      }),
    }),
  }),
  userRoute({
    ...milestone,
    method: 'delete',
    operationId: 'removeMilestone',
    summary: 'Remove a milestone',
    handle: async ({ params: { id, milestoneId } }, context) => ({
      body: await changedGoal(deps, context, {
        id,
        change: { kind: 'remove-milestone', id: milestoneId },
        check: hasMilestone(milestoneId),
      }),
    }),
  }),
];

/** @throws Problem not-found */
const hasMilestone =
  (milestoneId: string) =>
  ({ milestones }: GoalRow): void => {
    if (!milestones.some(({ id }) => id === milestoneId))
      throw new Problem('not-found', 'the goal has no milestone with this id');
  };

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
      const row = knownGoal(await readGoal(em(), user.id, id));
      const today = dateOf(Date.now(), row.zone);
      const points = reviewGoal(row, today).map((point) => ({ ...point }));
      const source = 'rules' as const;
      return { body: { source, html: reviewText(row, today, row.language), points } };
    },
  });
