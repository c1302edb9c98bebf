import { z } from 'zod';
import { readGoal, type GoalRow } from '../../db/repositories/goals.ts';
import { ADVICE_SOURCES } from '../../domain/agenda/goals/advice.ts';
import { adviceText } from '../../domain/agenda/goals/goal-notice.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { IdParams } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const AdviceOut = z
  .object({
    source: z.enum(ADVICE_SOURCES).describe('a language model, or rules where there is none or it has nothing to say'),
    text: z.string().describe('plain text'),
    html: z.string().describe('the same with the goal and what kind of advice it is, in the language of the user'),
  })
  .meta({ title: 'Advice' });

/** Advice on goals, from the person's own data. */
export const goalAdviceRoutes = ({ em, temporal }: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/goals/:id/advice',
    operationId: 'adviseOnGoal',
    tag: 'Goals',
    summary: 'Ask for advice on a goal; with a model it takes seconds',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    output: AdviceOut,
    problems: OUTAGES,
    async handle({ params: { id } }, { user }) {
      const goal = known(await readGoal(em(), user.id, id));
      const { source, text } = await temporal.giveAdvice({ goalId: id, userId: user.id });
      return { body: { source, text, html: adviceText(goal, { source, text }, goal.language) } };
    },
  }),
];

function known(row: GoalRow | null): GoalRow {
  if (row === null) throw new Problem('not-found', 'there is no goal with this id');
  return row;
}
