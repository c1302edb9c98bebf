import type { Messenger, MessengerIngress } from '../../activities/ports/messenger.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { readCapped } from '../read-capped.ts';
import { calling, connect, type Connection } from './client.ts';
import { maxIngress } from './ingress.ts';
import { send } from './send.ts';

export interface MaxBotsOptions {
  /** Default `https://platform-api2.max.ru`. */
  readonly baseUrl?: string;
  /** For an answer, ms; default 10,000. */
  readonly timeoutMs?: number;
}

/** Bots over MAX's API. Nothing is repeated here but what MAX is still making ready: what an error means is in its class. */
export function createMaxBots({ baseUrl = 'https://platform-api2.max.ru', timeoutMs = 10_000 }: MaxBotsOptions = {}) {
  return {
    open: (token: string): Messenger & MessengerIngress => openBot(connect({ token, baseUrl, timeoutMs })),
  };
}

function openBot(connection: Connection): Messenger & MessengerIngress {
  const { api } = connection;
  return {
    ...maxIngress(connection),
    async me() {
      const { user_id: id, username } = await calling(connection, async () => await api.getMyInfo());
      return { id: String(id), username: username ?? '' };
    },
    send: async (message) => await calling(connection, async () => await send(connection, message)),
    download: async (file) => await download(connection, file),
    async setCommands(commands, language) {
      // MAX has one list for everybody.
      if (language !== null) return;
      const list = commands.map(({ name, description }) => ({
        name,
        description: description.slice(0, MAX_DESCRIPTION),
      }));
      await calling(connection, async () => await api.setMyCommands(list.slice(0, MOST_COMMANDS)));
    },
  };
}

const MAX_DESCRIPTION = 128;
const MOST_COMMANDS = 32;

/** A file's id is its address: MAX's own servers, without the token. */
async function download(
  { baseUrl, timeoutMs }: Connection,
  { fileId, maxBytes }: { readonly fileId: string; readonly maxBytes: number },
): Promise<Uint8Array> {
  const gone = (cause?: unknown): DomainError =>
    new DomainError('file-gone', 'the messenger has the file no more; send it again', { cause });
  if (!URL.canParse(fileId)) throw gone();
  const { protocol, origin } = new URL(fileId);
  if (protocol !== 'https:' && origin !== new URL(baseUrl).origin) throw gone();
  const response = await fetch(fileId, { signal: AbortSignal.timeout(timeoutMs * 3), redirect: 'error' });
  if (response.status >= 400 && response.status < 500) throw gone();
  if (!response.ok) throw new Error(`MAX: a file answered with status ${response.status}`);
  return await readCapped(response, maxBytes);
}
