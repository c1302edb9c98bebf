import { MemoryStorage, tl } from '@mtcute/core';
import { addPublicKey } from '@mtcute/core/utils.js';
import { TelegramClient } from '@mtcute/node';
import { NodeCryptoProvider } from '@mtcute/node/utils.js';
import type { RunningTelegramDc } from '../../sandbox/telegram-dc/server.ts';

/** What a client has to know of a datacentre. */
export type DcAddress = Pick<RunningTelegramDc, 'port' | 'publicKey'>;

interface ClientOptions {
  /** Session string of an earlier login. */
  readonly session?: string;
  /** 256 bytes in hex of a key that is logged in already. */
  readonly authKey?: string;
  /** Names the client to the datacentre. */
  readonly host?: string;
}

/** A real client of the datacentre that reconnects at once. */
export async function connectTo(dc: DcAddress, options: ClientOptions = {}): Promise<TelegramClient> {
  const crypto = new NodeCryptoProvider();
  await crypto.initialize();
  addPublicKey(crypto, dc.publicKey);
  const address = { id: 2, ipAddress: '127.0.0.1', port: dc.port };
  const storage = new MemoryStorage();
  if (options.authKey !== undefined) storage.authKeys.set(2, Buffer.from(options.authKey, 'hex'));
  const client = new TelegramClient({
    apiId: 1,
    apiHash: 'x',
    storage,
    defaultDcs: { main: address, media: address },
    disableUpdates: true,
    logLevel: Number(process.env['MTCUTE_LOG'] ?? 0),
    reconnectionStrategy: () => 20,
    initConnectionOptions: { deviceModel: options.host ?? 'test' },
  });
  if (options.session !== undefined) await client.importSession(options.session);
  await client.connect();
  return client;
}

/** A client that is logged in as this account, without the steps of a login. */
export async function connectAs(dc: RunningTelegramDc, account: string, host?: string): Promise<TelegramClient> {
  const { authKey } = await dc.control.addAuthKey({ account });
  return await connectTo(dc, { authKey, ...(host === undefined ? {} : { host }) });
}

/** Telegram's own name of the error that a call ends with; fails when it succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const outcome = await call.then(
    () => 'no error',
    (error: unknown) => error,
  );
  if (outcome instanceof tl.RpcError) return outcome.text;
  throw new Error('the call did not end with an error of Telegram', { cause: outcome });
}

/** Payments are never repeated by the client itself. */
export const ONCE = { maxRetryCount: 0, throw503: true, floodSleepThreshold: 0, timeout: 5000 } as const;
