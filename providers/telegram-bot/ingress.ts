import type { MessengerIngress } from '../../activities/ports/messenger.ts';
import { calling, type Connection } from './connection.ts';

/** Edited messages and posts of channels are nothing that the bot answers. */
const KINDS = ['message', 'callback_query', 'my_chat_member'] as const;
const MOST_UPDATES = 100;

/** How the bot learns what people do; the marker is the id of the next update. */
export function telegramIngress(connection: Connection): MessengerIngress {
  const { api, timeoutMs } = connection;
  return {
    async updates({ marker, waitMs, signal }) {
      const ask = { limit: MOST_UPDATES, timeout: Math.floor(waitMs / 1000), allowed_updates: KINDS };
      const until = AbortSignal.any([signal, AbortSignal.timeout(waitMs + timeoutMs)]);
      const offset = marker === null ? {} : { offset: Number(marker) };
      const updates = await calling(
        connection,
        async (within) => await api.callApi('getUpdates', { ...ask, ...offset }, { signal: within }),
        until,
      );
      const last = updates.at(-1);
      return { updates, marker: last === undefined ? marker : String(last.update_id + 1) };
    },
    async setWebhook({ url, secret }) {
      const webhook = { url, secret_token: secret, allowed_updates: KINDS };
      await calling(connection, async (signal) => await api.callApi('setWebhook', webhook, { signal }));
    },
    async removeWebhook() {
      await calling(connection, async (signal) => await api.callApi('deleteWebhook', {}, { signal }));
    },
  };
}
