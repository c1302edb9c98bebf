import { cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PollResult } from '../../contracts/stargifts.ts';
import { accountQueue } from '../../contracts/task-queues.ts';
import { accountOwners } from '../../db/repositories/account-leases.ts';
import { openWatch } from '../../db/repositories/gift-watch.ts';
import { StickerCollector, type StickerPace } from './sticker-collector.ts';
import { GiftPoller, type PollScope, type WatchingDeps } from './gift-poller.ts';

const HEARTBEAT_MS = 1_000;

/** Activities of the watcher; what they know is in Postgres, and all are safe to repeat and to run beside each other. */
export function createWatchingActivities(deps: WatchingDeps & { readonly stickers?: StickerPace }) {
  const em = () => deps.orm.em.fork();
  const stickers = new StickerCollector({
    ...{ ...deps, ...deps.stickers },
    onError: (err) => {
      log.warn('animations of gifts', { err });
    },
  });
  const beating = async <T>(userId: string, work: (poller: GiftPoller) => Promise<T>): Promise<T> => {
    const signal = cancellationSignal();
    const pause = async (ms: number) => await sleep(ms, undefined, { signal });
    const scope: PollScope = { userId, signal, pause, onLedger: () => stickers.want(userId) };
    // A host that lost the accounts, e.g. because the database is out of reach, is given up although it lives.
    const beat = setInterval(() => {
      if (deps.pool.held(userId).length > 0) heartbeat();
    }, HEARTBEAT_MS);
    try {
      return await work(new GiftPoller(deps, scope));
    } finally {
      clearInterval(beat);
    }
  };
  return {
    /** The switch was turned on: what is on sale now was there before. */
    async openWatch({ userId }: { readonly userId: string }): Promise<void> {
      await openWatch(em(), userId);
    },

    /** The queue of the host that holds most of the user's accounts; null = none holds one. */
    async chooseHost({ userId }: { readonly userId: string }): Promise<string | null> {
      const counts = new Map<string, number>();
      for (const { host } of await accountOwners(em(), userId)) {
        if (host !== null) counts.set(host, (counts.get(host) ?? 0) + 1);
      }
      const [best] = [...counts].toSorted(([a, some], [b, more]) => more - some || (a < b ? -1 : 1));
      return best === undefined ? null : accountQueue(best[0]);
    },

    /** Polls once a second until its turn is over, or the host holds no account of the user any more. */
    async pollGifts({ userId }: { readonly userId: string }): Promise<void> {
      await beating(userId, async (poller) => await poller.run());
    },

    /** Asks for the whole list now. @throws DomainError no-account */
    async pollOnce({ userId }: { readonly userId: string }): Promise<PollResult> {
      return await beating(userId, async (poller) => await poller.once());
    },
  };
}
export type WatchingActivities = ReturnType<typeof createWatchingActivities>;
