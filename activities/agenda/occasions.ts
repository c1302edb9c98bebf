import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Changed, ChangeInput, MomentInput, Planned } from '../../contracts/agenda.ts';
import type { NewOccasion, OccasionChange, OccasionOrder } from '../../contracts/occasions.ts';
import {
  deleteOccasion,
  insertOccasion,
  lockOccasion,
  storeOccasion,
  type OccasionRow,
} from '../../db/repositories/occasions.ts';
import { readPerson } from '../../db/repositories/people.ts';
import { tellPerson } from '../../db/repositories/tell-person.ts';
import { readSettings } from '../../db/repositories/user-settings.ts';
import { occasionMessage } from '../../domain/agenda/people/occasion-notice.ts';
import {
  checkOccasion,
  occasionFrom,
  occasionMoments,
  type OccasionNotice,
} from '../../domain/agenda/people/occasion.ts';
import { addDays, dateOf } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { MESSENGERS, type MessengerName } from '../../domain/shared/messenger-name.ts';

export interface OccasionDeps {
  /** A fresh entity manager for one unit of work. */
  readonly em: () => SqlEntityManager;
  /** Has the outboxes of these bots sent; call it after the commit. */
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** ms since 1970; default: this machine's clock. A workflow's time may lie ahead of it in tests. */
  readonly clock?: () => number;
}

const GONE: Planned = { next: { state: 'over' }, version: Number.MAX_SAFE_INTEGER };

/** Activities of occasions: told in time, with a greeting on the day. */
export function createOccasionActivities({ em, wakeSenders, clock = Date.now }: OccasionDeps) {
  const now = (nowMs: number): number => Math.max(nowMs, clock());
  return {
    /** Stores an occasion where it is absent, and says what comes next; nothing is told here. */
    async planOccasion({ id, nowMs, create }: MomentInput<NewOccasion>): Promise<Planned> {
      return await em().transactional(async (tx) => {
        if (create !== undefined) await begin(tx, id, { create, nowMs: now(nowMs) });
        const row = await lockOccasion(tx, id);
        return row === null ? GONE : await planned(tx, row, now(nowMs));
      });
    },

    /** Tells of the occasion, each notice once. */
    async fireOccasion({ id, nowMs }: MomentInput): Promise<Planned> {
      const atMs = now(nowMs);
      const { next, woken } = await em().transactional(async (tx) => {
        const row = await lockOccasion(tx, id);
        if (row === null) return { next: GONE, woken: MESSENGERS };
        const { due, toldTo } = occasionMoments(row, row.toldTo, atMs);
        const told = due === null ? null : await tell(tx, row, due);
        const after = {
          ...row,
          toldTo,
          snoozedTo: row.snoozedTo !== null && row.snoozedTo <= toldTo ? null : row.snoozedTo,
        };
        // Nothing is due: an attempt before this one may have died between its commit and its call.
        return { next: await planned(tx, after, atMs), woken: due === null ? MESSENGERS : told === null ? [] : [told] };
      });
      await wakeSenders(woken);
      return next;
    },

    async changeOccasion({ id, nowMs, change: order }: ChangeInput<OccasionOrder>): Promise<Changed<boolean>> {
      const atMs = now(nowMs);
      return await em().transactional(async (tx) => {
        const row = await lockOccasion(tx, id);
        if (row?.userId !== order.userId) throw new DomainError('occasion-not-found', 'there is no such occasion');
        if (order.change.kind === 'delete') {
          await deleteOccasion(tx, id);
          return { outcome: true, planned: GONE };
        }
        const after = await changed(tx, row, { change: order.change, nowMs: atMs });
        return { outcome: after !== row, planned: await planned(tx, after, atMs) };
      });
    },
  };
}
export type OccasionActivities = ReturnType<typeof createOccasionActivities>;

/** What is past for today does not come any more. */
async function begin(
  em: SqlEntityManager,
  id: string,
  { create, nowMs }: { readonly create: NewOccasion; readonly nowMs: number },
): Promise<void> {
  const { userId, ...definition } = create;
  checkOccasion(definition, definition.leadDays);
  const { zone } = await readSettings(em, userId);
  const toldTo = occasionFrom({ ...definition, zone, doneYear: null, snoozedTo: null }, nowMs);
  await insertOccasion(em, { id, userId, toldTo }, definition);
}

async function planned(em: SqlEntityManager, row: OccasionRow, nowMs: number): Promise<Planned> {
  const { due, nextMs } = occasionMoments(row, row.toldTo, nowMs);
  const atMs = due === null ? nextMs : nowMs;
  return { next: { state: 'waits', atMs }, version: await storeOccasion(em, row, atMs) };
}

/** The same row = nothing changes. */
async function changed(
  em: SqlEntityManager,
  row: OccasionRow,
  { change, nowMs }: { readonly change: Exclude<OccasionChange, { readonly kind: 'delete' }>; readonly nowMs: number },
): Promise<OccasionRow> {
  switch (change.kind) {
    case 'done':
      return row.doneYear === change.year ? row : { ...row, doneYear: change.year, snoozedTo: null };
    case 'undo-done':
      return row.doneYear === change.year ? { ...row, doneYear: null } : row;
    case 'later': {
      const snoozedTo = addDays(dateOf(nowMs, row.zone), 1);
      return row.snoozedTo === snoozedTo ? row : { ...row, snoozedTo };
    }
    case 'edit':
      return await edited(em, row, { edit: change.edit, nowMs });
  }
}

async function edited(
  em: SqlEntityManager,
  row: OccasionRow,
  {
    edit,
    nowMs,
  }: { readonly edit: Extract<OccasionChange, { readonly kind: 'edit' }>['edit']; readonly nowMs: number },
): Promise<OccasionRow> {
  const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
  const after: OccasionRow = { ...row, ...given };
  checkOccasion(after, after.leadDays);
  if (after.personId !== null && (await readPerson(em, { userId: row.userId, id: after.personId })) === null)
    throw new DomainError('person-not-found', 'there is no such person');
  const moved = after.month !== row.month || after.day !== row.day || after.at !== row.at;
  return moved ? { ...after, toldTo: occasionFrom(after, nowMs), doneYear: null, snoozedTo: null } : after;
}

async function tell(em: SqlEntityManager, row: OccasionRow, notice: OccasionNotice): Promise<MessengerName | null> {
  const { id, userId, kind, personName, title, language } = row;
  const message = occasionMessage({ id, kind, person: personName, title }, notice, language);
  const dedupeKey = `occasion:${id}:${notice.date}:${notice.leadDays}`;
  return await tellPerson(em, { userId, dedupeKey, payload: { kind: 'text', silent: false, ...message } });
}
