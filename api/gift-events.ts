import { eventsAfter, lastEventId, starGiftsById } from '../db/repositories/star-gifts-read.ts';
import type { ApiDeps } from './deps.ts';
import { eventText, following } from './event-stream.ts';
import { giftEventOut, GiftNewsOut, starGiftOut } from './schemas/star-gifts.ts';

const LOOK_EVERY_MS = 300;
const AT_ONCE = 100;

interface Reader {
  readonly deps: ApiDeps;
  readonly userId: string;
  /** Id of the last event that the client received. */
  readonly lastEventId: string | null;
}

/**
 * What happens to a user's gifts: `open` with the id from which on it is told, then a `gift` event for each thing. An id is
 * that of the ledger, so that a client that comes back misses nothing and hears nothing twice.
 */
export async function* giftEvents(reader: Reader, signal: AbortSignal): AsyncGenerator<string> {
  const { deps, userId } = reader;
  const newest = await lastEventId(deps.em(), userId);
  // An id of ours is never above the newest; what is no id of ours starts from now.
  let after = /^\d{1,15}$/.test(reader.lastEventId ?? '') ? Math.min(Number(reader.lastEventId), newest) : newest;
  yield eventText('open', after, {});
  const look = async function* (): AsyncGenerator<string> {
    for (let isFull = true; isFull;) {
      const events = await eventsAfter(deps.em(), { userId, after, limit: AT_ONCE });
      const giftIds = events.map(({ giftId }) => giftId);
      if (events.length === 0) return;
      const gifts = await starGiftsById(deps.em(), userId, giftIds);
      for (const event of events) {
        const gift = gifts.get(event.giftId);
        const news = { ...giftEventOut(event), gift: gift === undefined ? null : starGiftOut(gift) };
        yield eventText('gift', event.id, GiftNewsOut.parse(news));
        after = event.id;
      }
      isFull = events.length === AT_ONCE;
    }
  };
  yield* following({ look, everyMs: LOOK_EVERY_MS, signal });
}
