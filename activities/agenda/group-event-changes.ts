import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Changed, Planned } from '../../contracts/agenda.ts';
import type { GroupEventChange, GroupEventOrder, GroupEventOutcome } from '../../contracts/groups.ts';
import { askSummary, putAnswer } from '../../db/repositories/group-answers.ts';
import {
  deleteGroupEvent,
  lockGroupEvent,
  rewriteGroupEvent,
  type GroupEventRow,
} from '../../db/repositories/group-events.ts';
import { readMember } from '../../db/repositories/group-members.ts';
import { occurrenceOf } from '../../domain/agenda/groups/event-moments.ts';
import { requireInGroup } from '../../domain/agenda/groups/group-rights.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { checkEvent, GONE, settled } from './group-event-steps.ts';

/** Answers that come within this time are told together. */
const SUMMARY_WAIT_MS = 30_000;

type Order = GroupEventOrder & { readonly nowMs: number };
type Done = Changed<GroupEventOutcome>;

/** Makes a change for somebody who may. @throws DomainError event-not-found, occurrence-not-found, forbidden, or what is wrong with it */
export async function turnGroupEvent(em: SqlEntityManager, eventId: string, order: Order): Promise<Done> {
  const row = await lockGroupEvent(em, eventId);
  const member = row === null ? null : await readMember(em, { groupId: row.groupId, userId: order.userId });
  if (row === null || member === null) throw new DomainError('event-not-found', 'there is no such event');
  const { change } = order;
  if (change.kind === 'answer') return await answered(em, row, { ...order, change });
  requireInGroup(member.role, 'manage');
  if (change.kind === 'edit') return await edited(em, row, { ...order, change });
  await deleteGroupEvent(em, row.id);
  return outcome({ ...row, state: 'deleted', nextAtMs: null }, GONE, true);
}

const outcome = ({ state, nextAtMs }: GroupEventRow, planned: Planned, changed: boolean): Done => ({
  outcome: { changed, state, nextAtMs },
  planned,
});

type Of<K extends GroupEventChange['kind']> = Order & {
  readonly change: Extract<GroupEventChange, { readonly kind: K }>;
};

async function answered(
  em: SqlEntityManager,
  row: GroupEventRow,
  { userId, change, nowMs }: Of<'answer'>,
): Promise<Done> {
  const { occurrence: key, answer } = change;
  if (occurrenceOf(row, key) === null)
    throw new DomainError('occurrence-not-found', 'the event does not happen then (any more)');
  const changed = await putAnswer(em, { eventId: row.id, key, userId }, { answer, nowMs });
  // Whoever organises it knows what he answered himself.
  if (changed && userId !== row.organiserId) await askSummary(em, { eventId: row.id, key }, nowMs + SUMMARY_WAIT_MS);
  const after = await settled(em, row, nowMs);
  return outcome(after.row, after.planned, changed);
}

async function edited(em: SqlEntityManager, row: GroupEventRow, { change, nowMs }: Of<'edit'>): Promise<Done> {
  const event = { ...row, ...given(change.edit) };
  await checkEvent(em, row.groupId, event);
  await rewriteGroupEvent(em, row.id, event);
  // With other times nothing of the past is owed; with the same times what is owed stays.
  const after = await settled(em, { ...event, handledToMs: sameTimes(row, event) ? row.handledToMs : nowMs }, nowMs);
  return outcome(after.row, after.planned, true);
}

/** What is undefined stays as it was. */
function given<T extends object>(edit: T): { [F in keyof T]: Exclude<T[F], undefined> };
function given(edit: object): object {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
}

const times = ({ start, zone, rule, exdates, leadMinutes }: GroupEventRow): string =>
  JSON.stringify([start, zone, rule, exdates, leadMinutes]);
const sameTimes = (a: GroupEventRow, b: GroupEventRow): boolean => times(a) === times(b);
