import type { Client } from '@temporalio/client';
import { askPoll, buyNow, pauseWatch, resumeWatch, setWatch, stopDrop, watchState } from '../client/stargifts.ts';
import type { Within } from './accounts-door.ts';
import type { GiftsDoor } from './deps.ts';

const CALL_MS = 5000;
/** Until a worker has taken a question to the watcher, or the watcher has stopped polling. */
const TAKE_MS = 15_000;
/** Of an answer that comes from Telegram. */
const POLL_MS = 90_000;

/** What the API asks of the watchers and the drops. */
export const createGiftsDoor = (client: Client, within: Within): GiftsDoor => ({
  setWatch: async (userId, on) => {
    await within(CALL_MS, () => setWatch(client, userId, on));
  },
  pauseWatch: async (userId) => await within(TAKE_MS, () => pauseWatch(client, userId)),
  resumeWatch: async (userId) => await within(TAKE_MS, () => resumeWatch(client, userId)),
  watchState: async (userId) => await within(CALL_MS, () => watchState(client, userId)),
  askPoll: async (userId) => {
    const taken = await within(TAKE_MS, () => askPoll(client, userId));
    return { result: async () => await within(POLL_MS, () => taken.result()) };
  },
  buyNow: async (key, order) => {
    await within(CALL_MS, () => buyNow(client, key, order));
  },
  stopDrop: async (userId, dropId) => {
    await within(CALL_MS, () => stopDrop(client, userId, dropId));
  },
});
