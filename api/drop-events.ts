import { changesAfter, readDropSummary, settledChange } from '../db/repositories/drops-read.ts';
import { ChangeFollower } from './change-follower.ts';
import type { ApiDeps } from './deps.ts';
import { eventText, following } from './event-stream.ts';

const LOOK_EVERY_MS = 300;
const AT_ONCE = 500;

interface Reader {
  readonly deps: ApiDeps;
  readonly userId: string;
  /** Id of the last event that the client received. */
  readonly lastEventId: string | null;
}

/**
 * Drops and purchases of a user as they change: `open`, then a `purchase` event for each one that changed and a `drop`
 * event with the counts of each drop they belong to. States that came and went between two looks are not told.
 * An id says that every change up to it was told: the last event of a look carries a new one.
 */
export async function* dropEvents(reader: Reader, signal: AbortSignal): AsyncGenerator<string> {
  const { deps, userId } = reader;
  const settled = await settledChange(deps.em());
  const from = /^\d{1,15}$/.test(reader.lastEventId ?? '') ? Math.min(Number(reader.lastEventId), settled) : settled;
  const follower = new ChangeFollower(
    {
      atOnce: AT_ONCE,
      changes: async (after) => await changesAfter(deps.em(), { userId, after, limit: AT_ONCE }),
      drop: async (dropId) => await readDropSummary(deps.em(), userId, dropId),
    },
    from,
  );
  yield eventText('open', from, {});
  yield* following({ look: () => follower.look(), everyMs: LOOK_EVERY_MS, signal });
}
