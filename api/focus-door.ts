import type { Client } from '@temporalio/client';
import { planDigests } from '../client/digests.ts';
import { changeFocus, startFocus } from '../client/focus.ts';
import type { Within } from './accounts-door.ts';
import type { FocusDoor } from './deps.ts';

/** Until a worker has taken a change. */
const TAKE_MS = 15_000;

/** What the API asks of focus sessions and digests. */
export const createFocusDoor = (client: Client, within: Within): FocusDoor => ({
  startFocus: async (id, session) => {
    await within(TAKE_MS, () => startFocus(client, id, session));
  },
  changeFocus: async (call) => await within(TAKE_MS, () => changeFocus(client, call)),
  planDigests: async (userId, requestId) => {
    await within(TAKE_MS, () => planDigests(client, userId, requestId));
  },
});
