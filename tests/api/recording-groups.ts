import { createGroupEventActivities } from '../../activities/agenda/group-events.ts';
import type { GroupsDoor } from '../../api/deps.ts';
import type { GroupEventRef } from '../../client/groups.ts';
import type { GroupEventChange, GroupEventOutcome, NewGroupEvent } from '../../contracts/groups.ts';
import { RecordingReminders } from './recording-reminders.ts';

/** Does at once, by the real activities, what the workflows of groups' events have done. */
export class RecordingGroups extends RecordingReminders implements GroupsDoor {
  #activities() {
    return createGroupEventActivities({ em: () => this.em(), wakeSenders: async () => await Promise.resolve() });
  }

  async createGroupEvent(id: string, event: NewGroupEvent): Promise<void> {
    await this.record(`event ${event.title}`);
    const nowMs = Date.now();
    await this.#activities().planGroupEvent({ id, nowMs, askedMs: nowMs, create: event });
  }

  async changeGroupEvent(
    { eventId, userId }: GroupEventRef,
    { change }: { readonly change: GroupEventChange },
  ): Promise<GroupEventOutcome> {
    await this.record(`event ${change.kind}`);
    const order = { id: eventId, nowMs: Date.now(), change: { userId, change } };
    return (await this.#activities().changeGroupEvent(order)).outcome;
  }

  async forgetGroupEvents(eventIds: readonly string[]): Promise<void> {
    await this.record(`forget ${eventIds.length}`);
  }
}
