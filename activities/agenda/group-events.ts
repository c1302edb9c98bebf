import type { SqlEntityManager } from '@mikro-orm/sql';
import { Context } from '@temporalio/activity';
import type { Changed, ChangeInput, MomentInput, Planned } from '../../contracts/agenda.ts';
import type { GroupEventOrder, GroupEventOutcome, NewGroupEvent } from '../../contracts/groups.ts';
import { lockGroupEvent } from '../../db/repositories/group-events.ts';
import { MESSENGERS, type MessengerName } from '../../domain/shared/messenger-name.ts';
import { turnGroupEvent } from './group-event-changes.ts';
import { beginGroupEvent, GONE, settled } from './group-event-steps.ts';
import { tellGroup, tellOrganiser } from './group-telling.ts';

export interface GroupEventDeps {
  readonly em: () => SqlEntityManager;
  /** Has the outboxes of these bots sent; called after the commit. */
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** Epoch ms; absent = the clock of the machine. */
  readonly clock?: () => number;
}

export interface PlanGroupEventInput extends MomentInput<NewGroupEvent> {
  /** When it was asked for, epoch ms: what comes due between then and now is late, not forgotten. */
  readonly askedMs: number;
}

/** Keeps events of groups: the rows are the truth, each call is one transaction. */
export function createGroupEventActivities({ em, wakeSenders, clock = Date.now }: GroupEventDeps) {
  const now = (nowMs: number): number => Math.max(nowMs, clock());
  return {
    /** Stores an event that is not there yet, and says when to come. */
    async planGroupEvent({ id, nowMs, create, askedMs }: PlanGroupEventInput): Promise<Planned> {
      return await em().transactional(async (tx) => {
        if (create !== undefined) await beginGroupEvent(tx, { id, askedMs, nowMs: now(nowMs) }, create);
        const row = await lockGroupEvent(tx, id);
        return row === null ? GONE : (await settled(tx, row, now(nowMs))).planned;
      });
    },

    /** Tells the members and the organiser what is due, once, and says when to come again. */
    async fireGroupEvent({ id, nowMs }: { readonly id: string; readonly nowMs: number }): Promise<Planned> {
      const atMs = now(nowMs);
      const { planned, woken } = await em().transactional(async (tx) => {
        const row = await lockGroupEvent(tx, id);
        if (row === null) return { planned: GONE, woken: [] };
        const told = [...(await tellGroup(tx, row, atMs)), ...(await tellOrganiser(tx, row, atMs))];
        const after = await settled(tx, { ...row, handledToMs: Math.max(row.handledToMs, atMs) }, atMs);
        return { planned: after.planned, woken: [...new Set(told)] };
      });
      // An attempt before may have died after its commit: then nobody was woken for what it wrote.
      const due = Context.current().info.attempt > 1 ? MESSENGERS : woken;
      if (due.length > 0) await wakeSenders(due);
      return planned;
    },

    /** @throws DomainError event-not-found, occurrence-not-found, forbidden, tag-not-found, or what is wrong with an edit */
    async changeGroupEvent({ id, nowMs, change }: ChangeInput<GroupEventOrder>): Promise<Changed<GroupEventOutcome>> {
      const order = { ...change, nowMs: now(nowMs) };
      return await em().transactional(async (tx) => await turnGroupEvent(tx, id, order));
    },
  };
}
export type GroupEventActivities = ReturnType<typeof createGroupEventActivities>;
