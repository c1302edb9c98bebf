import { Context } from '@temporalio/activity';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Changed, ChangeInput, MomentInput, Planned } from '../../contracts/agenda.ts';
import type { NewReminder, ReminderOrder, ReminderOutcome } from '../../contracts/reminders.ts';
import type { ReminderRow } from '../../db/repositories/reminder-row.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { fireReminder, replanReminder } from './reminder-firing.ts';
import { createRush } from './reminder-rush.ts';
import { beginReminder, changeStep, stepReminder, type Stepped } from './reminder-steps.ts';

export interface ReminderDeps {
  readonly em: () => SqlEntityManager;
  /** Has messages sent; called after the commit. Several calls at once may become one. */
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** Epoch ms; absent = the clock of the machine. */
  readonly clock?: () => number;
}

export interface PlanReminderInput extends MomentInput<NewReminder> {
  /** When it was asked for, epoch ms: what comes due between then and now is late, not forgotten. */
  readonly askedMs: number;
}

const ALL_SENDERS: readonly MessengerName[] = ['telegram', 'max'];

/** Keeps reminders: every call is one step, which is made once however often it is called. */
export function createReminderActivities({ em, wakeSenders, clock = Date.now }: ReminderDeps) {
  const rush = createRush(em);
  return {
    /** Stores a reminder that is not there yet, and says when to come. */
    async planReminder({ id, nowMs, create, askedMs }: PlanReminderInput): Promise<Planned> {
      if (create !== undefined) await beginReminder(em(), { id, askedMs }, create);
      return await woken(stepReminder(em, id, (row) => replanReminder(row, Math.max(nowMs, clock()))));
    },
    /** Tells what is due, and says when to come again. */
    async fireReminder({ id, nowMs }: { readonly id: string; readonly nowMs: number }): Promise<Planned> {
      const atMs = Math.max(nowMs, clock());
      const fire = (row: ReminderRow) => (row.state === 'active' ? fireReminder(row, atMs) : null);
      const step = Context.current().info.attempt === 1 ? rush(id, fire) : stepReminder(em, id, fire);
      const { result, senders } = await step;
      // Nothing to tell: perhaps one before has told it, and died after its commit.
      await wakeSenders(senders.length > 0 ? senders : ALL_SENDERS);
      return result;
    },
    /** Makes a change. @throws DomainError reminder-not-found, occurrence-not-found, snooze-invalid, or what is wrong with an edit */
    async changeReminder({ id, nowMs, change }: ChangeInput<ReminderOrder>): Promise<Changed<ReminderOutcome>> {
      return await woken(changeStep(em, id, { ...change, nowMs: Math.max(nowMs, clock()) }));
    },
  };

  async function woken<T>(step: Promise<Stepped<T>>): Promise<T> {
    const { result, senders } = await step;
    // An attempt before may have died after its commit: then nobody was woken for what it wrote.
    const due = Context.current().info.attempt > 1 ? ALL_SENDERS : senders;
    if (due.length > 0) await wakeSenders(due);
    return result;
  }
}
export type ReminderActivities = ReturnType<typeof createReminderActivities>;
