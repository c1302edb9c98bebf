import type { Client } from '@temporalio/client';
import { giveAdvice } from '../client/advice.ts';
import { changeGoal, createGoal } from '../client/goals.ts';
import { changeOccasion, createOccasion } from '../client/occasions.ts';
import type { Within } from './accounts-door.ts';
import type { PeopleDoor } from './deps.ts';

/** Until a worker has taken a change. */
const TAKE_MS = 15_000;
/** Until advice is there: a model may take its time, and the rules come after it. */
const ADVICE_MS = 50_000;

/** What the API asks of those who remember people's days and ask after goals. */
export const createPeopleDoor = (client: Client, within: Within): PeopleDoor => ({
  createOccasion: async (id, occasion) => {
    await within(TAKE_MS, () => createOccasion(client, id, occasion));
  },
  createGoal: async (id, goal) => {
    await within(TAKE_MS, () => createGoal(client, id, goal));
  },
  changeGoal: async (call) => await within(TAKE_MS, () => changeGoal(client, call)),
  giveAdvice: async (input) => await within(ADVICE_MS, () => giveAdvice(client, input)),
  changeOccasion: async (call) => await within(TAKE_MS, () => changeOccasion(client, call)),
});
