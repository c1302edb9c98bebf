import type { Client } from '@temporalio/client';
import { promiseWorkflowId, type Planned } from '../contracts/agenda.ts';
import {
  changeGroupEventUpdate,
  type GroupEventChange,
  type GroupEventOutcome,
  type NewGroupEvent,
} from '../contracts/groups.ts';
import { changePromise, openPromise, planAgain, type PromiseRef } from './agenda.ts';

/** Names one event, and who asks. */
export interface GroupEventRef {
  readonly eventId: string;
  readonly userId: string;
}

const promiseOf = ({ eventId, userId }: GroupEventRef): PromiseRef => ({
  ...{ kind: 'group-event', workflowType: 'keepGroupEvent', id: eventId, userId },
});

/**
 * Keeps an event from now on; answers once it is stored and planned. Safe to repeat under the same id.
 * @throws DomainError group-not-found, forbidden, tag-not-found, too-many-events, event-invalid and what is wrong with its time
 */
export async function createGroupEvent(client: Client, eventId: string, event: NewGroupEvent): Promise<Planned> {
  return await openPromise(client, promiseOf({ eventId, userId: event.userId }), event);
}

/**
 * Changes an event, or answers whether one comes, once for each `requestId`.
 * @throws DomainError event-not-found, occurrence-not-found, forbidden, tag-not-found, or what is wrong with an edit
 */
export async function changeGroupEvent(
  client: Client,
  ref: GroupEventRef,
  { change, requestId }: { readonly change: GroupEventChange; readonly requestId: string },
): Promise<GroupEventOutcome> {
  const order = { userId: ref.userId, change };
  return await changePromise(client, promiseOf(ref), { update: changeGroupEventUpdate, change: order, requestId });
}

/** Ends the promises of events whose rows are gone. */
export async function forgetGroupEvents(client: Client, eventIds: readonly string[]): Promise<void> {
  await planAgain(
    client,
    eventIds.map((id) => promiseWorkflowId('group-event', id)),
  );
}
