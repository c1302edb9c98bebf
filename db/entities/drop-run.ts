import { defineEntity, p } from '@mikro-orm/core';
import type { DropKind, DropPlan, DropReport, DropState } from '../../contracts/stargifts.ts';
import { AppUser } from './app-user.ts';
import { CHANGE_NOW, followChanges } from './follow-changes.ts';

const DropRunSchema = defineEntity({
  name: 'DropRun',
  tableName: 'drop_run',
  triggers: [followChanges],
  indexes: [{ properties: ['user', 'detectedAt'] }, { properties: ['user', 'change'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    kind: p.text().$type<DropKind>(),
    state: p.text().$type<DropState>(),
    /** Breaks the planner's ties. */
    seed: p.text(),
    detectedAt: p.datetime().defaultRaw('now()'),
    plan: p.json<DropPlan>(),
    report: p.json<DropReport>().nullable(),
    /** Nothing more is bought from then on. */
    stopAt: p.datetime().nullable(),
    /** When the first of its deferred operations may run. */
    runAt: p.datetime().nullable(),
    /** Of planning; 0 = the first. */
    round: p.integer().default(0),
    /** null = its workflow may not exist yet. */
    workflowStartedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
    /** Transaction that changed the row last; a trigger sets it. */
    change: p.bigint('number').defaultRaw(CHANGE_NOW),
  },
});
/** One release, or one purchase by hand, with its plan and report. */
export class DropRun extends DropRunSchema.class {}
DropRunSchema.setClass(DropRun);
