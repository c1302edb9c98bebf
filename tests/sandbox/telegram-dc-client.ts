import { MemoryStorage } from '@mtcute/core';
import { addPublicKey } from '@mtcute/core/utils.js';
import { TelegramClient } from '@mtcute/node';
import { NodeCryptoProvider } from '@mtcute/node/utils.js';

/** What a client has to know of a datacentre. */
export interface DcAddress {
  readonly port: number;
  readonly publicKey: string;
}

/** A real client of the datacentre that reconnects at once; with a session string it goes on with that login. */
export async function connectTo(dc: DcAddress, options: { session?: string; host?: string } = {}) {
  const crypto = new NodeCryptoProvider();
  await crypto.initialize();
  addPublicKey(crypto, dc.publicKey);
  const address = { id: 2, ipAddress: '127.0.0.1', port: dc.port };
  const client = new TelegramClient({
    apiId: 1,
    apiHash: 'x',
    storage: new MemoryStorage(),
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
