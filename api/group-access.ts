import { readGroup, type GroupRow } from '../db/repositories/groups.ts';
import { readGroupEvent, type SeenEvent } from '../db/repositories/group-events.ts';
import { requireInGroup, type GroupAction } from '../domain/agenda/groups/group-rights.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';

/** The group, if the person is in it and may do this. @throws Problem not-found; DomainError forbidden */
export async function groupFor(
  { em }: ApiDeps,
  { groupId, userId }: { readonly groupId: string; readonly userId: string },
  action: GroupAction,
): Promise<GroupRow> {
  const group = await readGroup(em(), { groupId, userId });
  if (group === null) throw new Problem('not-found', 'there is no group with this id');
  requireInGroup(group.role, action);
  return group;
}

/** The event, if the person is in its group and may do this. @throws Problem not-found; DomainError forbidden */
export async function eventFor(
  { em }: ApiDeps,
  { eventId, userId }: { readonly eventId: string; readonly userId: string },
  action: GroupAction,
): Promise<SeenEvent> {
  const event = await readGroupEvent(em(), userId, eventId);
  if (event === null) throw new Problem('not-found', 'there is no event with this id');
  requireInGroup(event.role, action);
  return event;
}
