import type { Client } from '@temporalio/client';
import { changeGroupEvent, createGroupEvent, forgetGroupEvents } from '../client/groups.ts';
import type { Within } from './accounts-door.ts';
import type { GroupsDoor } from './deps.ts';

/** Shorter than the lease of an Idempotency-Key. */
const ANSWER_MS = 15_000;

/** What the API asks of events of groups. */
export const createGroupsDoor = (client: Client, within: Within): GroupsDoor => ({
  createGroupEvent: async (eventId, event) => {
    await within(ANSWER_MS, () => createGroupEvent(client, eventId, event));
  },
  changeGroupEvent: async (ref, asked) => await within(ANSWER_MS, () => changeGroupEvent(client, ref, asked)),
  forgetGroupEvents: async (eventIds) => {
    await within(ANSWER_MS, () => forgetGroupEvents(client, eventIds));
  },
});
