import type { MessengerIngress } from '../../activities/ports/messenger.ts';
import { calling, type Connection } from './client.ts';

const KINDS = ['message_created', 'message_callback', 'bot_started', 'bot_stopped'] as const;
const MOST_UPDATES = 100;

/** How the bot learns what people do; the marker is MAX's own. */
export function maxIngress(connection: Connection): MessengerIngress {
  const { api, timeoutMs } = connection;
  const removeOthers = async (url: string | null): Promise<void> => {
    // Subscriptions add up: an address that is forgotten goes on getting updates.
    for (const known of await api.getSubscriptions()) if (known.url !== url) await api.unsubscribe(known.url);
  };
  return {
    async updates({ marker, waitMs, signal }) {
      const until = AbortSignal.any([signal, AbortSignal.timeout(waitMs + timeoutMs)]);
      const ask = { limit: MOST_UPDATES, timeout: Math.floor(waitMs / 1000), signal: until };
      const from = marker === null ? {} : { marker: Number(marker) };
      const batch = await calling(connection, async () => await api.getUpdates([...KINDS], { ...ask, ...from }));
      return { updates: batch.updates, marker: String(batch.marker) };
    },
    async setWebhook({ url, secret }) {
      await calling(connection, async () => {
        await removeOthers(url);
        await api.subscribe(url, secret, [...KINDS]);
      });
    },
    async removeWebhook() {
      await calling(connection, async () => await removeOthers(null));
    },
  };
}
