import { defineEntity, p } from '@mikro-orm/core';
import type { CheckInQuestion, GoalState } from '../../domain/agenda/goals/goal.ts';
import { AppUser } from './app-user.ts';

const GoalSchema = defineEntity({
  name: 'Goal',
  tableName: 'goal',
  indexes: [{ properties: ['user', 'state'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    title: p.text(),
    why: p.text().default(''),
    /** What is counted; null = percent. */
    unit: p.text().nullable(),
    target: p.double(),
    progress: p.double().default(0),
    /** `YYYY-MM-DD`. */
    dueDate: p.text().nullable(),
    /** 1 = Monday … 7 = Sunday; null = nothing is asked. */
    checkInOn: p.integer().nullable(),
    /** `HH:MM` in the user's zone. */
    checkInAt: p.text(),
    state: p.text().$type<GoalState>().default('active'),
    /** The last day for which it was asked, or let be. */
    askedOn: p.text().nullable(),
    version: p.integer().default(0),
    createdAt: p.datetime().defaultRaw('now()'),
    endedAt: p.datetime().nullable(),
  },
});
/** What a person wants to reach; its workflow `goal:<id>` asks once a week. */
export class Goal extends GoalSchema.class {}
GoalSchema.setClass(Goal);

const MilestoneSchema = defineEntity({
  name: 'Milestone',
  tableName: 'milestone',
  indexes: [{ properties: ['goal'] }],
  properties: {
    id: p.uuid().primary(),
    goal: () => p.manyToOne(Goal).deleteRule('cascade'),
    title: p.text(),
    position: p.integer(),
    doneAt: p.datetime().nullable(),
  },
});
/** A step on the way to a goal. */
export class Milestone extends MilestoneSchema.class {}
MilestoneSchema.setClass(Milestone);

const CheckInSchema = defineEntity({
  name: 'CheckIn',
  tableName: 'check_in',
  properties: {
    goal: () => p.manyToOne(Goal).primary().deleteRule('cascade'),
    /** On which it was asked, `YYYY-MM-DD`. */
    date: p.text().primary(),
    question: p.text().$type<CheckInQuestion>(),
    answer: p.text().nullable(),
    progress: p.double(),
    answeredAt: p.datetime().nullable(),
  },
});
/** One weekly question and its answer. */
export class CheckIn extends CheckInSchema.class {}
CheckInSchema.setClass(CheckIn);
