import type { Client } from '@temporalio/client';
import { changeReminder, createReminder } from '../client/reminders.ts';
import { changeZone } from '../client/zone.ts';
import type { Within } from './accounts-door.ts';
import type { RemindersDoor } from './deps.ts';

/** Shorter than the lease of an Idempotency-Key. */
const ANSWER_MS = 15_000;

/** What the API asks of reminders, and of the zone that they follow. */
export const createRemindersDoor = (client: Client, within: Within): RemindersDoor => ({
  createReminder: async (ref, reminder) => {
    await within(ANSWER_MS, () => createReminder(client, ref, reminder));
  },
  changeReminder: async (ref, asked) => await within(ANSWER_MS, () => changeReminder(client, ref, asked)),
  changeZone: async (input) => {
    await within(ANSWER_MS, () => changeZone(client, input));
  },
});
