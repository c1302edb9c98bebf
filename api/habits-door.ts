import type { Client } from '@temporalio/client';
import { changeHabit, createHabit, keepStoredHabit } from '../client/habits.ts';
import type { Within } from './accounts-door.ts';
import type { HabitsDoor } from './deps.ts';

/** Until a worker has taken a change. */
const TAKE_MS = 15_000;

/** What the API asks of habits. */
export const createHabitsDoor = (client: Client, within: Within): HabitsDoor => ({
  createHabit: async (id, habit) => {
    await within(TAKE_MS, () => createHabit(client, id, habit));
  },
  keepStoredHabit: async (userId, id) => {
    await within(TAKE_MS, () => keepStoredHabit(client, userId, id));
  },
  changeHabit: async (call, change) => await within(TAKE_MS, () => changeHabit(client, call, change)),
});
