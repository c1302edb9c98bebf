import { defineEntity, p } from '@mikro-orm/core';
import type { AdviceSource } from '../../domain/agenda/goals/advice.ts';
import { Goal } from './goal.ts';

const GoalAdviceSchema = defineEntity({
  name: 'GoalAdvice',
  tableName: 'goal_advice',
  indexes: [{ properties: ['goal'] }],
  properties: {
    id: p.uuid().primary(),
    goal: () => p.manyToOne(Goal).deleteRule('cascade'),
    source: p.text().$type<AdviceSource>(),
    text: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** Advice that was given on a goal, in plain text. */
export class GoalAdvice extends GoalAdviceSchema.class {}
GoalAdviceSchema.setClass(GoalAdvice);
