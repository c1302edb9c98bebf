import { defineEntity, p } from '@mikro-orm/core';
import type { Pomodoro, PomodoroPhase } from '../../domain/agenda/focus/pomodoro.ts';
import { AppUser } from './app-user.ts';
import { Task } from './task.ts';

const FocusSessionSchema = defineEntity({
  name: 'FocusSession',
  tableName: 'focus_session',
  indexes: [
    { properties: ['user', 'startedAt'] },
    { properties: ['task'] },
    {
      name: 'focus_session_live_unique',
      expression: 'create unique index focus_session_live_unique on focus_session (user_id) where not over',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    task: () => p.manyToOne(Task).nullable().deleteRule('set null'),
    pomodoro: p.json<Pomodoro>(),
    over: p.boolean().default(false),
    /** Phases that have ended. */
    steps: p.integer().default(0),
    version: p.integer().default(0),
    startedAt: p.datetime().defaultRaw('now()'),
    endedAt: p.datetime().nullable(),
  },
});
/** One Pomodoro session; a user has at most one that is not over. */
export class FocusSession extends FocusSessionSchema.class {}
FocusSessionSchema.setClass(FocusSession);

const FocusPhaseSchema = defineEntity({
  name: 'FocusPhase',
  tableName: 'focus_phase',
  indexes: [{ properties: ['user', 'endedAt'] }, { properties: ['task'] }],
  properties: {
    session: () => p.manyToOne(FocusSession).primary().deleteRule('cascade'),
    /** In its session, from 1. */
    seq: p.integer().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    /** What was worked on. */
    task: () => p.manyToOne(Task).nullable().deleteRule('set null'),
    phase: p.text().$type<PomodoroPhase>(),
    /** Time that it ran, without pauses. */
    ranMs: p.integer(),
    /** False: it was cut short. */
    whole: p.boolean(),
    endedAt: p.datetime(),
  },
});
/** A phase of a session that has ended. */
export class FocusPhase extends FocusPhaseSchema.class {}
FocusPhaseSchema.setClass(FocusPhase);
