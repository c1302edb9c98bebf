import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Planned } from '../../contracts/agenda.ts';
import type { NewGroupEvent } from '../../contracts/groups.ts';
import { openSummaries } from '../../db/repositories/group-answers.ts';
import {
  countActiveEvents,
  insertGroupEvent,
  lockGroupEvent,
  settleGroupEvent,
  type GroupEventRow,
} from '../../db/repositories/group-events.ts';
import { readMember } from '../../db/repositories/group-members.ts';
import { listTags } from '../../db/repositories/group-tags.ts';
import { eventOccurrences, nextEventMoment } from '../../domain/agenda/groups/event-moments.ts';
import { requireInGroup } from '../../domain/agenda/groups/group-rights.ts';
import { checkGroupEvent, MAX_EVENTS, type GroupEventDefinition } from '../../domain/agenda/groups/group.ts';
import { DomainError } from '../../domain/shared/errors.ts';

/** The row is gone, and whatever was known of it is older. */
export const GONE: Planned = { next: { state: 'over' }, version: Number.MAX_SAFE_INTEGER };

/** Stores an event unless it is there already. @throws DomainError group-not-found, forbidden, too-many-events, or what is wrong with it */
export async function beginGroupEvent(
  em: SqlEntityManager,
  { id, askedMs, nowMs }: { readonly id: string; readonly askedMs: number; readonly nowMs: number },
  { groupId, userId, ...event }: NewGroupEvent,
): Promise<void> {
  if ((await lockGroupEvent(em, id)) !== null) return;
  const member = await readMember(em, { groupId, userId });
  if (member === null) throw new DomainError('group-not-found', 'there is no such group');
  requireInGroup(member.role, 'manage');
  if ((await countActiveEvents(em, groupId)) >= MAX_EVENTS)
    throw new DomainError('too-many-events', `a group has at most ${MAX_EVENTS} events that are not over`);
  await checkEvent(em, groupId, event);
  if (eventOccurrences(event, Math.min(askedMs, nowMs), 1).length === 0)
    throw new DomainError('event-past', 'this event is over already: give it a time in the future');
  await insertGroupEvent(em, { eventId: id, groupId, userId, handledToMs: askedMs }, event);
}

/** @throws DomainError tag-not-found, event-invalid, or what is wrong with its time */
export async function checkEvent(em: SqlEntityManager, groupId: string, event: GroupEventDefinition): Promise<void> {
  checkGroupEvent(event);
  if (event.tagIds.length === 0) return;
  const known = new Set((await listTags(em, groupId)).map(({ id }) => id));
  if (event.tagIds.some((id) => !known.has(id)))
    throw new DomainError('tag-not-found', 'the group has no such tag: take ids from the list of its tags');
}

/** Plans an event anew and keeps the plan: the next moment for the members, or for the organiser. */
export async function settled(
  em: SqlEntityManager,
  row: GroupEventRow,
  nowMs: number,
): Promise<{ readonly planned: Planned; readonly row: GroupEventRow }> {
  const nextAtMs = nextEventMoment(row, row.handledToMs, nowMs);
  const state = nextAtMs === null ? 'done' : 'active';
  const version = await settleGroupEvent(em, { id: row.id, state, nextAtMs, handledToMs: row.handledToMs });
  const [summary] = await openSummaries(em, row.id);
  const atMs = Math.min(nextAtMs ?? Infinity, summary?.dueAtMs ?? Infinity);
  const next = atMs === Infinity ? ({ state: 'over' } as const) : ({ state: 'waits', atMs } as const);
  return { planned: { next, version }, row: { ...row, nextAtMs, state, version } };
}
